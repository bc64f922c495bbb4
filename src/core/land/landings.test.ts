import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { must } from '../../../test/support/host.ts';
import {
  aLandingWorld,
  anEndedTask,
  type LandingHost,
  landingOf,
  openLandings,
} from '../../../test/support/landings.ts';
import { createRepository, GIT_ENVIRONMENT, runGit, type TestRepository } from '../../../test/support/repository.ts';
import type { LandingHow } from '../../contract/landing/state.ts';
import type { Project } from '../../contract/project/state.ts';
import type { Result } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';

const folder = gitFolder();

let repo: TestRepository;
let project: Project;
let dataFolder: string;
let host: LandingHost;
let taskId: string;
let workspace: Workspace;
beforeEach(async () => {
  const world = await aLandingWorld(folder.path);
  ({ repo, project, dataFolder } = world);
  host = await openLandings({ ...world, env: GIT_ENVIRONMENT, times: { hooksMs: 60_000, lockMs: 0 } });
  ({ taskId, workspace } = await anEndedTask(host, project));
});
afterEach(() => host.close());

const refusal = (outcome: Result<unknown>) => (outcome.ok ? null : outcome.rejection.message);
const inWork = (...args: string[]) => runGit(workspace.path, args);
const work = (name: string, text: string) => writeFile(join(workspace.path, name), text);
const own = (name: string, text: string) => writeFile(join(repo.path, name), text);
const preview = async (how: LandingHow = 'merge', onto?: string) =>
  must(await host.landings.preview({ taskId, how, onto }));
const land = (
  how: LandingHow,
  more: { onto?: string; touchCheckout?: boolean; message?: string; expect?: string } = {},
) => host.landings.land({ taskId, how, ...more });
const tip = (branch: string) => repo.git('rev-parse', `refs/heads/${branch}`);

/** All that a person could find changed: refs, what is checked out, index and files, ignored ones too. */
async function everything(path: string): Promise<string> {
  const all = await Promise.all([
    runGit(path, ['for-each-ref']),
    runGit(path, ['rev-parse', '--symbolic-full-name', 'HEAD']),
    runGit(path, ['ls-files', '--stage', '-z']),
    runGit(path, ['status', '--porcelain=v2', '--ignored', '-z']),
    runGit(path, ['diff', '--no-ext-diff']),
  ]);
  return all.join('\n');
}
const both = async () => [await everything(repo.path), await everything(workspace.path)];

async function commitWork(name = 'b.txt', text = 'b\n'): Promise<string> {
  await work(name, text);
  await inWork('add', '--all');
  await inWork('commit', '--quiet', '--message', 'Work');
  return inWork('rev-parse', 'HEAD');
}

/** The user works on something else, so that `main` is checked out nowhere. */
const elsewhere = () => repo.git('switch', '--quiet', '--create', 'other');

