import { existsSync, rmSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { aProject } from '../../../test/support/project.ts';
import { createRepository, runGit, type TestRepository } from '../../../test/support/repository.ts';
import { eventually } from '../../../test/support/until.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { silentLogger } from '../base/logger.ts';
import { migrations } from '../db/migrations/list.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { WorkspacePlan } from './plan.ts';
import { createWorkspaces, type Workspaces } from './workspaces.ts';

const folder = gitFolder();

let db: Database.Database;
let dataFolder: string;
let workspaces: Workspaces;
let repo: TestRepository;
let project: Project;
let running: Set<string>;
let chosenGit: ChosenProgram | null;
beforeEach(async () => {
  db = new Database(':memory:');
  for (const { sql } of migrations) db.exec(sql);
  dataFolder = await mkdtemp(join(folder.path, 'data-'));
  running = new Set();
  chosenGit = null;
  let time = 0;
  workspaces = createWorkspaces({
    db,
    dataFolder,
    now: () => {
      time += 1;
      return time;
    },
    changed: () => {},
    logger: silentLogger,
    gitProgram: () => chosenGit,
    environment: async () => ({ PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null' }),
    isRunning: (taskId) => running.has(taskId),
    projectOf: () => accept(project),
  });
  repo = await createRepository(folder.path, { files: { 'README.md': '# Sample\n', '.gitignore': 'ignored\n' } });
  project = aProject(repo.path, { name: 'My Project' });
});
afterEach(() => void db.close());

function value<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}
const refusal = (outcome: Result<unknown>) => (outcome.ok ? null : outcome.rejection);

let tasks = 0;
async function plan(title = 'Do it', base: string | null = null): Promise<WorkspacePlan> {
  tasks += 1;
  const id = `a${String(tasks).padStart(8, '0')}`;
  return value(await workspaces.plan({ task: { id, title }, workspaceNo: 1, project, base }));
}
async function make(title?: string, base?: string): Promise<Workspace> {
  return value(await workspaces.make(await plan(title, base), project));
}
const inside = (workspace: { path: string }, ...args: string[]) => runGit(workspace.path, args);
const write = (at: { path: string }, name: string, text = 'x\n') => writeFile(join(at.path, name), text);
const commit = async (at: { path: string }, name: string) => {
  await write(at, name);
  await inside(at, 'add', '--', name);
  await inside(at, 'commit', '--quiet', '--message', name);
};

describe('plan', () => {
  test('names branch and folder after task and title, and begins at what is checked out', async () => {
    const head = await repo.git('rev-parse', 'HEAD');
    const made = await plan('Fix the $(rm -rf ~) "bug"\n🐄', null);
    expect(made).toEqual({
      workspaceId: `${made.taskId}-1`,
      taskId: made.taskId,
      branch: `drover/${made.taskId}-fix-the-rm-rf-bug`,
      path: join(dataFolder, 'workspaces', 'my-project', `${made.taskId}-1`),
      baseBranch: 'main',
      baseCommit: head,
    });
    expect((await plan('🐄 🎉')).branch).toMatch(/^drover\/a\d{8}$/);
    expect((await plan('--force')).branch).toMatch(/^drover\/a\d{8}-force$/);
    expect(existsSync(join(dataFolder, 'workspaces'))).toBe(false);
    expect(await workspaces.list()).toEqual([]);
  });

  test('leaves branches that exist alone', async () => {
    const task = { id: 'a0000000z', title: 'Same' };
    for (const end of ['', '-2']) await repo.git('branch', `drover/a0000000z-same${end}`);
    const made = value(await workspaces.plan({ task, workspaceNo: 2, project, base: 'main' }));
    expect(made.branch).toBe('drover/a0000000z-same-3');
    expect(made.workspaceId).toBe('a0000000z-2');
  });

  test('refuses a base that does not exist, naming similar branches', async () => {
    await repo.git('branch', 'feature/login');
    await repo.git('branch', 'unrelated');
    const task = { id: 'a0000000y', title: '' };
    const answer = await workspaces.plan({ task, workspaceNo: 1, project, base: 'feature/logon' });
    expect(refusal(answer)).toEqual({
      code: 'not-found',
      message:
        'There is no branch, tag or commit "feature/logon" in the project My Project. Similar branches: feature/login.',
      allowed: ['feature/login'],
    });
    for (const base of ['--upload-pack=x', '-b', '$(x)', 'a\nb', '🐄']) {
      expect(refusal(await workspaces.plan({ task, workspaceNo: 1, project, base }))?.code).toBe('not-found');
    }
  });

  test('refuses when the project is gone or no repository any more', async () => {
    const task = { id: 'a0000000x', title: '' };
    await rm(join(repo.path, '.git'), { recursive: true });
    expect(refusal(await workspaces.plan({ task, workspaceNo: 1, project, base: null }))).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('not a git repository'),
    });
    await rm(repo.path, { recursive: true });
    expect(refusal(await workspaces.plan({ task, workspaceNo: 1, project, base: null }))?.message).toBe(
      `The folder of the project My Project is gone or moved: ${repo.path}. Put it back, or say where it is now: in the settings of the project, or with drover project set 'My Project' --path FOLDER.`,
    );
  });
});

