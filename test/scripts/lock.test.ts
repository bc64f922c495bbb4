import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../../scripts/lib/lock.mjs';

const LOCK_MODULE = fileURLToPath(new URL('../../scripts/lib/lock.mjs', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts a process that takes the lock, says so on standard output and keeps it until its standard input ends. */
function holder(lock: string, then = '') {
  const script = `
    import { withLock } from ${JSON.stringify(LOCK_MODULE)};
    await withLock(${JSON.stringify(lock)}, async () => {
      console.log('held');
      for await (const _ of process.stdin);
      ${then}
    });`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['pipe', 'pipe', 'inherit'] });
}

it('waits for the holder, says once whom it waits for, and leaves nothing behind', async () => {
  const lock = join(folder, 'a', 'lock');
  const note = join(folder, 'note');
  const other = holder(lock, `await (await import('node:fs/promises')).writeFile(${JSON.stringify(note)}, 'done');`);
  await once(other.stdout, 'data');
  const waitedFor: number[] = [];
  const result = await withLock(
    lock,
    () => readFile(note, 'utf8'),
    (pid) => {
      waitedFor.push(pid);
      other.stdin.end();
    },
  );
  expect(result).toBe('done');
  expect(waitedFor).toEqual([other.pid]);
  expect(await readdir(join(folder, 'a'))).toEqual([]);
});

it('takes over from a holder that was killed', async () => {
  const lock = join(folder, 'lock');
  const other = holder(lock);
  await once(other.stdout, 'data');
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(await withLock(lock, async () => 'mine')).toBe('mine');
  expect(await readdir(folder)).toEqual([]);
});

it.runIf(process.platform === 'linux')('is not fooled by another process with the pid of the holder', async () => {
  const lock = join(folder, 'lock');
  await mkdir(lock);
  await writeFile(join(lock, 'holder.json'), JSON.stringify({ pid: process.pid, started: '1' }));
  expect(await withLock(lock, async () => 'mine')).toBe('mine');
});

it('lets one in at a time, and gives the lock back after a failure', async () => {
  const lock = join(folder, 'lock');
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await readdir(folder);
    inside -= 1;
  };
  await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 4 }, () => withLock(lock, work)));
  }
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});
