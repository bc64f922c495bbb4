import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProcessIdentity } from '../../contract/run/state.ts';
import type { Child } from './child.ts';
import { identify, isAlive } from './identity.ts';
import { killTree, sweep } from './kill-tree.ts';
import { startProcess } from './start-process.ts';

const env = { PATH: process.env.PATH ?? '' };
const linux = process.platform === 'linux';
let markers = 0;
function marker(): string {
  markers += 1;
  return `test-${process.pid}-${markers}`;
}

const started: ProcessIdentity[] = [];
afterEach(() => {
  for (const identity of started.splice(0)) {
    if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL');
  }
});

/** Runs a script of Node that prints the pids of what it started, one per line, and gives their identities. */
async function startScript(script: string, pids: number, mark?: string): Promise<[Child, ...ProcessIdentity[]]> {
  const child = await startProcess({ program: process.execPath, args: ['-e', script], cwd: '/', env, marker: mark });
  started.push(child.identity);
  const found: ProcessIdentity[] = [];
  for await (const line of createInterface(child.stdout)) {
    const identity = identify(Number(line));
    if (!identity) throw new Error(`no process ${line}`);
    started.push(identity);
    found.push(identity);
    if (found.length === pids) break;
  }
  child.stdout.resume();
  return [child, ...found];
}

const STUBBORN = `process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000);`;
const spawning = (script: string, options: string) =>
  `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(script)}], ${options});`;

describe('killTree', () => {
  test('ends a tree whose grandchild ignores SIGTERM, and waits for it', async () => {
    const inherit = `{ stdio: ['ignore', 'inherit', 'ignore'] }`;
    const [child, grandchild] = await startScript(`${spawning(STUBBORN, inherit)} setInterval(() => {}, 1000);`, 1);
    expect(grandchild && isAlive(grandchild)).toBe(true);
    const before = performance.now();
    expect(await killTree({ identity: child.identity, graceMs: 300 })).toBe(true);
    expect(performance.now() - before).toBeGreaterThanOrEqual(290);
    expect(isAlive(child.identity)).toBe(false);
    expect(grandchild && isAlive(grandchild)).toBe(false);
  });

  test('does not wait out the grace when everything goes at SIGTERM', async () => {
    const [child] = await startScript('console.log(process.pid); setInterval(() => {}, 1000);', 1);
    const before = performance.now();
    await child.stop(10_000);
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(await child.closed).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  test.runIf(linux)('ends a descendant in a session of its own while its parent lives, without a marker', async () => {
    const apart = `{ detached: true, stdio: ['ignore', 'inherit', 'ignore'] }`;
    const [child, stray] = await startScript(`${spawning(STUBBORN, apart)} setInterval(() => {}, 1000);`, 1);
    await child.stop(50);
    expect(stray && isAlive(stray)).toBe(false);
  });

  test.runIf(linux)('ends an orphan in a session of its own by its marker', async () => {
    const mark = marker();
    const apart = `{ detached: true, stdio: ['ignore', 'inherit', 'ignore'] }`;
    const script = `${spawning(STUBBORN, apart)} setInterval(() => {}, 1000);`;
    const [child, stray] = await startScript(script, 1, mark);
    const exited = new Promise((resolve) => child.stdin.once('close', resolve));
    process.kill(child.identity.pid, 'SIGKILL');
    await exited;
    expect(stray && isAlive(stray)).toBe(true);
    expect(await sweep(`${mark}0`, 50)).toBe(true);
    expect(stray && isAlive(stray)).toBe(true);
    expect(await sweep(mark, 50)).toBe(true);
    expect(stray && isAlive(stray)).toBe(false);
  });

  test.runIf(linux)('leaves alone what bears a longer marker or has it in another variable', async () => {
    const mark = marker();
    const others = [
      spawn('sleep', ['60'], { env: { ...env, DROVER_RUN: `${mark}1` } }),
      spawn('sleep', ['60'], { env: { ...env, MY_DROVER_RUN: mark } }),
      spawn('sleep', ['60'], { env: { ...env, NOTE: `see DROVER_RUN=${mark}` } }),
    ];
    try {
      await Promise.all(others.map((other) => once(other, 'spawn')));
      expect(await sweep(mark)).toBe(true);
      for (const other of others) expect(other.pid && identify(other.pid)).toBeTruthy();
      expect(others.map((other) => other.signalCode)).toEqual([null, null, null]);
    } finally {
      for (const other of others) other.kill('SIGKILL');
    }
  });

  test('never signals a pid that belongs to another process by now, nor its group', async () => {
    const [child, member] = await startScript(
      `${spawning(STUBBORN, `{ stdio: ['ignore', 'inherit', 'ignore'] }`)} setInterval(() => {}, 1000);`,
      1,
    );
    const stale = { pid: child.identity.pid, startTime: `${child.identity.startTime}0` };
    expect(isAlive(stale)).toBe(false);
    expect(await killTree({ identity: stale, marker: marker(), graceMs: 0 })).toBe(true);
    expect(await killTree({ identity: stale, graceMs: 0 })).toBe(true);
    expect(isAlive(child.identity)).toBe(true);
    expect(member && isAlive(member)).toBe(true);
    await child.stop(0);
    expect(member && isAlive(member)).toBe(false);
  });

  test('never signals this process, even when it bears the marker', async () => {
    const self = identify(process.pid);
    if (!self) throw new Error('This process has an identity.');
    const script = `
      const { killTree } = await import(${JSON.stringify(new URL('./kill-tree.ts', import.meta.url).href)});
      const { identify } = await import(${JSON.stringify(new URL('./identity.ts', import.meta.url).href)});
      console.log(await killTree({ identity: identify(process.pid), marker: process.env.DROVER_RUN, graceMs: 0 }));`;
    const child = await startProcess({
      program: process.execPath,
      args: ['--input-type=module', '-e', script],
      cwd: '/',
      env,
      marker: marker(),
    });
    child.stdin.end();
    child.stdout.setEncoding('utf8');
    let printed = '';
    for await (const text of child.stdout) printed += text;
    expect(printed).toBe('true\n');
    expect(await child.closed).toMatchObject({ code: 0, signal: null });
  });

  test('ends a stopped process', async () => {
    const [child] = await startScript('console.log(process.pid); setInterval(() => {}, 1000);', 1);
    process.kill(child.identity.pid, 'SIGSTOP');
    await child.stop(10_000);
    expect(await child.closed).toMatchObject({ signal: 'SIGTERM' });
  });
});

describe('isAlive', () => {
  test.runIf(linux)('is false for a zombie, which still has its identity', async () => {
    // exec keeps the pid, and sleep never waits for the child it has inherited, which ends when it sees sleep.
    const child = await startProcess({
      program: '/bin/sh',
      args: ['-c', 'sh -c "until grep -q sleep /proc/$$/comm; do :; done" & echo $!; exec sleep 60'],
      cwd: '/',
      env,
    });
    started.push(child.identity);
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    const pid = Number(chunk.toString());
    let identity = identify(pid);
    while (identity && isAlive(identity)) await new Promise((resolve) => setImmediate(resolve));
    identity = identify(pid);
    expect(identity).not.toBeNull();
    expect(identity && isAlive(identity)).toBe(false);
    await child.stop(0);
  });

  test('tells a process from a later one with its pid', () => {
    const self = identify(process.pid);
    expect(self && isAlive(self)).toBe(true);
    expect(identify(process.pid)).toEqual(self);
    expect(isAlive({ pid: process.pid, startTime: 'another' })).toBe(false);
    expect(identify(2 ** 22 + 1)).toBeNull();
    expect(identify(-1)).toBeNull();
  });
});