describe('make', () => {
  test('makes branch and worktree and leaves the user’s own tree alone', async () => {
    await write(repo, 'README.md', 'my edit\n');
    const workspace = await make('Do it');
    expect(workspace).toMatchObject({ state: 'ready', kept: null, projectId: project.id });
    expect(await inside(workspace, 'symbolic-ref', '--short', 'HEAD')).toBe(workspace.branch);
    expect(await readFile(join(workspace.path, 'README.md'), 'utf8')).toBe('# Sample\n');
    expect(await readFile(join(repo.path, 'README.md'), 'utf8')).toBe('my edit\n');
    expect(await repo.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
    const { branch, baseCommit } = workspace;
    expect(value(await workspaces.detail(workspace.id))).toEqual({
      ...workspace,
      condition: 'clean',
      problem: null,
      uncommitted: 0,
      fork: baseCommit,
      ahead: 0,
      merged: true,
      landed: null,
      checkedOut: { branch, commit: baseCommit, underWay: null },
      branchCommit: baseCommit,
      elsewhere: [],
      stashes: 0,
      notHeld: [],
      diff: { files: 0, insertions: 0, deletions: 0, uncounted: 0 },
    });
    expect(workspaces.countReady(project.id)).toBe(1);
    expect(workspaces.countOfTask(workspace.taskId)).toBe(1);
  });

  test('runs hooks of the repository only when it is trusted', async () => {
    const ran = join(repo.path, '.git', 'ran');
    const hook = join(repo.path, '.git', 'hooks', 'post-checkout');
    await writeFile(hook, `#!/bin/sh\ntouch '${ran}'\n`);
    await chmod(hook, 0o755);
    await make();
    expect(existsSync(ran)).toBe(false);
    project = { ...project, trusted: true };
    await make();
    expect(existsSync(ran)).toBe(true);
  });

  test('copies files and runs setup commands in the workspace', async () => {
    await write(repo, '.env', 'SECRET=1\n');
    const script = `require('fs').writeFileSync('ignored', process.cwd() + process.argv[1])`;
    project = { ...project, copy: ['.env', 'not-there'], setup: [[process.execPath, '-e', script, '$(x)']] };
    const workspace = await make();
    expect(await readFile(join(workspace.path, '.env'), 'utf8')).toBe('SECRET=1\n');
    expect(await readFile(join(workspace.path, 'ignored'), 'utf8')).toBe(`${workspace.path}$(x)`);
  });

  test('a failing setup command refuses with the end of its output, and is run again by open', async () => {
    const flag = join(folder.path, 'flag');
    const script = `console.log('what is wrong'); process.exit(require('fs').existsSync(${JSON.stringify(flag)}) ? 0 : 3)`;
    project = { ...project, setup: [[process.execPath, '-e', script]] };
    const planned = await plan();
    const answer = await workspaces.make(planned, project);
    expect(refusal(answer)).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/exit 3.*\nwhat is wrong$/),
    });
    expect(workspaces.get(planned.workspaceId)?.state).toBe('making');
    await writeFile(flag, '');
    expect(value(await workspaces.open(planned.workspaceId, project)).state).toBe('ready');
    await rm(flag);
    expect(value(await workspaces.open(planned.workspaceId, project)).state).toBe('ready');
  });

  test('stops a setup command when aborted', async () => {
    const abort = new AbortController();
    const script = `require('fs').writeFileSync('ignored', ''); setInterval(() => {}, 1000)`;
    project = { ...project, setup: [[process.execPath, '-e', script]] };
    const planned = await plan();
    const answer = workspaces.make(planned, project, { signal: abort.signal });
    await eventually(() => expect(existsSync(join(planned.path, 'ignored'))).toBe(true));
    abort.abort();
    expect(refusal(await answer)?.code).toBe('wrong-state');
    expect(workspaces.get(planned.workspaceId)?.state).toBe('making');
  });

  test('keeps no record when git was stopped before it was done', async () => {
    const planned = await plan();
    const answer = await workspaces.make(planned, project, { signal: AbortSignal.abort() });
    expect(refusal(answer)).toMatchObject({ code: 'wrong-state' });
    expect(workspaces.get(planned.workspaceId)).toBeNull();
    expect(existsSync(planned.path)).toBe(false);
  });

  test('many at once in one repository all succeed', async () => {
    const plans: WorkspacePlan[] = [];
    for (let no = 0; no < 8; no += 1) plans.push(await plan());
    const made = await Promise.all(plans.map((one) => workspaces.make(one, project)));
    expect(made.map((one) => value(one).state)).toEqual(plans.map(() => 'ready'));
  });

  test('refuses a folder that is in use, touches nothing and keeps no record', async () => {
    const planned = await plan();
    await mkdir(planned.path, { recursive: true });
    await write(planned, 'mine');
    expect(refusal(await workspaces.make(planned, project))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(planned.path),
    });
    expect(await readFile(join(planned.path, 'mine'), 'utf8')).toBe('x\n');
    expect(await repo.git('branch', '--list', planned.branch)).toBe('');
  });

  test('refuses a branch that appeared since, and one whose name another branch is in the way of', async () => {
    const planned = await plan();
    await repo.git('branch', planned.branch);
    expect(refusal(await workspaces.make(planned, project))?.message).toMatch(/already exists/);
    expect(await repo.git('branch', '--list', planned.branch)).not.toBe('');
    // Whatever words git has for it.
    const other = join(folder.path, 'git-of-other-words');
    const script = '#!/bin/sh\ngit "$@" 2> /dev/null && exit\ncode=$?\necho "fatal: gibt es schon" >&2\nexit $code\n';
    await writeFile(other, script, { mode: 0o755 });
    chosenGit = { argv: [other], where: 'this test' };
    const same = await plan();
    await repo.git('branch', same.branch);
    expect(refusal(await workspaces.make(same, project))?.message).toMatch(/gibt es schon/);
    expect(await repo.git('branch', '--list', same.branch)).not.toBe('');
    chosenGit = null;
    await repo.git('branch', 'in-the-way');
    project = { ...project, branchPrefix: 'in-the-way/' };
    const behind = await plan();
    expect(refusal(await workspaces.make(behind, project))?.message).toMatch(/in-the-way/);
    expect(workspaces.get(behind.workspaceId)).toBeNull();
  });
});

