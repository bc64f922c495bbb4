import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from './paths.mjs';

/**
 * Runs `work` while no other process holds the lock `folder`. A lock whose holder is dead is taken over; pid and start
 * time tell, so that a reused pid does not count as the holder.
 * @template T
 * @param {string} folder the lock; it exists while it is held
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} [onWait] called once if somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, onWait = () => {}) {
  await mkdir(dirname(folder), { recursive: true });
  let told = false;
  while (!(await take(folder))) {
    const holder = await holderOf(folder);
    if (holder !== null && !(await isAlive(holder))) await breakLock(folder);
    else {
      if (!told && holder !== null) {
        told = true;
        onWait(holder.pid);
      }
      await wait(100);
    }
  }
  try {
    return await work();
  } finally {
    await giveBack(folder);
  }
}

/**
 * In one step: a lock that is emptied first and removed then would be free, and taken by somebody else, in between.
 * @param {string} folder
 */
async function giveBack(folder) {
  const gone = `${folder}-${randomUUID()}`;
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true });
}

/**
 * A lock appears with its holder's name in it, by renaming a folder made beside it: a rename onto a folder that is not
 * empty fails.
 * @param {string} folder
 */
async function take(folder) {
  const draft = await mkdtemp(`${folder}-`);
  await writeFile(
    join(draft, 'holder.json'),
    JSON.stringify({ pid: process.pid, started: await startOf(process.pid) }),
  );
  try {
    await rename(draft, folder);
    return true;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Windows says EPERM where others say ENOTEMPTY.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/** @param {string} folder */
async function breakLock(folder) {
  // Two processes may see the same dead holder: the second one must not remove the lock that the first one has taken.
  const guard = `${folder}.breaking`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const age = await stat(guard).then(
      (info) => Date.now() - info.mtimeMs,
      () => 0,
    );
    if (age > 10_000) await rm(guard, { recursive: true, force: true });
    await wait(50);
    return;
  }
  try {
    const holder = await holderOf(folder);
    if (holder !== null && !(await isAlive(holder))) await giveBack(folder);
  } finally {
    await rm(guard, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @returns {Promise<{ pid: number, started: string | null } | null>} null when the lock is just being given back
 */
async function holderOf(folder) {
  try {
    return JSON.parse(await readFile(join(folder, 'holder.json'), 'utf8'));
  } catch {
    return null;
  }
}

/** @param {{ pid: number, started: string | null }} holder */
async function isAlive(holder) {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  const started = await startOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/**
 * @param {number} pid
 * @returns {Promise<string | null>} when it started, in the kernel's ticks; null where that cannot be read
 */
async function startOf(pid) {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
