import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { isAlive } from '../process/identity.ts';
import { bearsEntry, processTable } from '../process/process-table.ts';
import { StartFailure } from '../process/spawn-tree.ts';
import { type Pty, type PtyOptions, startPty } from './pty.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  folder = await createTempFolder();
});
afterAll(() => folder.remove());

const env = { PATH: process.env.PATH ?? '' };

function bash(script: string, more: Partial<PtyOptions> = {}): Pty {
  return startPty({ program: 'bash', args: ['-c', script], cwd: folder.path, env, cols: 80, rows: 24, ...more });
}

/** All that a PTY prints from now on; `until` waits for a text. */
function reading(pty: Pty) {
  let text = '';
  const waiting = new Set<() => void>();
  pty.onData((bytes) => {
    text += Buffer.from(bytes).toString('latin1');
    for (const look of waiting) look();
  });
  return {
    text: () => text,
    until: (wanted: RegExp) =>
      new Promise<RegExpExecArray>((resolve) => {
        const look = () => {
          const found = wanted.exec(text);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

const openFiles = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return /ptmx|pts/.test(readlinkSync(join('/proc/self/fd', fd)));
    } catch {
      return false;
    }
  }).length;

test('passes arguments, folder, environment, size and input, and gives output and code', async () => {
  const pty = bash('stty size; pwd; echo "$TERM $A"; read -r line; echo "got $line"; exit 7', {
    env: { ...env, A: 'é$(x)' },
  });
  const seen = reading(pty);
  await seen.until(/\$\(x\)/);
  pty.write('in & out\r');
  expect(await pty.exited).toEqual({ code: 7, signal: null });
  const lines = Buffer.from(seen.text(), 'latin1').toString('utf8').split('\r\n');
  expect(lines.slice(0, 3)).toEqual(['24 80', folder.path, 'xterm-256color é$(x)']);
  expect(lines).toContain('got in & out');
  pty.write('too late');
  pty.resize({ cols: 10, rows: 10 });
  expect(await pty.end(1000)).toBe(true);
});

test('says which signal ended a program', async () => {
  expect(await bash('kill -KILL $$').exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('tells the program of another size, within what a terminal may have', async () => {
  const pty = bash('echo ready; while read -r; do stty size; done');
  const seen = reading(pty);
  await seen.until(/ready/);
  for (const [cols, rows, told] of [
    [120, 40, /40 120\r/],
    [10_000, 0, /1 1000\r/],
    [Number.NaN, -5, /1 2\r/],
  ] as const) {
    pty.resize({ cols, rows });
    pty.write('\r');
    await seen.until(told);
  }
  expect(await pty.end(1000)).toBe(true);
});

test('a program or folder that does not exist is refused in a sentence', () => {
  const start = (options: Partial<PtyOptions>) => {
    try {
      bash('exit', options);
    } catch (error) {
      return error;
    }
  };
  const missing = start({ program: 'no-such-shell' });
  expect(missing).toBeInstanceOf(StartFailure);
  expect(missing).toMatchObject({ message: 'The program no-such-shell was not found or cannot be executed.' });
  expect(start({ cwd: join(folder.path, 'gone') })).toMatchObject({ code: 'folder-missing' });
});

test('stops reading while paused, and loses nothing', async () => {
  const pty = bash('for i in {1..20000}; do echo "line $i"; done; echo done');
  let bytes = 0;
  let last = '';
  let paused = false;
  pty.onData((data) => {
    expect(paused).toBe(false);
    bytes += data.length;
    last = (last + Buffer.from(data).toString()).slice(-20);
    pty.pause();
    paused = true;
    setImmediate(() => {
      paused = false;
      pty.resume();
    });
  });
  await pty.exited;
  const expected = Array.from({ length: 20_000 }, (_, i) => `line ${i + 1}\r\n`).join('').length + 'done\r\n'.length;
  expect([bytes, last.endsWith('done\r\n')]).toEqual([expected, true]);
});

test.runIf(process.platform === 'linux')(
  'ends what ignores signals and what has left for a session of its own',
  async () => {
    const entry = `DROVER_TERMINAL=pty-${process.pid}`;
    const pty = bash(
      `trap "" HUP TERM
    (setsid bash -c 'trap "" HUP TERM; echo "stray $$"; while :; do sleep 1; done' &)
    (sleep 1000 & echo "child $!"; wait)`,
      { entry },
    );
    const seen = reading(pty);
    await Promise.all([seen.until(/stray \d+/), seen.until(/child \d+/)]);
    expect(processTable().filter(({ pid }) => bearsEntry(pid, entry)).length).toBeGreaterThanOrEqual(3);
    expect(await pty.end(100)).toBe(true);
    expect(isAlive(pty.identity)).toBe(false);
    expect(processTable().filter(({ pid }) => bearsEntry(pid, entry))).toEqual([]);
  },
);

test.runIf(process.platform === 'linux')('leaves no file open, in this process or the program', async () => {
  await bash('exit').exited;
  const before = openFiles();
  for (let i = 0; i < 20; i += 1) {
    const pty = bash('ls -l /proc/self/fd; echo listed; read -r');
    const seen = reading(pty);
    await seen.until(/listed/);
    expect(seen.text().match(/ptmx|pts|anon_inode|socket/g)).toEqual(['pts', 'pts', 'pts']);
    await pty.end(1000);
  }
  expect(openFiles()).toBe(before);
});

test('a large paste arrives whole', async () => {
  const pty = bash('stty raw -echo; echo ready; head -c 300000 | cksum');
  const seen = reading(pty);
  await seen.until(/ready/);
  pty.write('x'.repeat(300_000));
  const found = await seen.until(/(\d+) 300000/);
  expect(found).not.toBeNull();
  await pty.exited;
});