describe('make after a crash', () => {
  const crashed = async (): Promise<WorkspacePlan> => {
    const planned = await plan();
    db.prepare("INSERT INTO workspaces VALUES (?, ?, ?, ?, ?, ?, ?, 1, 'making', NULL, NULL)").run(
      ...[planned.workspaceId, planned.taskId, project.id, planned.path, planned.branch],
      ...[planned.baseBranch, planned.baseCommit],
    );
    return planned;
  };

  test.each<[string, (planned: WorkspacePlan) => Promise<unknown>]>([
    ['before git began', async () => {}],
    ['with only the branch', ({ branch, baseCommit }) => repo.git('branch', branch, baseCommit)],
    ['with an empty folder', ({ path }) => mkdir(path, { recursive: true })],
    ['with all of the worktree', ({ path, branch }) => repo.git('worktree', 'add', '--quiet', '-b', branch, path)],
    [
      'in the middle of the checkout',
      async ({ path, branch, workspaceId }) => {
        await repo.git('worktree', 'add', '--quiet', '-b', branch, path);
        await writeFile(join(repo.path, '.git', 'worktrees', workspaceId, 'locked'), 'initializing');
        await rm(join(path, 'README.md'));
      },
    ],
    [
      'when git was taking it back, its entry before its files',
      async ({ path, branch, workspaceId }) => {
        await repo.git('worktree', 'add', '--quiet', '-b', branch, path);
        await rm(join(repo.path, '.git', 'worktrees', workspaceId), { recursive: true });
        await rm(join(path, 'README.md'));
      },
    ],
    [
      'before the worktree got its .git',
      async ({ path, branch, workspaceId }) => {
        await repo.git('worktree', 'add', '--quiet', '-b', branch, path);
        await writeFile(join(repo.path, '.git', 'worktrees', workspaceId, 'locked'), 'initializing');
        for (const name of ['.git', '.gitignore', 'README.md']) await rm(join(path, name));
      },
    ],
    [
      'with an entry of git and no folder',
      async ({ path, branch }) => {
        await repo.git('worktree', 'add', '--quiet', '-b', branch, path);
        await rm(path, { recursive: true });
      },
    ],
  ])('%s is completed, by make and by open', async (_, state) => {
    for (const again of ['make', 'open'] as const) {
      const planned = await crashed();
      await state(planned);
      const answer =
        again === 'make' ? workspaces.make(planned, project) : workspaces.open(planned.workspaceId, project);
      const workspace = value(await answer);
      expect(workspace).toMatchObject({ state: 'ready', branch: planned.branch, path: planned.path });
      expect(value(await workspaces.detail(workspace.id))).toMatchObject({ condition: 'clean', ahead: 0 });
      expect(existsSync(join(workspace.path, 'README.md'))).toBe(true);
    }
  });

  test('does not touch a folder or branch that is not what was recorded', async () => {
    const occupied = await crashed();
    await mkdir(occupied.path, { recursive: true });
    await write(occupied, 'mine');
    expect(refusal(await workspaces.make(occupied, project))?.code).toBe('conflict');
    expect(existsSync(join(occupied.path, 'mine'))).toBe(true);

    const moved = await crashed();
    await repo.git('worktree', 'add', '--quiet', '-b', moved.branch, join(folder.path, 'elsewhere'));
    await commit({ path: join(folder.path, 'elsewhere') }, 'file');
    expect(refusal(await workspaces.make(moved, project))?.code).toBe('conflict');

    const other = await crashed();
    await repo.git('worktree', 'add', '--quiet', '-b', 'users-own', other.path);
    await write(other, 'mine');
    expect(refusal(await workspaces.make(other, project))?.code).toBe('conflict');
    expect(existsSync(join(other.path, 'mine'))).toBe(true);
  });
});

