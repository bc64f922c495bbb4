import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { createRepository, runGit } from '../../../test/support/repository.ts';
import { accepted, createTestWorkspaces, type TestWorkspaces } from '../../../test/support/workspaces.ts';
import type { Stays } from '../../contract/clean-up/state.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { CleanUpOf } from './rows.ts';

const folder = gitFolder();

let world: TestWorkspaces;
let told: { id: string; how: CleanUpOf }[];
beforeEach(async () => {
  told = [];
  world = await createTestWorkspaces(folder.path, {
    files: { 'README.md': '# Sample\n', '.gitignore': 'ignored/\n' },
    cleanedUp: ({ id }, how) => void told.push({ id, how }),
  });
});

const inside = ({ path }: Workspace, ...args: string[]) => runGit(path, args);
const write = ({ path }: Workspace, name: string, text = 'x\n') => writeFile(join(path, name), text);
const commit = async (workspace: Workspace, name = 'new.txt') => {
  await write(workspace, name);
  await inside(workspace, 'add', '--', name);
  await inside(workspace, 'commit', '--quiet', '--message', name);
};
const merge = (...args: string[]) => world.repo.git('merge', '--quiet', '--no-edit', ...args);
const cleanUp = ({ id }: Workspace, veto: () => Stays | null = () => null) =>
  world.workspaces.cleanUp(id, { by: 'user', veto });

/** Why the one workspace there is stays, as the list says; it is not cleaned up then, and all of it is where it was. */
async function whyItStays(workspace: Workspace): Promise<Stays | null | undefined> {
  const [found] = await world.workspaces.leftovers();
  const done = await cleanUp(workspace);
  expect(done.ok).toBe(found?.stays === null);
  expect(world.workspaces.get(workspace.id)?.state).toBe(done.ok ? 'removed' : 'ready');
  return found?.stays;
}

test('what is merged and clean goes, with what it takes on the disk; its branch stays', async () => {
  const workspace = await world.make();
  await commit(workspace);
  await merge(workspace.branch);
  expect(await whyItStays(workspace)).toBeNull();
  expect(existsSync(workspace.path)).toBe(false);
  expect(await world.repo.git('rev-parse', '--verify', workspace.branch)).toMatch(/^[0-9a-f]{40}$/);
  expect(told).toEqual([{ id: workspace.id, how: { by: 'user', bytes: expect.any(Number) } }]);
  expect(told[0]?.how.bytes).toBeGreaterThan(4000);
  expect(await world.workspaces.leftovers()).toEqual([]);
});

test('what is squashed or has no commits goes, also with ignored files and folders that are read-only', async () => {
  const workspace = await world.make();
  await commit(workspace);
  await merge('--squash', workspace.branch);
  await world.repo.git('commit', '--quiet', '--message', 'Squashed');
  await mkdir(join(workspace.path, 'ignored', 'cache'), { recursive: true });
  await write(workspace, 'ignored/cache/file');
  await chmod(join(workspace.path, 'ignored', 'cache'), 0o500);
  expect(await whyItStays(workspace)).toBeNull();
  const empty = await world.make();
  expect(await whyItStays(empty)).toBeNull();
  expect([existsSync(workspace.path), existsSync(empty.path)]).toEqual([false, false]);
});

test.each<[string, Partial<Stays>, (workspace: Workspace) => Promise<unknown>]>([
  ['changed files', { why: 'uncommitted', count: 1 }, (one) => write(one, 'README.md')],
  [
    'untracked files',
    { why: 'uncommitted', count: 2 },
    async (one) => {
      await write(one, 'a');
      await write(one, 'b');
    },
  ],
  [
    'staged files',
    { why: 'uncommitted', count: 1 },
    async (one) => {
      await write(one, 'a');
      await inside(one, 'add', 'a');
    },
  ],
  [
    'commits that are nowhere else',
    { why: 'unmerged', count: 2 },
    async (one) => {
      await commit(one, 'a');
      await commit(one, 'b');
    },
  ],
  [
    'commits that are only pushed',
    { why: 'pushed-only' },
    async (one) => {
      await commit(one);
      const remote = await mkdtemp(join(folder.path, 'remote-'));
      await runGit(remote, ['init', '--quiet', '--bare']);
      await world.repo.git('remote', 'add', 'origin', remote);
      await inside(one, 'push', '--quiet', 'origin', one.branch);
    },
  ],
  [
    'commits that a reset has left',
    { why: 'elsewhere' },
    async (one) => {
      await commit(one);
      await inside(one, 'reset', '--quiet', '--hard', 'HEAD~1');
    },
  ],
  [
    'a stash',
    { why: 'elsewhere' },
    async (one) => {
      await write(one, 'README.md');
      await inside(one, 'stash', 'push', '--quiet');
    },
  ],
  [
    'another branch checked out',
    { why: 'other-branch', named: 'own' },
    (one) => inside(one, 'switch', '--quiet', '--create', 'own'),
  ],
  [
    'a merge in progress',
    { why: 'under-way', named: 'merge' },
    async (one) => {
      await world.repo.git('switch', '--quiet', '--create', 'side');
      await writeFile(join(world.repo.path, 'side.txt'), 'side\n');
      await world.repo.git('add', '.');
      await world.repo.git('commit', '--quiet', '--message', 'Side');
      await world.repo.git('switch', '--quiet', 'main');
      await inside(one, 'merge', '--no-commit', '--no-ff', '--strategy=ours', 'side');
    },
  ],
  [
    'a lock in git',
    { why: 'locked', named: 'mine' },
    (one) => world.repo.git('worktree', 'lock', '--reason', 'mine', one.path),
  ],
  [
    'a repository of its own among ignored files',
    { why: 'inner', named: 'ignored/own' },
    async (one) => {
      await mkdir(join(one.path, 'ignored'));
      const own = await createRepository(join(one.path, 'ignored'));
      await rename(own.path, join(one.path, 'ignored', 'own'));
    },
  ],
  [
    'a worktree of its own among ignored files',
    { why: 'inner', named: 'ignored/own' },
    (one) => world.repo.git('worktree', 'add', '--quiet', '-b', 'own', join(one.path, 'ignored', 'own')),
  ],
])('%s: it stays, and is what it was', async (_, because, happens) => {
  const workspace = await world.make();
  await happens(workspace);
  const before = await inside(workspace, 'status', '--porcelain=v2', '--branch', '--ignored');
  const [found] = await world.workspaces.leftovers();
  const measured = accepted(await world.workspaces.measure(workspace.id));
  expect(found?.stays ?? measured.stays).toMatchObject(because);
  expect((await cleanUp(workspace)).ok).toBe(false);
  expect(world.workspaces.get(workspace.id)?.state).toBe('ready');
  expect(await inside(workspace, 'status', '--porcelain=v2', '--branch', '--ignored')).toBe(before);
  expect(told).toEqual([]);
});

