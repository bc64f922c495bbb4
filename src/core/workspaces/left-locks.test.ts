import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { GIT_ENVIRONMENT } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { accepted, createTestWorkspaces } from '../../../test/support/workspaces.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
  folder = await createTempFolder();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

test.each(['continues', 'is over'])(
  'a lock that a killed git of the agent has left is gone when its task %s',
  async (when) => {
    const { repo, workspaces, project, make } = await createTestWorkspaces(folder.path);
    const workspace = await make();
    const inGit = (name: string) => join(repo.path, '.git', 'worktrees', workspace.id, name);
    const locks = ['index.lock', 'next-index-12345.lock'].map(inGit);
    for (const lock of locks) await writeFile(lock, '');
    if (when === 'continues') accepted(await workspaces.open(workspace.id, project));
    else await workspaces.tidy(workspace.id);
    expect(locks.filter((lock) => existsSync(lock))).toEqual([]);
  },
);