describe('open', () => {
  test('finds what was made, and says when it is gone', async () => {
    const workspace = await make();
    await write(workspace, 'work');
    expect(value(await workspaces.open(workspace.id, project))).toEqual(workspace);
    expect(value(await workspaces.make({ ...workspace, workspaceId: workspace.id }, project))).toEqual(workspace);
    expect(existsSync(join(workspace.path, 'work'))).toBe(true);
    await rm(workspace.path, { recursive: true });
    expect(refusal(await workspaces.open(workspace.id, project))).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(workspace.branch),
    });
    expect(value(await workspaces.detail(workspace.id)).condition).toBe('missing');
    // What cannot be looked at is not gone.
    await symlink(workspace.path, workspace.path);
    expect(value(await workspaces.detail(workspace.id))).toMatchObject({
      condition: 'unreadable',
      problem: expect.stringContaining('leads back to itself'),
    });
    await rm(workspace.path);
    await writeFile(join(repo.path, '.git', 'refs', 'heads', workspace.branch), 'damaged\n');
    expect(refusal(await workspaces.open(workspace.id, project))?.message).toContain(
      `Whether its branch ${workspace.branch} still exists is not known`,
    );
    expect(refusal(await workspaces.open('a0000000q-1', project))?.code).toBe('not-found');
  });
});

