import { existsSync } from 'node:fs';
import { mkdtemp, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { aProject } from '../../../test/support/project.ts';
import { createRepository, runGit, type TestRepository } from '../../../test/support/repository.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result } from '../../contract/rejection.ts';
import { commitWords, whereWords } from '../../contract/words/workspace.ts';
import type { Workspace, WorkspaceDetail } from '../../contract/workspace/state.ts';
import { silentLogger } from '../base/logger.ts';
import { migrations } from '../db/migrations/list.ts';
import { createWorkspaces, type Workspaces } from './workspaces.ts';

const folder = gitFolder();

let db: Database.Database;
let workspaces: Workspaces;
let repo: TestRepository;
let project: Project;
beforeEach(async () => {
  db = new Database(':memory:');
  for (const { sql } of migrations) db.exec(sql);
  repo = await createRepository(folder.path, { files: { 'a.txt': 'one\ntwo\nthree\nfour\n', 'b.txt': 'b\n' } });
  project = aProject(repo.path);
  workspaces = createWorkspaces({
    db,
    dataFolder: await mkdtemp(join(folder.path, 'data-')),
    now: () => 1,
    changed: () => {},
    logger: silentLogger,
    environment: async () => ({ PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null' }),
    isRunning: () => false,
    projectOf: () => accept(project),
  });
});
afterEach(() => void db.close());

function value<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}
let tasks = 0;
async function make(base: string | null = null): Promise<Workspace> {
  tasks += 1;
  const task = { id: `a${String(tasks).padStart(8, '0')}`, title: '' };
  return value(await workspaces.make(value(await workspaces.plan({ task, workspaceNo: 1, project, base })), project));
}
const inside = (workspace: Workspace, ...args: string[]) => runGit(workspace.path, args);
const look = async ({ id }: Workspace): Promise<WorkspaceDetail> => value(await workspaces.detail(id));
const commits = async (workspace: Workspace) => commitWords(await look(workspace));
async function commit(cwd: string, name: string, text = `${name}\n`): Promise<void> {
  await writeFile(join(cwd, name), text);
  await runGit(cwd, ['add', '--', name]);
  await runGit(cwd, ['commit', '--quiet', '--message', `Add ${name}`]);
}
/** Another clone of an origin, as that of a colleague or a server. */
async function origin(): Promise<string> {
  const bare = await mkdtemp(join(folder.path, 'origin-'));
  const clone = await mkdtemp(join(folder.path, 'clone-'));
  await runGit(bare, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await repo.git('remote', 'add', 'origin', bare);
  await repo.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  await runGit(folder.path, ['clone', '--quiet', bare, clone]);
  return clone;
}

describe('work is merged', () => {
  test('when it is squashed into the base, also when that went on', async () => {
    const squashed = await make();
    await commit(squashed.path, 'one');
    await commit(squashed.path, 'a.txt', 'one\n2\nthree\nfour\n');
    expect(await commits(squashed)).toBe('2, not merged');
    await repo.git('merge', '--quiet', '--squash', squashed.branch);
    await repo.git('commit', '--quiet', '--message', 'All of it');
    expect(await commits(squashed)).toBe('2, squashed into main');
    await commit(repo.path, 'a.txt', 'other\n2\nthree\n4\n');
    await commit(repo.path, 'one', 'rewritten\n');
    expect(await commits(squashed)).toBe('2, squashed into main');
    expect(value(await workspaces.remove(squashed.id)).kept).toBeNull();
  });

  test('when it is rebased or cherry-picked, unless more was committed since', async () => {
    const picked = await make();
    for (const name of ['x', 'y']) await commit(picked.path, name);
    await commit(repo.path, 'others');
    await repo.git('cherry-pick', `${picked.baseCommit}..${picked.branch}`);
    await commit(repo.path, 'x', 'rewritten\n');
    expect(await commits(picked)).toBe('2, cherry-picked into main');
    await commit(picked.path, 'z');
    expect(await commits(picked)).toBe('3, not merged');
    expect(await workspaces.remove(picked.id)).toMatchObject({ ok: false });
  });

  test('when lines around it had changed before it was squashed', async () => {
    const workspace = await make();
    await commit(workspace.path, 'a.txt', 'one\ntwo\nthree\nFOUR\n');
    await commit(repo.path, 'a.txt', 'ONE\ntwo\nthree\nfour\n');
    await repo.git('merge', '--quiet', '--squash', workspace.branch);
    await repo.git('commit', '--quiet', '--message', 'All of it');
    await commit(repo.path, 'a.txt', 'ONE\n2\nthree\nFOUR\n');
    expect(await commits(workspace)).toMatch(/^1, (squashed|cherry-picked) into main$/);
  });

  test('on the server, in another branch, in the local branch of a remote base; pushed alone is said as such', async () => {
    const clone = await origin();
    const server = await make();
    await commit(server.path, 'one');
    await repo.git('push', '--quiet', 'origin', server.branch);
    await repo.git('fetch', '--quiet');
    expect(await commits(server)).toBe(`1, pushed to origin/${server.branch}`);
    expect(await look(server)).toMatchObject({ merged: false });
    await runGit(clone, ['fetch', '--quiet']);
    await runGit(clone, ['merge', '--quiet', '--no-ff', '--no-edit', `origin/${server.branch}`]);
    await runGit(clone, ['push', '--quiet', 'origin', 'main']);
    await repo.git('fetch', '--quiet');
    expect(await commits(server)).toBe('1, in origin/main');
    expect(await look(server)).toMatchObject({ merged: true, diff: { files: 1, insertions: 1 } });
    value(await workspaces.remove(server.id));

    const remote = await make('origin/main');
    await commit(remote.path, 'two');
    await repo.git('merge', '--quiet', '--no-edit', remote.branch);
    expect(await commits(remote)).toBe('1, in main');

    const develop = await make();
    await commit(develop.path, 'three');
    await repo.git('branch', 'develop', develop.branch);
    expect(await commits(develop)).toBe('1, in develop');
    value(await workspaces.remove(develop.id));
  });

  test('from a commit, a tag or a detached head; by a squash into a branch that is no base', async () => {
    await repo.git('tag', 'v1');
    for (const base of [await repo.git('rev-parse', 'HEAD'), 'v1']) {
      const workspace = await make(base);
      await commit(workspace.path, `on-${base}`);
      expect(await commits(workspace)).toBe('1, not merged');
      await repo.git('merge', '--quiet', '--no-edit', workspace.branch);
      expect(await commits(workspace)).toBe('1, in main');
    }
    await repo.git('switch', '--quiet', '--detach');
    const detached = await make();
    await commit(detached.path, 'detached');
    await repo.git('switch', '--quiet', '--create', 'side');
    await repo.git('merge', '--quiet', '--squash', detached.branch);
    await repo.git('commit', '--quiet', '--message', 'Squashed');
    await commit(repo.path, 'more');
    expect(await commits(detached)).toMatch(/^1, (squashed|cherry-picked) into side$/);
    await repo.git('switch', '--quiet', '--detach');
    await repo.git('tag', 'kept', detached.branch);
    expect(await commits(detached)).toBe('1, in tag kept');
  });

  test('and not when it only undoes itself, or the base has nothing new', async () => {
    const workspace = await make();
    await commit(workspace.path, 'one');
    await inside(workspace, 'revert', '--no-edit', 'HEAD');
    await commit(repo.path, 'others');
    expect(await commits(workspace)).toBe('2, not merged');
  });
});

describe('the base moved', () => {
  const others = async () => {
    for (const name of ['o1', 'o2']) await commit(repo.path, name, 'x\n'.repeat(100));
  };
  const own = { ahead: 1, diff: { files: 1, insertions: 1, deletions: 0 } };
  const paths = async ({ id }: Workspace) => value(await workspaces.changes(id)).files.map(({ path }) => path);

  test.each([
    ['and the agent did nothing', null],
    ['and the agent merged it', ['merge', '--quiet', '--no-edit', 'main']],
    ['and the agent rebased onto it', ['rebase', '--quiet', 'main']],
  ])('%s: only the work counts', async (_, args) => {
    const workspace = await make();
    await commit(workspace.path, 'mine');
    await others();
    if (args) await inside(workspace, ...args);
    expect(await look(workspace)).toMatchObject({ ...own, merged: false });
    expect(await paths(workspace)).toEqual(['mine']);
    expect(value(await workspaces.fileDiff(workspace.id, 'o1')).files).toEqual([]);
    await repo.git('merge', '--quiet', '--no-edit', workspace.branch);
    expect(await look(workspace)).toMatchObject({ ...own, landed: { how: 'contained', ref: 'main' } });
    expect(await paths(workspace)).toEqual(['mine']);
  });

  test('and only the remote branch has it; or the agent began nothing yet', async () => {
    const clone = await origin();
    const workspace = await make();
    await commit(workspace.path, 'mine');
    await commit(clone, 'server');
    await runGit(clone, ['push', '--quiet']);
    await inside(workspace, 'fetch', '--quiet');
    await inside(workspace, 'merge', '--quiet', '--no-edit', 'origin/main');
    expect(await look(workspace)).toMatchObject(own);
    const idle = await make();
    await others();
    await inside(idle, 'merge', '--quiet', 'main');
    expect(await look(idle)).toMatchObject({ ahead: 0, merged: true, diff: { files: 0 } });
  });

  test('what was there before the agent began does not count, until it is changed or committed', async () => {
    await writeFile(join(repo.path, '.env'), 'SECRET\n');
    const script = "const f = require('fs'); f.writeFileSync('b.txt', 'set up'); f.writeFileSync('made', 'x')";
    project = { ...project, copy: ['.env'], setup: [['node', '-e', script]] };
    const workspace = await make();
    expect(await look(workspace)).toMatchObject({ condition: 'clean', uncommitted: 0, diff: { files: 0 } });
    expect(await paths(workspace)).toEqual([]);
    await writeFile(join(workspace.path, 'made'), 'changed\n');
    expect(await look(workspace)).toMatchObject({ condition: 'dirty', uncommitted: 1, diff: { files: 1 } });
    await inside(workspace, 'add', '--', 'b.txt', 'made');
    await inside(workspace, 'commit', '--quiet', '--message', 'Made');
    expect(await paths(workspace)).toEqual(['b.txt', 'made']);
    await repo.git('merge', '--quiet', workspace.branch);
    value(await workspaces.remove(workspace.id));
  });
});

describe('the agent left the branch', () => {
  const told = async (workspace: Workspace) => whereWords(await look(workspace)).join(' ');
  const removed = async ({ id }: Workspace) => value(await workspaces.remove(id, { discard: true })).kept;

  test('for another one: that is named, and named again when the workspace is removed', async () => {
    const workspace = await make();
    await inside(workspace, 'switch', '--quiet', '--create', 'other');
    await commit(workspace.path, 'w');
    expect(await told(workspace)).toBe(
      `The branch other is checked out, with 1 commit, instead of ${workspace.branch}.`,
    );
    expect((await workspaces.left(workspace.id)).unheld).toEqual(whereWords(await look(workspace)));
    expect(await workspaces.remove(workspace.id)).toMatchObject({
      rejection: { message: expect.stringContaining('1 commit on other not in main') },
    });
    await inside(workspace, 'switch', '--quiet', workspace.branch);
    expect(await told(workspace)).toBe('1 commit made here is on other.');
    expect(value(await workspaces.remove(workspace.id)).kept).toBe('other');
    expect(workspaces.get(workspace.id)?.kept).toBe('other');
  });

  test('for one of somebody else: nothing of that is its own', async () => {
    await repo.git('switch', '--quiet', '--create', 'develop');
    await commit(repo.path, 'theirs');
    await repo.git('switch', '--quiet', 'main');
    const workspace = await make();
    await inside(workspace, 'switch', '--quiet', 'develop');
    expect(await look(workspace)).toMatchObject({ merged: true });
    await inside(workspace, 'switch', '--quiet', workspace.branch);
    expect(await told(workspace)).toBe('');
    expect(value(await workspaces.remove(workspace.id)).kept).toBeNull();
  });

  test('for none, and deleted it', async () => {
    const workspace = await make();
    await commit(workspace.path, 'w');
    await inside(workspace, 'switch', '--quiet', '--detach');
    await inside(workspace, 'branch', '--quiet', '-D', workspace.branch);
    expect(await told(workspace)).toMatch(
      new RegExp(`^The branch ${workspace.branch} was deleted. No branch is checked out \\(.{8}\\), with 1 commit.$`),
    );
    const kept = await removed(workspace);
    expect(kept).toBe(`${workspace.branch}-kept`);
    expect(await repo.git('show', `${kept}:w`)).toBe('w');
  });

  test('by a reset: what it left is named and kept', async () => {
    const workspace = await make();
    await commit(workspace.path, 'w');
    await inside(workspace, 'reset', '--quiet', '--hard', 'HEAD~1');
    expect(await told(workspace)).toMatch(/^1 commit made here is no longer on any branch, since a reset/);
    expect(await repo.git('show', `${await removed(workspace)}:w`)).toBe('w');
    const amended = await make();
    await commit(amended.path, 'w');
    await inside(amended, 'commit', '--quiet', '--amend', '--message', 'Better');
    expect(await told(amended)).toBe('');
  });

  test('in a rebase that has stopped, and for a stash', async () => {
    const workspace = await make();
    await commit(workspace.path, 'a.txt', 'mine\n');
    await commit(repo.path, 'a.txt', 'theirs\n');
    await inside(workspace, 'rebase', 'main').catch(() => {});
    expect(await look(workspace)).toMatchObject({ ahead: 1, checkedOut: { branch: null, underWay: 'rebase' } });
    expect(await told(workspace)).toBe('A rebase is in progress.');
    expect(await removed(workspace)).toContain(workspace.branch);

    const stashed = await make();
    await writeFile(join(stashed.path, 'b.txt'), 'changed\n');
    await inside(stashed, 'stash');
    expect(await told(stashed)).toBe('1 stash made here (git stash list).');
  });
});

describe('the repository of the project', () => {
  test('that was moved: workspaces say so, follow to the new place, and can be removed before that', async () => {
    const [workspace, other] = [await make(), await make()];
    await commit(workspace.path, 'w');
    const from = repo.path;
    const to = join(folder.path, `moved-${tasks}`);
    await rename(from, to);
    const problem = `The folder of the project shop is gone or moved: ${from}. Put it back, or say where it is now: in the settings of the project, or with drover project set shop --path FOLDER.`;
    expect(await look(workspace)).toMatchObject({ condition: 'unreadable', problem });
    for (const refused of [await workspaces.open(workspace.id, project), await workspaces.changes(workspace.id)]) {
      expect(refused).toMatchObject({ ok: false, rejection: { message: expect.stringContaining(problem) } });
    }
    expect(await workspaces.remove(other.id)).toMatchObject({
      rejection: { message: expect.stringContaining(problem) },
    });
    const { kept } = value(await workspaces.remove(other.id, { discard: true }));
    expect(existsSync(kept?.split(', ')[0] ?? '')).toBe(true);
    const unrelated = await createRepository(folder.path, { files: { x: 'y' } });
    expect(await workspaces.moveTo(project, unrelated.path)).toMatchObject({
      rejection: { message: expect.stringContaining('is another repository') },
    });
    value(await workspaces.moveTo(project, to));
    project = { ...project, path: to };
    expect(await look(workspace)).toMatchObject({ condition: 'clean', ahead: 1, problem: null });
    expect(value(await workspaces.open(workspace.id, project)).path).toBe(workspace.path);
    expect(value(await workspaces.remove(workspace.id, { discard: true })).kept).toBe(workspace.branch);
  });

  test('that is a bare one with worktrees: workspaces are made, read and removed', async () => {
    const at = await mkdtemp(join(folder.path, 'layout-'));
    await repo.git('clone', '--quiet', '--bare', '.', join(at, '.bare'));
    await writeFile(join(at, '.git'), 'gitdir: ./.bare\n');
    await runGit(at, ['worktree', 'add', '--quiet', 'main', 'main']);
    project = { ...project, path: at };
    const workspace = await make();
    await commit(workspace.path, 'w');
    expect(await look(workspace)).toMatchObject({ baseBranch: 'main', ahead: 1, merged: false });
    await runGit(join(at, 'main'), ['merge', '--quiet', workspace.branch]);
    expect(await commits(workspace)).toBe('1, in main');
    value(await workspaces.remove(workspace.id));
  });
});