describe('the preview', () => {
  test('touches nothing and says what would land, uncommitted and untracked files with it', async () => {
    await commitWork();
    await work('a.txt', 'two\n');
    await work('new.txt', 'new\n');
    await work('ignored', 'secret\n');
    const before = await both();
    const seen = await preview();
    expect(await both()).toEqual(before);
    expect(seen.onto).toBe('main');
    expect(seen.commits).toMatchObject({ total: 1, list: [{ subject: 'Work' }] });
    expect(seen.uncommitted).toEqual({ paths: ['a.txt', 'new.txt'], total: 2 });
    expect(seen.files.list.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'modified a.txt',
      'added b.txt',
      'added new.txt',
    ]);
    expect(seen).toMatchObject({ canFastForward: true, moved: 0, conflicts: [], problems: [], hooks: false });
    expect(seen.checkout).toEqual({ path: repo.path, problem: null });
  });

  test('proposes a message from the goal and the completed items', async () => {
    await work('new.txt', 'new\n');
    expect((await preview('squash')).message).toBe('Add a greeting\n\n- Write it\n');
    await inWork('add', '--all');
    await inWork('commit', '--quiet', '--message', 'Work');
    expect((await preview('fast-forward')).message).toBeNull();
    expect((await preview('merge')).message).toBe(
      `Merge branch '${workspace.branch}'\n\nAdd a greeting\n\n- Write it\n`,
    );
  });

  test('names each file in conflict, also of what is uncommitted, and landing moves no ref', async () => {
    await elsewhere();
    await repo.git('switch', '--quiet', 'main');
    await own('a.txt', 'theirs\n');
    await repo.git('commit', '--quiet', '--all', '--message', 'Theirs');
    await repo.git('switch', '--quiet', 'other');
    await work('a.txt', 'ours\n');
    const before = await both();
    const seen = await preview();
    expect(seen.conflicts).toEqual([{ path: 'a.txt', words: 'Merge conflict in a.txt' }]);
    expect(seen.moved).toBe(1);
    expect(seen.problems).toEqual(['The work conflicts with main in 1 file.']);
    for (const how of ['merge', 'squash', 'fast-forward'] as const) expect((await land(how)).ok).toBe(false);
    expect(await both()).toEqual(before);
  });

  test('says when there is nothing to land, and when there is no such branch', async () => {
    expect((await preview()).problems).toEqual(['There is nothing to land: main has all of it.']);
    for (const onto of ['gone', 'refs/heads/main', 'origin/main', 'HEAD', '-x', 'a..b', workspace.branch]) {
      expect(refusal(await host.landings.preview({ taskId, how: 'merge', onto })), onto).toMatch(/branch/);
      expect(refusal(await land('merge', { onto })), onto).toMatch(/branch/);
    }
  });

  test('says what is in progress in the workspace or checked out there, and leaves it', async () => {
    await commitWork();
    await inWork('bisect', 'start');
    expect((await preview()).problems[0]).toMatch(/^A bisect is in progress in the workspace/);
    expect(refusal(await land('merge', { touchCheckout: true }))).toMatch(/bisect/);
    await inWork('bisect', 'reset');
    await inWork('checkout', '--quiet', '--detach');
    expect((await preview()).problems[0]).toMatch(/^In the workspace no branch is checked out/);
    expect(await tip('main')).toBe(workspace.baseCommit);
  });

  test('an index that is locked is told with the lock', async () => {
    await work('new.txt', 'new\n');
    const lock = join(await inWork('rev-parse', '--path-format=absolute', '--git-dir'), 'index.lock');
    await writeFile(lock, '');
    expect((await preview()).problems[0]).toContain(lock);
    await rm(lock);
    expect((await preview()).problems).toEqual([]);
  });
});