test('a folder that is gone or was moved away stays as it is recorded', async () => {
  const gone = await world.make();
  await rm(gone.path, { recursive: true });
  expect(await whyItStays(gone)).toMatchObject({ why: 'missing' });
  const moved = await world.make();
  await write(moved, 'untracked');
  await world.repo.git('worktree', 'move', moved.path, `${moved.path}-moved`);
  expect((await cleanUp(moved)).ok).toBe(false);
  expect(existsSync(join(`${moved.path}-moved`, 'untracked'))).toBe(true);
});

test('what is in its place and not ours stays: another worktree, a repository, a link', async () => {
  const workspace = await world.make();
  const { path } = workspace;
  await world.repo.git('worktree', 'remove', path);
  await world.repo.git('worktree', 'add', '--quiet', '-b', 'mine', path);
  expect(await whyItStays(workspace)).toMatchObject({ why: 'other-branch', named: 'mine' });
  await world.repo.git('worktree', 'remove', path);
  const own = await createRepository(folder.path);
  await rename(own.path, path);
  expect(await whyItStays(workspace)).toMatchObject({ why: 'unreadable' });
  await rename(path, own.path);
  await symlink(own.path, path);
  expect(await whyItStays(workspace)).toMatchObject({ why: 'unreadable' });
  expect(existsSync(join(own.path, 'README.md'))).toBe(true);
});

test('links are not followed: what they lead to is neither measured nor removed', async () => {
  const outside = await mkdtemp(join(folder.path, 'outside-'));
  await writeFile(join(outside, 'large'), Buffer.alloc(3_000_000, 'x'));
  const workspace = await world.make();
  await mkdir(join(workspace.path, 'ignored'));
  await symlink(outside, join(workspace.path, 'ignored', 'link'));
  expect(accepted(await world.workspaces.measure(workspace.id)).bytes).toBeLessThan(1_000_000);
  expect((await cleanUp(workspace)).ok).toBe(true);
  expect(existsSync(join(outside, 'large'))).toBe(true);
});

test('a file that is written after the list was read keeps the workspace', async () => {
  const workspace = await world.make();
  const [found] = await world.workspaces.leftovers();
  expect(found?.stays).toBeNull();
  await write(workspace, 'late.txt');
  const done = await cleanUp(workspace);
  expect(done).toMatchObject({ ok: false, rejection: { message: 'It stays: 1 file not committed.' } });
  expect(existsSync(join(workspace.path, 'late.txt'))).toBe(true);
});

test('a file that is written after the last look, and before the folder is moved, keeps the workspace', async () => {
  const workspace = await world.make();
  // Asked when git has been looked at, and nothing has been moved yet.
  const veto = () => {
    void write(workspace, 'late.txt');
    return null;
  };
  expect((await cleanUp(workspace, veto)).ok).toBe(false);
  expect(existsSync(join(workspace.path, 'late.txt'))).toBe(true);
  expect(world.workspaces.get(workspace.id)?.state).toBe('ready');
});

test('what else is in the way is asked when nothing can enter the workspace any more', async () => {
  const workspace = await world.make();
  let state: string | undefined;
  const done = await cleanUp(workspace, () => {
    state = world.workspaces.get(workspace.id)?.state;
    return { why: 'terminal', count: 1, named: '' };
  });
  expect(state).toBe('removing');
  expect(done).toMatchObject({ ok: false, rejection: { message: 'It stays: a terminal is open.' } });
  expect(world.workspaces.get(workspace.id)?.state).toBe('ready');
});

test('measuring ends when nobody wants it any more', async () => {
  const workspace = await world.make();
  const over = AbortSignal.abort();
  expect(accepted(await world.workspaces.measure(workspace.id, over))).toMatchObject({ complete: false });
});
