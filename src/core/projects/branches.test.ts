import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aProject } from '../../../test/support/project.ts';
import { createRepository } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import type { Project } from '../../contract/project/state.ts';
import { branchesOf } from './branches.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

const projectAt = (path: string): Project => aProject(path, { name: 'Sample' });

test('finds branches by a part of the name, as many as wanted, and says when there are more', async () => {
  const repo = await createRepository(folder.path);
  for (let n = 0; n < 5; n += 1) await repo.git('branch', `Feature/${n}`);
  const project = projectAt(repo.path);
  const names = async (options: { search?: string; limit: number }) => {
    const found = await branchesOf(project, options);
    return found.ok && { names: found.value.branches.map(({ name }) => name), more: found.value.more };
  };
  expect(await names({ limit: 6 })).toMatchObject({ more: false });
  expect(await names({ search: ' feature/3', limit: 5 })).toEqual({ names: ['Feature/3'], more: false });
  expect(await names({ search: 'FEATURE', limit: 2 })).toEqual({ names: ['Feature/0', 'Feature/1'], more: true });
  // Neither a pattern nor an option of git.
  for (const search of ['*', '--all', 'refs/heads'])
    expect(await names({ search, limit: 5 })).toMatchObject({ names: [] });
});

test('a folder that is no repository any more is refused with words', async () => {
  const repo = await createRepository(folder.path);
  await rm(repo.path, { recursive: true });
  expect(await branchesOf(projectAt(repo.path), { limit: 5 })).toMatchObject({
    ok: false,
    rejection: { code: 'unavailable', message: expect.stringMatching(/^The branches of Sample cannot be read: /) },
  });
});