describe('landing on a branch that is checked out nowhere', () => {
  beforeEach(elsewhere);

  test.each([
    { how: 'merge' as const, parents: 2, subjects: [`Merge branch`, 'Add a greeting', 'Work', 'Begin'] },
    { how: 'squash' as const, parents: 1, subjects: ['Add a greeting', 'Begin'] },
    { how: 'fast-forward' as const, parents: 1, subjects: ['Add a greeting', 'Work', 'Begin'] },
  ])('$how commits what is uncommitted and moves the branch', async ({ how, parents, subjects }) => {
    await commitWork();
    await work('new.txt', 'new\n');
    await work('ignored', 'secret\n');
    const before = await everything(repo.path);
    must(await land(how));
    const log = (await repo.git('log', '--format=%s', '--topo-order', 'main')).split('\n');
    expect(log).toHaveLength(subjects.length);
    for (const [at, subject] of subjects.entries()) expect(log[at]).toContain(subject);
    expect((await repo.git('log', '-1', '--format=%P', 'main')).split(' ')).toHaveLength(parents);
    expect(await repo.git('log', '-1', '--format=%an %ae', 'main')).toBe('Test Author author@example.invalid');
    expect(await repo.git('show', 'main:new.txt')).toBe('new');
    expect(await inWork('status', '--porcelain')).toBe('');
    expect(await readFile(join(workspace.path, 'ignored'), 'utf8')).toBe('secret\n');
    expect((await everything(repo.path)).split('\n').filter((line) => !line.includes('refs/heads/'))).toEqual(
      before.split('\n').filter((line) => !line.includes('refs/heads/')),
    );
    expect(landingOf(host, taskId)).toMatchObject({
      ...{ no: 1, how, onto: 'main', before: workspace.baseCommit },
      commit: await tip('main'),
    });
  });

  test('the message is the one that was given', async () => {
    await work('new.txt', 'new\n');
    must(await land('squash', { message: '#1: “quoted” $(no shell) `x`\n\n# Not a comment' }));
    expect(await repo.git('log', '-1', '--format=%B', 'main')).toBe(
      '#1: “quoted” $(no shell) `x`\n\n# Not a comment\n',
    );
  });

  test('is undone as long as nobody has built on it', async () => {
    const commit = await commitWork();
    must(await land('merge'));
    const landed = await tip('main');
    await repo.git('update-ref', 'refs/heads/main', commit);
    expect(refusal(await host.landings.undo({ taskId }))).toMatch(/main is at .* by now/);
    expect(await tip('main')).toBe(commit);
    await repo.git('update-ref', 'refs/heads/main', landed);
    must(await host.landings.undo({ taskId }));
    expect(await tip('main')).toBe(workspace.baseCommit);
    expect(await tip(workspace.branch)).toBe(commit);
    expect(landingOf(host, taskId)).toBeUndefined();
    expect(refusal(await host.landings.undo({ taskId }))).toMatch(/has not landed/);
    must(await land('fast-forward'));
    expect(landingOf(host, taskId)?.no).toBe(3);
  });

  test('a base that has moved since the preview refuses, or is merged', async () => {
    await commitWork();
    const { ontoCommit } = await preview();
    await repo.git('commit', '--quiet', '--allow-empty', '--message', 'Other');
    await repo.git('branch', '--force', 'main', 'other');
    expect(refusal(await land('merge', { expect: ontoCommit }))).toMatch(/has moved since/);
    expect(refusal(await land('fast-forward'))).toMatch(/cannot be fast-forwarded/);
    must(await land('merge'));
    expect(await repo.git('rev-list', '--count', 'main')).toBe('4');
  });

  test('two landings at once come one after the other, and the second sees the first', async () => {
    await commitWork('one.txt');
    const other = await anEndedTask(host, project, 'main');
    await writeFile(join(other.workspace.path, 'two.txt'), '2\n');
    const both = await Promise.all([land('squash'), host.landings.land({ taskId: other.taskId, how: 'squash' })]);
    for (const one of both) must(one);
    expect(await repo.git('ls-tree', '--name-only', 'main')).toContain('one.txt');
    expect(await repo.git('ls-tree', '--name-only', 'main')).toContain('two.txt');
    expect(await repo.git('rev-list', '--count', 'main')).toBe('3');
  });

  test('odd file names, line ends, modes and links land as they are', async () => {
    const names = ['-dash', 'quo"te', 'tab\tname', 'new\nline', ':colon', 'emoji 🙂', "it's", '*star', 'ünï'];
    await inWork('config', 'core.autocrlf', 'false');
    for (const name of names) await work(name, `${name}\r\n`);
    await chmod(join(workspace.path, '-dash'), 0o755);
    await mkdir(join(workspace.path, '.sub'));
    await work('.sub/deep', 'deep\n');
    const seen = await preview('squash');
    expect(seen.uncommitted.paths.toSorted()).toEqual([...names, '.sub/deep'].toSorted());
    must(await land('squash'));
    const listed = (await repo.git('ls-tree', '-r', '-z', '--name-only', 'main')).split('\0');
    for (const name of names) {
      expect(listed).toContain(name);
      expect(await repo.git('cat-file', '-p', `main:${name}`)).toBe(`${name}\r`);
    }
    expect(await repo.git('ls-tree', 'main', '--', '-dash')).toMatch(/^100755/);
    expect(await inWork('status', '--porcelain')).toBe('');
  });

  test('a repository inside is left out and told; a submodule lands as a pointer', async () => {
    await mkdir(join(workspace.path, 'inner'));
    await runGit(join(workspace.path, 'inner'), ['init', '--quiet']);
    await runGit(join(workspace.path, 'inner'), ['commit', '--quiet', '--allow-empty', '--message', 'Inner']);
    const sub = await createRepository(folder.path);
    await inWork('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub.path, 'sub');
    const seen = await preview('squash');
    expect(seen.leftOut.join(' ')).toContain('inner is a repository of its own');
    must(await land('squash'));
    expect(await repo.git('ls-tree', 'main', 'sub')).toMatch(/^160000 commit/);
    expect(await repo.git('ls-tree', '--name-only', 'main')).not.toContain('inner');
    expect(await runGit(join(workspace.path, 'inner'), ['log', '--format=%s'])).toBe('Inner');
  });

  test('work without a history in common is refused', async () => {
    await repo.git('switch', '--quiet', '--orphan', 'orphan');
    await repo.git('commit', '--quiet', '--allow-empty', '--message', 'Orphan');
    await repo.git('switch', '--quiet', 'other');
    await commitWork();
    expect(refusal(await land('merge', { onto: 'orphan' }))).toMatch(/no history in common/);
  });

  test('what is removed but for its branch lands too', async () => {
    const commit = await commitWork();
    must(await host.workspaces.remove(workspace.id, { discard: true }));
    must(await land('fast-forward'));
    expect(await tip('main')).toBe(commit);
  });

  test('nothing lands while the task is under way, and nothing begins while it lands', async () => {
    await commitWork();
    must(host.store.dispatch(taskId, { type: 'task.rerun' }));
    expect((await land('merge')).ok).toBe(false);
    expect(await tip('main')).toBe(workspace.baseCommit);
  });
});

describe('a branch that is checked out', () => {
  test('moves with its checkout only when that was said', async () => {
    await commitWork();
    await own('untracked.txt', 'mine\n');
    await own('ignored', 'mine too\n');
    const before = await both();
    expect(refusal(await land('merge'))).toContain(`main is checked out in ${repo.path}`);
    expect(await both()).toEqual(before);
    must(await land('merge', { touchCheckout: true }));
    expect(await readFile(join(repo.path, 'b.txt'), 'utf8')).toBe('b\n');
    expect(await repo.git('status', '--porcelain', '--ignored')).toBe('?? untracked.txt\n!! ignored');
    expect(await readFile(join(repo.path, 'untracked.txt'), 'utf8')).toBe('mine\n');
    expect(refusal(await host.landings.undo({ taskId }))).toContain('is checked out');
    must(await host.landings.undo({ taskId, touchCheckout: true }));
    expect((await both())[0]).toBe(before[0]);
  });

  test.each(['changed', 'staged'])('is refused with %s files, which stay', async (what) => {
    await commitWork();
    await own('a.txt', 'mine\n');
    if (what === 'staged') await repo.git('add', 'a.txt');
    const before = await both();
    expect(refusal(await land('merge', { touchCheckout: true }))).toMatch(/has uncommitted changes \(a\.txt\)/);
    expect(await both()).toEqual(before);
  });

  test.each(['b.txt', 'ignored'])('is refused where %s, which is not tracked, would be written over', async (name) => {
    await work(name, 'theirs\n');
    await inWork('add', '--force', name);
    await inWork('commit', '--quiet', '--message', 'Work');
    await own(name, 'mine\n');
    expect((await preview()).problems[0]).toContain(name);
    expect(refusal(await land('merge', { touchCheckout: true }))).toContain(name);
    expect(await readFile(join(repo.path, name), 'utf8')).toBe('mine\n');
    expect(await tip('main')).toBe(workspace.baseCommit);
  });

  test('is refused while something is in progress there, which is never aborted', async () => {
    await commitWork();
    await repo.git('bisect', 'start');
    const before = await both();
    expect(refusal(await land('merge', { touchCheckout: true }))).toMatch(/A bisect is in progress/);
    expect(await both()).toEqual(before);
    await repo.git('bisect', 'reset');
    // A rebase that stops detaches HEAD, and has the branch all the same.
    await own('a.txt', 'x\n');
    await repo.git('commit', '--quiet', '--all', '--message', 'X');
    await repo.git('rebase', '--quiet', '--exec', 'false', 'HEAD~1').catch(() => '');
    expect(await repo.git('status')).toContain('rebas');
    const rebasing = await both();
    expect(refusal(await land('merge', { touchCheckout: true }))).toMatch(/A rebase is in progress/);
    expect(await both()).toEqual(rebasing);
  });

  test('in the workspace of another task is refused', async () => {
    await commitWork();
    const other = await anEndedTask(host, project);
    const onto = other.workspace.branch;
    expect(refusal(await land('merge', { onto, touchCheckout: true }))).toContain('where a task works');
  });

  test('a detached checkout is not moved', async () => {
    await commitWork();
    await repo.git('checkout', '--quiet', '--detach');
    const before = await repo.git('rev-parse', 'HEAD');
    must(await land('merge'));
    expect(await repo.git('rev-parse', 'HEAD')).toBe(before);
    expect(await repo.git('status', '--porcelain')).toBe('');
  });
});

describe('hooks', () => {
  beforeEach(elsewhere);
  const hook = async (name: string, text: string) => {
    const file = join(repo.path, '.git', 'hooks', name);
    await mkdir(join(repo.path, '.git', 'hooks'), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
  };
  const reopen = async (trusted: boolean, hooksMs = 60_000) => {
    await host.close();
    host = await openLandings({
      ...{ dataFolder, project: { ...project, trusted }, env: GIT_ENVIRONMENT },
      times: { hooksMs, lockMs: 0 },
    });
  };

  test('that fail are told with what they said, and nothing has changed', async () => {
    await reopen(true);
    await work('new.txt', 'new\n');
    await inWork('add', '--intent-to-add', 'new.txt');
    await hook('pre-commit', 'echo The linter is unhappy; exit 1');
    const before = await both();
    expect(refusal(await land('squash'))).toContain('The linter is unhappy');
    expect(await both()).toEqual(before);
    expect(host.store.get(taskId)?.openLanding).toBeUndefined();
    await hook('pre-commit', 'exit 0');
    must(await land('squash'));
  });

  test('that hang are ended, and nothing has changed', async () => {
    await reopen(true, 5_000);
    await work('new.txt', 'new\n');
    await hook('pre-commit', 'echo Still waiting >&2; sleep 1000');
    const before = await both();
    const words = refusal(await land('squash'));
    expect(words).toContain('Still waiting');
    expect(words).toContain('did not finish');
    expect(await both()).toEqual(before);
  });

  test('of a project that is not trusted do not run', async () => {
    await work('new.txt', 'new\n');
    for (const name of ['pre-commit', 'commit-msg', 'reference-transaction']) await hook(name, 'exit 1');
    must(await land('squash'));
  });

  test('may change what is committed', async () => {
    await reopen(true);
    await work('new.txt', 'new\n');
    await hook('pre-commit', 'echo formatted > new.txt; git add new.txt');
    must(await land('squash'));
    expect(await repo.git('show', 'main:new.txt')).toBe('formatted');
    expect(await inWork('status', '--porcelain')).toBe('');
  });

  test('a signature that cannot be made refuses, and nothing has changed', async () => {
    await repo.git('config', 'commit.gpgSign', 'true');
    await repo.git('config', 'gpg.program', '/bin/false');
    await work('new.txt', 'new\n');
    const before = await both();
    expect(refusal(await land('squash'))).toMatch(/gpg|sign/);
    expect(await both()).toEqual(before);
  });
});
