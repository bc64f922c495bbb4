import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { createRepository, runGit as git, type TestRepository } from '../../../test/support/repository.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import { branchCommit } from './branch-commit.ts';
import { fileDiff } from './file-diff.ts';
import { withGit } from './git-context.ts';
import { GitError, gitWords } from './git-error.ts';
import { headCommit } from './head-commit.ts';
import { repositoryInfo } from './repository-info.ts';
import { resolveBase } from './resolve-base.ts';
import { askGit, runGit } from './run-git.ts';
import { sameChanges } from './same-changes.ts';
import { worktreeState } from './worktree-state.ts';

const folder = gitFolder();
const MISSING = '1234567890123456789012345678901234567890';

const refFile = (repo: TestRepository, name: string) => join(repo.path, '.git', 'refs', 'heads', name);

const odd = 'ö-"$(x)\'/{b}%s!';
let made: { path: string; commit: string };
beforeAll(async () => {
  const { path, git } = await createRepository(folder.path);
  made = { path, commit: await git('rev-parse', 'HEAD') };
  await git('branch', 'work');
  await git('branch', odd);
});

let copies = 0;
/** A repository with the branches `main` and `work`, and one odd in every way. */
async function repository(): Promise<{ repo: TestRepository; commit: string }> {
  copies += 1;
  const path = join(folder.path, `copy-${copies}`);
  await cp(made.path, path, { recursive: true });
  return { repo: { path, git: (...args) => git(path, args) }, commit: made.commit };
}

describe('an exit code that is expected', () => {
  test('is given back with what git printed; every other is the failure of git in its own words', async () => {
    const { repo } = await repository();
    const ask = (...args: string[]) => askGit({ cwd: repo.path, args, expect: [0, 1] });
    expect(await ask('config', '--get', 'core.bare')).toEqual({ exitCode: 0, text: 'false\n' });
    expect(await ask('config', '--get', 'no.such')).toEqual({ exitCode: 1, text: '' });
    const failed = await ask('config', '--file', '/nowhere/config', '--bad').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(GitError);
    expect(failed).toMatchObject({ exitCode: 129 });
    // A time limit is no exit code, whatever git ends with.
    await expect(
      withGit({ limitMs: 100 }, () =>
        askGit({ cwd: repo.path, args: ['-c', 'alias.wait=!sleep 60', 'wait'], expect: [0, 1, 128] }),
      ),
    ).rejects.toMatchObject({ exitCode: null });
  });
});

describe('a branch', () => {
  test('that is there, also by an odd name, and one that is not', async () => {
    const { repo, commit } = await repository();
    for (const name of ['main', 'work', odd]) {
      expect(await branchCommit(repo.path, name), name).toBe(commit);
      expect(await resolveBase(repo.path, name), name).toEqual({ commit, branch: name });
    }
    await repo.git('pack-refs', '--all');
    expect(await branchCommit(repo.path, odd)).toBe(commit);
    await repo.git('tag', 'only-a-tag');
    await repo.git('update-ref', 'refs/remotes/origin/remote', commit);
    await mkdir(refFile(repo, 'folder'));
    for (const name of [
      'none',
      'work/below',
      'folder',
      'only-a-tag',
      'origin/remote',
      'refs/heads/work',
      '-x',
      'a b',
    ]) {
      expect(await branchCommit(repo.path, name), name).toBeNull();
    }
    for (const name of [
      'none',
      'work/below',
      'folder',
      'none~2',
      '@{u}',
      'work@{99}',
      ':x',
      ':0:../x',
      'HEAD:x',
      MISSING,
    ]) {
      expect(await resolveBase(repo.path, name), name).toBeNull();
    }
    expect(await resolveBase(repo.path, (await repo.git('rev-parse', 'HEAD^{tree}')).trim())).toBeNull();
  });

  test.each<[string, (repo: TestRepository) => Promise<unknown>]>([
    ['holds no commit', (repo) => writeFile(refFile(repo, 'work'), 'garbage\n')],
    ['is empty, as after a loss of power', (repo) => writeFile(refFile(repo, 'work'), '')],
    ['names a commit that is missing', (repo) => writeFile(refFile(repo, 'work'), `${MISSING}\n`)],
    [
      'is among packed ones that are damaged',
      async (repo) => {
        await repo.git('pack-refs', '--all');
        await writeFile(join(repo.path, '.git', 'packed-refs'), 'garbage\n');
      },
    ],
  ])('is not said to be missing when it %s', async (_, spoil) => {
    const { repo, commit } = await repository();
    await spoil(repo);
    await expect(branchCommit(repo.path, 'work')).rejects.toBeInstanceOf(GitError);
    for (const base of ['work', 'work~1']) await expect(resolveBase(repo.path, base)).rejects.toBeInstanceOf(GitError);
    if (_ === 'names a commit that is missing') return;
    await repo.git('symbolic-ref', 'HEAD', 'refs/heads/work').catch(() => {});
    if (_.startsWith('is among')) return;
    await expect(headCommit(repo.path)).rejects.toBeInstanceOf(GitError);
    await expect(resolveBase(repo.path, null)).rejects.toBeInstanceOf(GitError);
    expect(await branchCommit(repo.path, 'main')).toBe(commit);
  });

  test.skipIf(process.getuid?.() !== 0)('nor when Drover may not read it', async () => {
    const { repo, commit } = await repository();
    const program = join(folder.path, 'git-of-nobody');
    const script = '#!/bin/sh\nexec setpriv --reuid=65534 --clear-groups git -c safe.directory="*" "$@"\n';
    await writeFile(program, script, { mode: 0o755 });
    // Others may not look into temporary folders.
    for (let at = repo.path; at.includes('drover-test-'); at = dirname(at)) await chmod(at, 0o755);
    const chosen = { argv: [program], where: 'this test' } satisfies ChosenProgram;
    const asNobody = <T>(work: () => Promise<T>) => withGit({ program: () => chosen }, work);
    expect(await asNobody(() => branchCommit(repo.path, 'work'))).toBe(commit);
    await chmod(refFile(repo, 'work'), 0o000);
    await expect(asNobody(() => branchCommit(repo.path, 'work'))).rejects.toBeInstanceOf(GitError);
    await expect(asNobody(() => resolveBase(repo.path, 'work'))).rejects.toBeInstanceOf(GitError);
    expect(await asNobody(() => branchCommit(repo.path, 'none'))).toBeNull();
    await chmod(join(repo.path, '.git'), 0o700);
    await expect(asNobody(() => branchCommit(repo.path, 'none'))).rejects.toBeInstanceOf(GitError);
    await expect(asNobody(() => repositoryInfo(repo.path))).rejects.toBeInstanceOf(GitError);
  });
});

