import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCREEN_BYTES } from '../src/contract/terminal/line.ts';
import { silentLogger } from '../src/core/base/logger.ts';
import { startPty } from '../src/core/terminals/pty.ts';
import { serveTerminal } from '../src/core/terminals/serve.ts';
import { createTerminals, type Terminals } from '../src/core/terminals/terminals.ts';
import type { Bench } from './bench.ts';
import { median, p95, spread } from './support/statistics.ts';

const LINE = 'The quick brown fox jumps over the lazy dog; then it rests for a while';
const TERMINALS = 10;

/** Terminals inside the core, without a carrier: bytes against a bare PTY, attaching, and idleness. */
export const terminal: Bench = {
  name: 'terminal',
  async run({ quick, folder, scope }) {
    const megabytes = quick ? 10 : 100;
    const rounds = quick ? 1 : 3;
    const env = { PATH: process.env.PATH ?? '', HOME: folder, PS1: '$ ' };
    const terminals = createTerminals({
      dataFolder: folder,
      now: () => Date.now(),
      environment: async () => env,
      shell: () => ({ argv: ['bash', '--norc', '--noprofile'], where: 'the bench' }),
      changed() {},
      logger: silentLogger,
    });
    scope.add(() => terminals.end());

    const flood = `yes '${LINE}' | head -c ${megabytes * 1024 * 1024}`;
    const bare: number[] = [];
    const own: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(megabytes / (await secondsOf(() => printBare(folder, env, flood))));
      own.push(megabytes / (await printHere(terminals, folder, flood)));
    }

    const id = await open(terminals, folder);
    await type(terminals, id, `yes '${LINE}' | head -n 100000; echo don''e`);
    const attaching: number[] = [];
    const following: number[] = [];
    let bytes = 0;
    let bytesAfter = 0;
    for (let count = 0; count < (quick ? 5 : 50); count += 1) {
      const { screens, times } = await attach(terminals, id, undefined, 2);
      attaching.push(times[0] ?? Number.NaN);
      following.push(times[1] ?? Number.NaN);
      [bytes = 0, bytesAfter = 0] = screens.map((screen) => Buffer.byteLength(screen));
    }
    const held = monitorEventLoopDelay({ resolution: 1 });
    held.enable();
    const all: number[] = [];
    for (let count = 0; count < (quick ? 2 : 10); count += 1) {
      all.push((await attach(terminals, id, 10_000, 2)).times[1] ?? Number.NaN);
    }
    held.disable();

    for (let count = terminals.list({}).length; count < TERMINALS; count += 1) await open(terminals, folder);
    await sleep(2000);
    const seconds = quick ? 5 : 30;
    const before = process.cpuUsage();
    await sleep(seconds * 1000);
    const { user, system } = process.cpuUsage(before);

    return [
      {
        what: `bytes of a PTY into a terminal, of a bare PTY`,
        measured: (median(own) / median(bare)) * 100,
        unit: '%',
        limit: 60,
        comparison: 'at least',
        note: `${median(own).toFixed(1)} MB/s, bare ${median(bare).toFixed(1)} MB/s; medians of ${rounds} times ${megabytes} MB`,
      },
      {
        what: 'attach to a terminal with 100000 lines behind it',
        measured: Math.max(...attaching),
        unit: 'ms',
        limit: 100,
        comparison: 'at most',
        note: `until the screen has come: the longest of ${attaching.length}; median ${median(attaching).toFixed(2)}; ${bytes} bytes`,
      },
      {
        what: 'the same until its scrollback has come, as far as it fits',
        measured: p95(following),
        unit: 'ms',
        limit: null,
        comparison: 'at most',
        note: `p95 of ${spread(following)}; ${bytesAfter} bytes`,
      },
      {
        what: 'the longest that anything waits while 10000 lines are read',
        measured: held.max / 1e6,
        unit: 'ms',
        limit: 100,
        comparison: 'at most',
        note: `of the event loop; until they have come: ${spread(all)}`,
      },
      {
        what: 'the screen with its scrollback, of what it may take',
        measured: (bytesAfter / SCREEN_BYTES) * 100,
        unit: '%',
        limit: 110,
        comparison: 'at most',
        note: 'with the quotes and numbers around it',
      },
      {
        what: `processor time with ${TERMINALS} idle terminals, of one core`,
        measured: (user + system) / 1000 / (seconds * 10),
        unit: '%',
        limit: 0.5,
        comparison: 'at most',
        note: `in ${seconds} s, of the process of the bench`,
      },
    ];
  },
};

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function printBare(cwd: string, env: Record<string, string>, script: string): Promise<void> {
  const pty = startPty({ program: 'bash', args: ['-c', script], cwd, env, cols: 80, rows: 24 });
  pty.onData(() => {});
  await pty.exited;
}

async function open(terminals: Terminals, folder: string): Promise<string> {
  const opened = await terminals.open({ projectId: 'p00000001', taskId: null, workspaceId: null, folder }, {});
  if (!opened.ok) throw new Error(opened.rejection.message);
  return opened.value.id;
}

/** Types a line that ends by printing “done”, and waits until the screen shows it; how many seconds that took. */
async function type(terminals: Terminals, id: string, line: string): Promise<number> {
  const found = terminals.find(id);
  if (!found.ok) throw new Error(found.rejection.message);
  const stage = await found.value.stage();
  return secondsOf(async () => {
    found.value.write(`${line}\r`);
    while (!/done\n/.test(stage.text(0))) await sleep(5);
  });
}

async function printHere(terminals: Terminals, folder: string, script: string): Promise<number> {
  const id = await open(terminals, folder);
  const seconds = await type(terminals, id, `${script}; echo don''e`);
  await terminals.close(id, true);
  return seconds;
}

/** Attaches until so many screens have come, and leaves; when each came, in milliseconds. */
async function attach(
  terminals: Terminals,
  terminalId: string,
  scrollback: number | undefined,
  count: number,
): Promise<{ screens: string[]; times: number[] }> {
  const screens: string[] = [];
  const times: number[] = [];
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const line = serveTerminal(terminals, {
      send(message) {
        // The prompt, where the program has just ended.
        if (typeof message !== 'string') return;
        screens.push(message);
        times.push(performance.now() - began);
        if (screens.length < count) return;
        line.closed();
        resolve();
      },
      close() {},
    });
    line.receive(JSON.stringify({ type: 'attach', terminalId, scrollback }));
  });
  return { screens, times };
}