describe('detail and list', () => {
  test('tell what was changed, committed and merged', async () => {
    const workspace = await make();
    await commit(workspace, 'one');
    await write(workspace, 'README.md', 'other\nlines\n');
    await write(workspace, 'new file', 'a\nb\nc\n');
    await write(workspace, 'ignored');
    expect(value(await workspaces.detail(workspace.id))).toMatchObject({
      condition: 'dirty',
      uncommitted: 2,
      ahead: 1,
      merged: false,
      diff: { files: 3, insertions: 1 + 2 + 3, deletions: 1 },
    });
    await repo.git('merge', '--quiet', workspace.branch);
    expect(value(await workspaces.detail(workspace.id))).toMatchObject({ ahead: 1, merged: true });
    const other = await make();
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);
    expect(ids(await workspaces.list())).toEqual([other.id, workspace.id]);
    expect(ids(await workspaces.list({ taskId: workspace.taskId, projectId: project.id }))).toEqual([workspace.id]);
    expect(await workspaces.list({ projectId: 'p99999999' })).toEqual([]);
  });
});

describe('remove', () => {
  const remove = (workspace: Workspace, discard?: boolean) => workspaces.remove(workspace.id, { discard });
  const branches = async () => (await repo.git('branch', '--format=%(refname:short)')).split('\n');
  const show = (branch: string, file: string) => repo.git('show', `${branch}:${file}`);

  test('an untouched workspace goes with its branch', async () => {
    const workspace = await make();
    await write(workspace, 'ignored');
    expect(value(await remove(workspace))).toMatchObject({ state: 'removed', condition: 'removed', kept: null });
    expect(existsSync(workspace.path)).toBe(false);
    expect(await branches()).toEqual(['main']);
    expect(await repo.git('worktree', 'list')).not.toContain(workspace.path);
    expect(refusal(await remove(workspace))?.code).toBe('wrong-state');
    expect(workspaces.countOfTask(workspace.taskId)).toBe(0);
  });

  test('a merged one goes, its branch stays', async () => {
    const workspace = await make();
    await commit(workspace, 'one');
    await repo.git('merge', '--quiet', workspace.branch);
    expect(value(await remove(workspace)).kept).toBeNull();
    expect(await branches()).toContain(workspace.branch);
  });

  test('refuses while dirty or unmerged, and says what is open', async () => {
    const workspace = await make();
    await commit(workspace, 'one');
    await write(workspace, 'two');
    expect(refusal(await remove(workspace))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`1 uncommitted change and 1 commit on ${workspace.branch} not in main`),
    });
    expect(existsSync(join(workspace.path, 'two'))).toBe(true);
    expect(workspaces.get(workspace.id)?.state).toBe('ready');
  });

  test('with discard keeps changes, deletions and untracked files of any name as a commit', async () => {
    const workspace = await make();
    const hook = join(repo.path, '.git', 'hooks', 'pre-commit');
    await writeFile(hook, '#!/bin/sh\nexit 1\n');
    await chmod(hook, 0o755);
    const names = ['-rf', '$(touch pwned)', 'qu\'o"te', 'line\nbreak', '🐄', ' space '];
    for (const name of names) await write(workspace, name, `content of ${name}`);
    await rm(join(workspace.path, '.gitignore'));
    await write(workspace, 'README.md', 'staged\n');
    await inside(workspace, 'add', 'README.md');
    await write(workspace, 'README.md', 'edited\n');
    expect(value(await remove(workspace, true)).kept).toBe(workspace.branch);
    expect(existsSync(workspace.path)).toBe(false);
    for (const name of names) expect(await show(workspace.branch, name)).toBe(`content of ${name}`);
    expect(await show(workspace.branch, 'README.md')).toBe('edited');
    await expect(show(workspace.branch, '.gitignore')).rejects.toThrow();
    expect(await repo.git('log', '-1', '--format=%s', workspace.branch)).toBe(
      'drover: work kept before removing the workspace',
    );
    expect(workspaces.get(workspace.id)).toMatchObject({ state: 'removed', kept: workspace.branch });
    expect(await repo.git('status', '--porcelain')).toBe('');
  });

  test('keeps commits of a detached head on a branch of their own', async () => {
    const workspace = await make();
    await inside(workspace, 'checkout', '--quiet', '--detach');
    await commit(workspace, 'loose');
    await repo.git('branch', `${workspace.branch}-kept`);
    expect(refusal(await remove(workspace))?.message).toMatch(/1 commit on no branch/);
    await write(workspace, 'more');
    expect(value(await remove(workspace, true)).kept).toBe(`${workspace.branch}-kept-2`);
    expect(await show(`${workspace.branch}-kept-2`, 'loose')).toBe('x');
    expect(await show(`${workspace.branch}-kept-2`, 'more')).toBe('x');
  });

  test('keeps work where the agent changed to another branch, and in the middle of a merge', async () => {
    const workspace = await make();
    await inside(workspace, 'checkout', '--quiet', '-b', 'agents-own');
    await write(workspace, 'README.md', 'theirs\n');
    await inside(workspace, 'commit', '--quiet', '--all', '--message', 'theirs');
    await inside(workspace, 'checkout', '--quiet', workspace.branch);
    await write(workspace, 'README.md', 'ours\n');
    await inside(workspace, 'commit', '--quiet', '--all', '--message', 'ours');
    await inside(workspace, 'merge', 'agents-own').catch(() => {});
    expect(value(await remove(workspace, true)).kept).toBe(workspace.branch);
    expect(await show(workspace.branch, 'README.md')).toMatch(/ours[\s\S]*theirs/);

    const second = await make();
    await inside(second, 'checkout', '--quiet', 'agents-own');
    await write(second, 'work');
    expect(value(await remove(second, true)).kept).toBe('agents-own');
    expect(await show('agents-own', 'work')).toBe('x');
    expect(await branches()).not.toContain(second.branch);
  });

  test('refuses what cannot be kept: a repository inside it, changes in a submodule', async () => {
    const workspace = await make();
    await createRepository(workspace.path);
    expect(refusal(await remove(workspace, true))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is a repository of its own'),
    });
    expect(existsSync(workspace.path)).toBe(true);

    const sub = await createRepository(folder.path);
    const allow = ['-c', 'protocol.file.allow=always'];
    await repo.git(...allow, 'submodule', '--quiet', 'add', sub.path, 'sub');
    await repo.git('commit', '--quiet', '--message', 'submodule');
    const withSub = await make();
    await inside(withSub, ...allow, 'submodule', '--quiet', 'update', '--init');
    await writeFile(join(withSub.path, 'sub', 'work'), 'x');
    expect(refusal(await remove(withSub, true))?.message).toMatch(/sub in .* is a submodule with 1 uncommitted change/);
    expect(existsSync(join(withSub.path, 'sub', 'work'))).toBe(true);
  });

  test('refuses a locked worktree, and one whose task runs', async () => {
    const workspace = await make();
    running.add(workspace.taskId);
    expect(refusal(await remove(workspace, true))?.code).toBe('wrong-state');
    running.clear();
    await repo.git('worktree', 'lock', '--reason', 'on a stick', workspace.path);
    expect(refusal(await remove(workspace, true))).toMatchObject({
      code: 'wrong-state',
      message: expect.stringContaining('on a stick'),
    });
    expect(existsSync(workspace.path)).toBe(true);
  });

  test('a folder that is gone loses only its own entry, and commits stay', async () => {
    const bystander = join(folder.path, 'bystander');
    await repo.git('worktree', 'add', '--quiet', bystander);
    rmSync(bystander, { recursive: true });
    const workspace = await make();
    await commit(workspace, 'one');
    await rm(workspace.path, { recursive: true });
    expect(value(await remove(workspace))).toMatchObject({ state: 'removed', kept: workspace.branch });
    expect(await show(workspace.branch, 'one')).toBe('x');
    const list = await repo.git('worktree', 'list');
    expect(list).not.toContain(workspace.path);
    expect(list).toContain(bystander);

    const loose = await make();
    await inside(loose, 'checkout', '--quiet', '--detach');
    await commit(loose, 'two');
    await rm(loose.path, { recursive: true });
    expect(value(await remove(loose)).kept).toBe(`${loose.branch}-kept`);
    expect(await show(`${loose.branch}-kept`, 'two')).toBe('x');
  });

  test('leaves a branch that someone has checked out, and one that alone holds its commit', async () => {
    const workspace = await make();
    await repo.git('worktree', 'add', '--quiet', '--force', join(folder.path, 'second'), workspace.branch);
    value(await remove(workspace));
    expect(await branches()).toContain(workspace.branch);

    await repo.git('checkout', '--quiet', '--detach');
    await commit(repo, 'unnamed');
    const only = await make('Only', 'HEAD');
    value(await remove(only));
    expect(await branches()).toContain(only.branch);
  });

  test('refuses when the folder is no worktree any more; when the project is gone, moves it aside on demand', async () => {
    const workspace = await make();
    await repo.git('worktree', 'remove', workspace.path);
    await mkdir(workspace.path);
    await write(workspace, 'mine');
    expect(refusal(await remove(workspace, true))?.code).toBe('conflict');
    expect(existsSync(join(workspace.path, 'mine'))).toBe(true);
    await rm(repo.path, { recursive: true });
    const refused = refusal(await remove(workspace));
    expect(refused).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/--path FOLDER\..* discard/) });
    const kept = value(await remove(workspace, true)).kept ?? '';
    expect(existsSync(workspace.path)).toBe(false);
    expect(await readFile(join(kept.split(', ')[0] ?? '', 'mine'), 'utf8')).toBe('x\n');
    expect(kept).toContain(workspace.branch);
  });

  test('takes away what an interrupted making left', async () => {
    const planned = await plan();
    project = { ...project, setup: [['false']] };
    expect((await workspaces.make(planned, project)).ok).toBe(false);
    await writeFile(join(repo.path, '.git', 'worktrees', planned.workspaceId, 'locked'), 'initializing');
    expect(value(await workspaces.remove(planned.workspaceId)).state).toBe('removed');
    expect(existsSync(planned.path)).toBe(false);
    expect(await branches()).toEqual(['main']);
  });
});

