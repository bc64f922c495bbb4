import { link, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { diskUse } from './disk-use.ts';

const ALL = { most: 100_000, limitMs: 600_000 };
let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

const at = (...names: string[]) => join(folder.path, 'measured', ...names);

/** How much more the folder takes after something has happened in it. */
async function growth(happens: () => Promise<unknown>): Promise<number> {
  const before = await diskUse(at(), ALL);
  await happens();
  return (await diskUse(at(), ALL)).bytes - before.bytes;
}

test('counts blocks, a file with several names once, no hole, and nothing behind a link', async () => {
  await mkdir(at('sub'), { recursive: true });
  const large = Buffer.alloc(1_000_000, 'x');
  expect(await growth(() => writeFile(at('sub', 'file'), large))).toBeGreaterThanOrEqual(1_000_000);
  expect(await growth(() => link(at('sub', 'file'), at('again')))).toBeLessThan(100_000);
  const sparse = async () => {
    const file = await open(at('sparse'), 'w');
    await file.truncate(50_000_000);
    await file.close();
  };
  expect(await growth(sparse)).toBeLessThan(100_000);
  await writeFile(join(folder.path, 'outside'), large);
  expect(await growth(() => symlink(join(folder.path, 'outside'), at('link')))).toBeLessThan(100_000);
  expect(await growth(() => symlink(folder.path, at('above')))).toBeLessThan(100_000);
});

test('stops at so many entries, after a time and when it is taken back, and says that there is more', async () => {
  await mkdir(at(), { recursive: true });
  for (let no = 0; no < 100; no += 1) await writeFile(at(String(no)), 'x');
  expect((await diskUse(at(), ALL)).complete).toBe(true);
  expect((await diskUse(at(), { ...ALL, most: 40 })).complete).toBe(false);
  expect((await diskUse(at(), { ...ALL, limitMs: -1 })).complete).toBe(false);
  expect((await diskUse(at(), { ...ALL, signal: AbortSignal.abort() })).complete).toBe(false);
});

test('names the repositories and worktrees in a folder, but not itself; there is none where there is no folder', async () => {
  await mkdir(at('.git'), { recursive: true });
  await mkdir(at('sub', 'one', '.git'), { recursive: true });
  await mkdir(at('two'), { recursive: true });
  await writeFile(at('two', '.git'), 'gitdir: elsewhere\n');
  const { repositories } = await diskUse(at(), ALL);
  expect(repositories.sort()).toEqual(['sub/one', 'two']);
  expect(await diskUse(at('gone'), ALL)).toEqual({ bytes: 0, complete: true, repositories: [] });
});