test('before the first commit nothing is checked out', async () => {
  const repo = await createRepository(folder.path, { files: {} });
  expect(await headCommit(repo.path)).toBeNull();
  expect(await resolveBase(repo.path, null)).toBeNull();
});

test('only a folder with no sign of a repository is none', async () => {
  const plain = join(folder.path, 'plain', 'deep');
  await mkdir(plain, { recursive: true });
  expect(await repositoryInfo(plain)).toBeNull();
  const { repo } = await repository();
  const deep = join(repo.path, 'deep');
  await mkdir(deep);
  expect(await repositoryInfo(deep)).toMatchObject({ top: repo.path });
  await writeFile(join(repo.path, '.git', 'HEAD'), '');
  await expect(repositoryInfo(deep)).rejects.toThrow(/not a git repository/);
  await rm(join(repo.path, '.git'), { recursive: true });
  await writeFile(join(repo.path, '.git'), 'gitdir: /nowhere\n');
  await expect(repositoryInfo(repo.path)).rejects.toBeInstanceOf(GitError);
});

test('a language other than English changes nothing', async () => {
  const { repo, commit } = await repository();
  const environment = Object.assign(
    async () => ({ PATH: process.env.PATH ?? '', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de:fr' }),
    {},
  );
  await withGit({ environment }, async () => {
    const told = await runGit({ cwd: repo.path, args: ['-c', 'alias.env=!env', 'env'] });
    expect(told.split('\n')).toEqual(expect.arrayContaining(['LC_ALL=C', 'LANGUAGE=']));
    expect(await branchCommit(repo.path, 'none')).toBeNull();
    expect(await branchCommit(repo.path, 'work')).toBe(commit);
    expect(await resolveBase(repo.path, 'none')).toBeNull();
    const failed = await runGit({ cwd: repo.path, args: ['rev-parse', '--verify', 'none'] }).catch(gitWords);
    expect(failed).toBe('Needed a single revision');
  });
});

test('a file that is new is shown as new, and one whose old state is lost is not', async () => {
  const { repo, commit } = await repository();
  await writeFile(join(repo.path, 'new.txt'), 'one\n');
  expect(await fileDiff(repo.path, commit, 'new.txt')).toContain('new file mode');
  const blob = await repo.git('rev-parse', 'HEAD:README.md');
  await rm(join(repo.path, '.git', 'objects', blob.slice(0, 2), blob.slice(2)), { force: true });
  await writeFile(join(repo.path, 'README.md'), 'other\n');
  await expect(fileDiff(repo.path, commit, 'README.md')).rejects.toBeInstanceOf(GitError);
});

test('a history with nothing in common is not the same, and no failure', async () => {
  const { repo, commit } = await repository();
  await repo.git('checkout', '--quiet', '--orphan', 'apart');
  await writeFile(join(repo.path, 'README.md'), 'Apart\n');
  await repo.git('commit', '--quiet', '--all', '--message', 'Apart');
  const other = await repo.git('rev-parse', 'HEAD');
  expect(await sameChanges(repo.path, commit, other)).toBeNull();
});

test('what git notes in a worktree is not missing because it cannot be read', async () => {
  const { repo } = await repository();
  const path = join(folder.path, 'tree-with-log');
  await repo.git('worktree', 'add', '--quiet', '-b', 'logged', path);
  const own = join(repo.path, '.git', 'worktrees', 'tree-with-log');
  expect((await worktreeState(path)).steps).toHaveLength(1);
  await cp(join(own, 'logs', 'HEAD'), join(own, 'kept'));
  await rm(join(own, 'logs', 'HEAD'));
  expect((await worktreeState(path)).steps).toBeNull();
  await mkdir(join(own, 'logs', 'HEAD'));
  await expect(worktreeState(path)).rejects.toThrow(/EISDIR/);
});