describe('copied files', () => {
  test('never come from outside the project, go outside the workspace, or replace what is there', async () => {
    const outside = await mkdtemp(join(folder.path, 'outside-'));
    await writeFile(join(outside, 'secret'), 'secret');
    await symlink(outside, join(repo.path, 'tracked-link'));
    await repo.git('add', 'tracked-link');
    await repo.git('commit', '--quiet', '--message', 'a link');
    await rm(join(repo.path, 'tracked-link'));
    await mkdir(join(repo.path, 'tracked-link'));
    await writeFile(join(repo.path, 'tracked-link', 'planted'), 'planted');
    await symlink(outside, join(repo.path, 'way-out'));
    await symlink(join(outside, 'secret'), join(repo.path, 'env-link'));
    await mkdir(join(repo.path, 'local', 'deep'), { recursive: true });
    await writeFile(join(repo.path, 'local', 'deep', 'tool'), 'tool', { mode: 0o755 });
    await symlink('deep/tool', join(repo.path, 'local', 'link'));
    await symlink(join(outside, 'secret'), join(repo.path, 'local', 'far'));
    await symlink('local/deep/tool', join(repo.path, 'near'));
    await write(repo, 'README.md', 'local edit\n');
    project = {
      ...project,
      copy: [
        'way-out/secret',
        'env-link',
        'tracked-link/planted',
        'tracked-link',
        'local',
        'near',
        'README.md',
        '.git/config',
      ],
    };
    const workspace = await make();
    const read = (name: string) => readFile(join(workspace.path, name), 'utf8').catch(() => null);
    expect(await read('way-out/secret')).toBeNull();
    expect(await read('env-link')).toBeNull();
    expect(existsSync(join(outside, 'planted'))).toBe(false);
    expect(await read('local/deep/tool')).toBe('tool');
    expect(await read('local/link')).toBe('tool');
    expect(await read('near')).toBe('tool');
    expect(await read('README.md')).toBe('# Sample\n');
    expect(await inside(workspace, 'status', '--porcelain', '--', 'README.md')).toBe('');
    expect((await lstat(join(workspace.path, 'local', 'link'))).isSymbolicLink()).toBe(true);
    expect((await lstat(join(workspace.path, 'local', 'far'))).isSymbolicLink()).toBe(true);
    expect((await lstat(join(workspace.path, 'local', 'deep', 'tool'))).mode & 0o777).toBe(0o755);
  });
});
