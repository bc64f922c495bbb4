import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { GIT_ENVIRONMENT } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { accepted, createTestWorkspaces, type TestWorkspaces } from '../../../test/support/workspaces.ts';
import type { Workspace } from '../../contract/workspace/state.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
  folder = await createTempFolder();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

const running: ChildProcess[] = [];
afterEach(async () => {
  for (const git of running.splice(0)) {
    const ended = once(git, 'exit');
    git.stdin?.end();
    await ended;
  }
});

/** A git of a person that runs in a folder until the test is over. */
async function personsGit(cwd: string): Promise<void> {
  const git = spawn('git', ['cat-file', '--batch-check'], {
    cwd,
    env: GIT_ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  running.push(git);
  git.stdin.write('HEAD\n');
  await once(git.stdout, 'data');
}

/** Locks as a killed git leaves them; gives the names of those that are still there. */
async function leaveLocks({ repo }: TestWorkspaces, { id, branch }: Workspace): Promise<() => string[]> {
  const inGit = (...names: string[]) => join(repo.path, '.git', ...names);
  const locks = {
    index: inGit('worktrees', id, 'index.lock'),
    next: inGit('worktrees', id, 'next-index-12345.lock'),
    branch: inGit('refs', 'heads', `${branch}.lock`),
    packed: inGit('packed-refs.lock'),
    config: inGit('config.lock'),
  };
  for (const lock of Object.values(locks)) await writeFile(lock, '');
  return () => Object.entries(locks).flatMap(([name, lock]) => (existsSync(lock) ? [name] : []));
}

test.each(['continues', 'is over'])(
  'a lock that a killed git of the agent has left is gone when its task %s',
  async (when) => {
    const one = await createTestWorkspaces(folder.path);
    const workspace = await one.make();
    const left = await leaveLocks(one, workspace);
    if (when === 'continues') accepted(await one.workspaces.open(workspace.id, one.project));
    else await one.workspaces.tidy(workspace.id);
    expect(left()).toEqual(['packed', 'config']);
  },
);

describe('of a workspace whose making was interrupted', () => {
  async function interrupted() {
    const one = await createTestWorkspaces(folder.path);
    const workspace = await one.make();
    one.db.prepare("UPDATE workspaces SET state = 'making' WHERE id = ?").run(workspace.id);
    return { ...one, workspace, left: await leaveLocks(one, workspace) };
  }

  test('the locks are gone when the run is over', async () => {
    const { workspaces, workspace, left } = await interrupted();
    await workspaces.tidy(workspace.id);
    expect(left()).toEqual(['packed', 'config']);
  });

  test('the locks are gone after the next start, but not that of the configuration, whose owner nobody knows', async () => {
    const { workspaces, left } = await interrupted();
    await workspaces.recover();
    expect(left()).toEqual(['config']);
  });

  test.skipIf(process.platform !== 'linux')('no lock is taken that a git which lives may hold', async () => {
    const { workspaces, repo, left } = await interrupted();
    await personsGit(repo.path);
    await workspaces.recover();
    expect(left()).toEqual(['branch', 'packed', 'config']);
  });
});

describe.skipIf(process.platform !== 'linux')('while a git runs', () => {
  test('elsewhere in the repository, a lock of the worktree alone goes, and one of the branch stays', async () => {
    const one = await createTestWorkspaces(folder.path);
    const [workspace, other] = [await one.make(), await one.make()];
    await personsGit(one.repo.path);
    await personsGit(other.path);
    const left = await leaveLocks(one, workspace);
    await one.workspaces.tidy(workspace.id);
    expect(left()).toEqual(['branch', 'packed', 'config']);
  });

  test('in the worktree, every lock stays', async () => {
    const one = await createTestWorkspaces(folder.path);
    const workspace = await one.make();
    await personsGit(workspace.path);
    const left = await leaveLocks(one, workspace);
    await one.workspaces.tidy(workspace.id);
    expect(left()).toEqual(['index', 'next', 'branch', 'packed', 'config']);
  });
});
