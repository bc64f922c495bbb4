import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/clock.ts';
import { until } from '../../../test/support/until.ts';
import type { ResourceLimits } from '../../contract/process/limits.ts';
import type { Exceeded } from '../../contract/words/limit.ts';
import { createId } from '../base/ids.ts';
import { identify } from '../process/identity.ts';
import { createLimitWatch } from './limit-watch.ts';

/** Nobody else's, however many tests run beside this one. */
const TASK = createId('a');
const RUN = `${TASK}.1`;
const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});

/** A process of the run that has printed its first line. */
async function start(script: string, env: Record<string, string> = { DROVER_RUN: RUN }): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', script], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  await once(child.stdout ?? child, 'data');
  return child;
}

const HOLDS = (mb: number) =>
  `globalThis.held = Buffer.alloc(${mb}e6, 1); console.log('ready'); setInterval(() => {}, 1e6)`;

function createWatch(measures?: boolean) {
  const manual = createManualClock();
  let timers = 0;
  const clock = {
    timer(ms: number, fire: () => void) {
      timers += 1;
      return manual.timer(ms, fire);
    },
  };
  const watch = createLimitWatch({ clock, everyMs: 1000, ...(measures === undefined ? {} : { measures }) });
  const exceeded: Exceeded[] = [];
  return {
    watch,
    exceeded,
    look: () => manual.advance(1000),
    timers: () => timers,
    add: (limits: () => ResourceLimits, agent: ChildProcess | null = null) =>
      watch.add({
        runId: RUN,
        limits,
        agent: () => (agent === null ? null : identify(agent.pid ?? 0)),
        exceeded: (what) => exceeded.push(what),
      }),
  };
}

test('without a limit nothing is looked at; with one, until the run or the limit is over', () => {
  const { watch, add, look, timers } = createWatch();
  let limits: ResourceLimits = {};
  const end = add(() => limits);
  watch.poke();
  look();
  expect(timers()).toBe(0);
  limits = { maxMemory: 1e15 };
  watch.poke();
  watch.poke();
  expect(timers()).toBe(1);
  look();
  expect(timers()).toBe(2);
  limits = { maxMemory: null };
  look();
  look();
  expect(timers()).toBe(2);
  limits = { maxProcesses: 100_000 };
  watch.poke();
  end();
  look();
  expect(timers()).toBe(3);
});

test('where a system does not tell what processes use, nothing is looked at', () => {
  const { watch, add, timers } = createWatch(false);
  add(() => ({ maxProcesses: 1 }));
  expect(watch.measures).toBe(false);
  expect(timers()).toBe(0);
});

describe.runIf(process.platform === 'linux')('what is measured', () => {
  test('memory of the agent, of what bears the mark, and of what they have started, said once; not that of others', async () => {
    const agent = await start(HOLDS(60), {});
    await start(HOLDS(60));
    await start(HOLDS(400), { DROVER_RUN: `${TASK}.2` });
    let limits: ResourceLimits = { maxMemory: 1e9 };
    const { add, look, exceeded } = createWatch();
    add(() => limits, agent);
    look();
    expect(exceeded).toEqual([]);
    limits = { maxMemory: 110e6 };
    look();
    expect(exceeded).toEqual([{ limit: 'maxMemory', used: expect.any(Number), most: 110e6 }]);
    expect(exceeded[0]?.used).toBeGreaterThan(120e6);
    expect(exceeded[0]?.used).toBeLessThan(400e6);
    look();
    expect(exceeded).toHaveLength(1);
  });

  test('what processes share counts once: many of one program are under a limit that each counted whole would cross', async () => {
    const count = 6;
    for (let n = 0; n < count; n += 1) await start(HOLDS(1));
    const uses = async () => {
      const rss = await Promise.all(
        started.map(async ({ pid }) => {
          const text = await readFile(`/proc/${pid}/status`, 'utf8');
          return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1]) * 1024;
        }),
      );
      return rss.reduce((sum, one) => sum + one, 0);
    };
    const { add, look, exceeded } = createWatch();
    const whole = await uses();
    // Each has some 40 MB of the same program.
    add(() => ({ maxMemory: Math.round(whole * 0.9) }));
    look();
    expect(exceeded).toEqual([]);
  });

  test('processes are counted with those to which nothing leads back', async () => {
    const stray = `
      const { spawn } = require('child_process');
      const inner = spawn(process.execPath, ['-e', 'process.stdout.write(String(process.pid)); setInterval(() => {}, 1e6)'],
        { detached: true, stdio: ['ignore', 'inherit', 'ignore'] });
      inner.unref();`;
    const between = spawn(process.execPath, ['-e', stray], {
      env: { PATH: process.env.PATH, DROVER_RUN: RUN },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(between, 'exit');
    const [pid] = (await once(between.stdout, 'data')) as [Buffer];
    await ended;
    try {
      const { add, look, exceeded } = createWatch();
      add(() => ({ maxProcesses: 1 }));
      look();
      expect(exceeded).toEqual([]);
      await start(HOLDS(1));
      look();
      expect(exceeded).toEqual([{ limit: 'maxProcesses', used: 2, most: 1 }]);
    } finally {
      process.kill(Number(pid), 'SIGKILL');
    }
  });

  test('processor time adds up, also of what has ended', async () => {
    const burns = `const end = process.cpuUsage().user + 4e5; while (process.cpuUsage().user < end);`;
    const nested = `
      const { spawnSync } = require('child_process');
      console.log('ready');
      for (;;) spawnSync(process.execPath, ['-e', ${JSON.stringify(burns)}]);`;
    await start(nested);
    const { add, look, exceeded } = createWatch();
    add(() => ({ maxCpuMs: 2000 }));
    await until(() => {
      look();
      return exceeded.length > 0;
    }, 'the limit');
    expect(exceeded).toEqual([{ limit: 'maxCpuMs', used: expect.any(Number), most: 2000 }]);
  });
});
