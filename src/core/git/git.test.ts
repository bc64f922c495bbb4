import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { createRepository, type TestRepository } from '../../../test/support/repository.ts';
import { ahead } from './ahead.ts';
import { branchCommit } from './branch-commit.ts';
import { isBranchName, slug } from './branch-name.ts';
import { changedFiles } from './changed-files.ts';
import { commitAll } from './commit-all.ts';
import { isKept } from './contained-in.ts';
import { createBranch } from './create-branch.ts';
import { deleteBranch } from './delete-branch.ts';
import { diffStat } from './diff-stat.ts';
import { GitError, gitWords } from './git-error.ts';
import { listRefs } from './list-refs.ts';
import { repositoryInfo } from './repository-info.ts';
import { resolveBase } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import { status } from './status.ts';
import { worktreeAdd } from './worktree-add.ts';
import { parseWorktrees, worktreeList } from './worktree-list.ts';
import { worktreeForget } from './worktree-remove.ts';

const folder = gitFolder();

const repository = (files?: Record<string, string>) => createRepository(folder.path, { files });

async function hook(repo: TestRepository, name: string): Promise<string> {
  const ran = join(repo.path, '.git', `${name}-ran`);
  await writeFile(join(repo.path, '.git', 'hooks', name), `#!/bin/sh\ntouch '${ran}'\n`);
  await chmod(join(repo.path, '.git', 'hooks', name), 0o755);
  return ran;
}

describe('runGit', () => {
  test('wraps a failure with command, folder, exit and what git said', async () => {
    const repo = await repository();
    const error = await runGit({ cwd: repo.path, args: ['rev-parse', '--verify', 'gone'] }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GitError);
    expect(error).toMatchObject({ exitCode: 128, cwd: repo.path, args: ['rev-parse', '--verify', 'gone'] });
    expect(gitWords(error)).toBe('Needed a single revision');
    const nowhere = await runGit({ cwd: join(folder.path, 'gone'), args: ['status'] }).catch((e: unknown) => e);
    expect(nowhere).toBeInstanceOf(GitError);
    const without = await runGit({ cwd: repo.path, args: ['status'], env: { PATH: '/nowhere' } }).catch((e) => e);
    expect(gitWords(without)).toContain('git was not found');
  });

  test('is not led astray by the variables of an outer git command', async () => {
    const repo = await repository();
    const other = await repository();
    const env = {
      ...process.env,
      GIT_DIR: join(other.path, '.git'),
      GIT_WORK_TREE: other.path,
      GIT_INDEX_FILE: 'x',
      GIT_EXTERNAL_DIFF: 'false',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.pager',
      GIT_CONFIG_VALUE_0: 'false',
      EDITOR: 'false',
    };
    const top = await runGit({ cwd: repo.path, args: ['rev-parse', '--show-toplevel'], env });
    expect(top.trim()).toBe(repo.path);
  });

  test('stops when aborted', async () => {
    const repo = await repository();
    await expect(runGit({ cwd: repo.path, args: ['status'], signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      GitError,
    );
  });

  test('starts no file monitor of a repository that is not trusted', async () => {
    const repo = await repository();
    const ran = join(repo.path, '.git', 'monitor-ran');
    const monitor = join(repo.path, '.git', 'monitor');
    await writeFile(monitor, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
    await repo.git('config', 'core.fsmonitor', monitor);
    await status(repo.path);
    expect(existsSync(ran)).toBe(false);
    await status(repo.path, { trusted: true });
    expect(existsSync(ran)).toBe(true);
  });
});

describe('repositoryInfo', () => {
  test('tells repositories, subfolders, worktrees, bare ones and others apart', async () => {
    const repo = await repository({ 'sub/file': 'x' });
    const main = { top: repo.path, commonFolder: join(repo.path, '.git'), bare: false, linked: false, bareMain: false };
    const whole = { ...main, mainTop: repo.path, hasCommits: true, branch: 'main' };
    expect(await repositoryInfo(repo.path)).toEqual(whole);
    expect(await repositoryInfo(join(repo.path, 'sub'))).toEqual(whole);
    expect(await repositoryInfo(join(repo.path, '.git'))).toEqual(whole);
    const linked = join(folder.path, 'linked');
    await repo.git('worktree', 'add', '--detach', linked);
    expect(await repositoryInfo(linked)).toMatchObject({ top: linked, linked: true, mainTop: repo.path, branch: null });
    const bare = join(folder.path, 'bare');
    await repo.git('clone', '--bare', '.', bare);
    expect(await repositoryInfo(bare)).toMatchObject({ top: bare, bare: true, linked: false, hasCommits: true });
    expect(await repositoryInfo(await createRepository(folder.path, { files: {} }).then((r) => r.path))).toMatchObject({
      hasCommits: false,
      branch: 'main',
    });
    const none = join(folder.path, 'none');
    await mkdir(none);
    expect(await repositoryInfo(none)).toBeNull();
  });
});

describe('resolveBase', () => {
  test('finds branches, remote branches, tags and commits, branches before tags', async () => {
    const repo = await repository();
    const first = await repo.git('rev-parse', 'HEAD');
    await repo.git('branch', 'both');
    await repo.git('update-ref', 'refs/remotes/origin/feature', first);
    await repo.git('commit', '--allow-empty', '-m', 'second');
    const second = await repo.git('rev-parse', 'HEAD');
    await repo.git('tag', 'both');
    await repo.git('tag', '-m', 'annotated', 'v1');
    expect(await resolveBase(repo.path, null)).toEqual({ commit: second, branch: 'main' });
    expect(await resolveBase(repo.path, 'main')).toEqual({ commit: second, branch: 'main' });
    expect(await resolveBase(repo.path, 'refs/heads/main')).toEqual({ commit: second, branch: 'main' });
    expect(await resolveBase(repo.path, 'both')).toEqual({ commit: first, branch: 'both' });
    expect(await resolveBase(repo.path, 'v1')).toEqual({ commit: second, branch: null });
    expect(await resolveBase(repo.path, 'origin/feature')).toEqual({ commit: first, branch: 'origin/feature' });
    expect(await resolveBase(repo.path, first.slice(0, 8))).toEqual({ commit: first, branch: null });
    expect(await resolveBase(repo.path, 'HEAD~1')).toEqual({ commit: first, branch: null });
    expect(await resolveBase(repo.path, 'main~1')).toEqual({ commit: first, branch: null });
    await repo.git('checkout', '--detach');
    expect(await resolveBase(repo.path, null)).toEqual({ commit: second, branch: null });
  });

  test.each([
    'gone',
    '',
    ' ',
    '-b',
    '--all',
    '--output=pwned',
    '--end-of-options',
    '$(touch pwned)',
    '`touch pwned`',
    '"; touch pwned',
    'a\nb',
    'a\0b',
    '🐄',
    '..',
    'main..main',
    '^main',
    '@{',
    'main^{tree}',
    '*',
    ':(top)x',
    'README.md',
  ])('takes %j for no base', async (name) => {
    const repo = await repository();
    expect(await resolveBase(repo.path, name)).toBeNull();
    expect(await repo.git('status', '--porcelain')).toBe('');
  });
});

describe('worktrees', () => {
  test('are added, listed and removed; hooks run only in a trusted repository', async () => {
    const repo = await repository();
    const commit = await repo.git('rev-parse', 'HEAD');
    const ran = await hook(repo, 'post-checkout');
    const path = join(folder.path, 'a new\nworktree 🐄');
    await worktreeAdd({ cwd: repo.path, path, branch: 'new', commit, trusted: false });
    expect(existsSync(ran)).toBe(false);
    expect(await readFile(join(path, 'README.md'), 'utf8')).toBe('# Sample\n');
    expect(await worktreeList(repo.path)).toEqual([
      { path: repo.path, commit, branch: 'main', locked: null },
      { path, commit, branch: 'new', locked: null },
    ]);
    await repo.git('worktree', 'lock', '--reason', 'a\nreason', path);
    expect((await worktreeList(repo.path))[1]?.locked).toBe('a\nreason');
    const trusted = join(folder.path, 'trusted');
    await worktreeAdd({ cwd: repo.path, path: trusted, branch: 'trusted', commit, trusted: true });
    expect(existsSync(ran)).toBe(true);
    for (const gone of [path, trusted]) {
      await rm(gone, { recursive: true });
      await worktreeForget(repo.path, gone);
    }
    expect(await worktreeList(repo.path)).toHaveLength(1);
  });
});

test('worktrees are read the same from a git without -z', async () => {
  const repo = await repository();
  await repo.git('worktree', 'add', '--quiet', '--lock', '-b', 'spaced', join(folder.path, 'with space'));
  await repo.git('worktree', 'add', '--quiet', '--detach', join(folder.path, 'second detached'));
  const lines = await repo.git('worktree', 'list', '--porcelain');
  expect(parseWorktrees(`${lines}\n`, '\n')).toEqual(await worktreeList(repo.path));
  expect(await worktreeList(repo.path)).toHaveLength(3);
});

describe('status and diffStat', () => {
  test('count changes of every kind, with hostile names', async () => {
    const repo = await repository({ 'kept.txt': 'a\nb\n', 'gone.txt': 'x\n', '.gitignore': 'ignored\n' });
    const commit = await repo.git('rev-parse', 'HEAD');
    expect(await status(repo.path)).toEqual({
      commit,
      branch: 'main',
      changes: 0,
      changed: [],
      added: [],
      untracked: [],
      foreign: [],
    });
    await writeFile(join(repo.path, 'kept.txt'), 'a\nc\nd\n');
    await repo.git('rm', '--quiet', 'gone.txt');
    const names = ['$(touch x)', '-rf', 'qu\'ote"', 'line\nbreak', 'é🐄', '? x'];
    for (const name of names) await writeFile(join(repo.path, name), 'one\ntwo');
    await writeFile(join(repo.path, 'binary'), Buffer.from([0, 10, 10]));
    await writeFile(join(repo.path, 'ignored'), 'x\n');
    const now = await status(repo.path);
    expect(now.changes).toBe(2 + names.length + 1);
    expect(now.untracked.sort()).toEqual([...names, 'binary'].sort());
    expect(await diffStat(repo.path, commit, now.untracked)).toEqual({
      files: now.changes,
      insertions: 2 + 2 * names.length,
      deletions: 2,
      uncounted: 0,
      pointers: [],
    });
  });

  test('say what is not counted, and that there is more', async () => {
    const repo = await repository();
    const commit = await repo.git('rev-parse', 'HEAD');
    const names = Array.from({ length: 503 }, (_, index) => `f${String(index).padStart(3, '0')}`);
    for (const name of names) await writeFile(join(repo.path, name), 'one\n');
    expect(await diffStat(repo.path, commit, names)).toMatchObject({ files: 503, insertions: 500, uncounted: 3 });
    const files = await changedFiles(repo.path, commit, names);
    expect(files.at(-1)).toMatchObject({ path: 'f502', insertions: null, lines: 'not-counted' });
  });

  test('name repositories inside the repository', async () => {
    const repo = await repository();
    execFileSync('git', ['init', '--quiet', join(repo.path, 'inner')]);
    await writeFile(join(repo.path, 'inner', 'file'), 'x');
    expect(await status(repo.path)).toMatchObject({ foreign: ['inner/'], changes: 1 });
  });

  test('run no external differ of the repository', async () => {
    const repo = await repository({ 'a.txt': 'a\n', '.gitattributes': '*.txt diff=evil\n' });
    const ran = join(repo.path, '.git', 'ran');
    await repo.git('config', 'diff.evil.command', `touch '${ran}'; true`);
    await repo.git('config', 'diff.evil.textconv', `touch '${ran}'; cat`);
    await repo.git('config', 'diff.external', `touch '${ran}'; true`);
    await writeFile(join(repo.path, 'a.txt'), 'b\n');
    expect(await diffStat(repo.path, 'HEAD')).toMatchObject({ files: 1, insertions: 1, deletions: 1 });
    expect(existsSync(ran)).toBe(false);
  });
});

describe('branches and commits', () => {
  test('commitAll keeps everything but ignored files, without hooks, as the user or as Drover', async () => {
    const repo = await repository({ 'a.txt': 'a\n', '.gitignore': 'ignored\n' });
    const ran = await hook(repo, 'pre-commit');
    const message = '-n $(touch pwned)\n\n# not a comment';
    for (const name of ['a.txt', '-new', 'ignored']) await writeFile(join(repo.path, name), 'b\n');
    const commit = await commitAll(repo.path, message);
    expect(await repo.git('show', '--name-only', '--format=', commit)).toBe('-new\na.txt');
    expect(await repo.git('log', '-1', '--format=%an <%ae>|%B')).toBe(`Drover <drover@localhost>|${message}\n`);
    expect(existsSync(ran)).toBe(false);
    await repo.git('config', 'user.name', 'A Person');
    await repo.git('config', 'user.email', 'person@example.invalid');
    await repo.git('config', 'commit.gpgSign', 'true');
    await repo.git('config', 'gpg.program', 'false');
    await writeFile(join(repo.path, 'a.txt'), 'c\n');
    await commitAll(repo.path, 'x');
    expect(await repo.git('log', '-1', '--format=%an <%ae>')).toBe('A Person <person@example.invalid>');
  });

  test('are counted, found merged, made and deleted only as they were seen', async () => {
    const repo = await repository();
    const base = await repo.git('rev-parse', 'HEAD');
    await createBranch(repo.path, 'work', base);
    await expect(createBranch(repo.path, 'work', base)).rejects.toBeInstanceOf(GitError);
    await repo.git('checkout', '--quiet', 'work');
    await repo.git('commit', '--allow-empty', '-m', 'one');
    const tip = await repo.git('rev-parse', 'HEAD');
    await repo.git('checkout', '--quiet', 'main');
    expect(await ahead(repo.path, base, tip)).toBe(1);
    expect(await ahead(repo.path, tip, base)).toBe(0);
    expect(await isKept(repo.path, tip)).toBe(true);
    expect(await isKept(repo.path, tip, 'refs/heads/work')).toBe(false);
    await repo.git('update-ref', 'refs/remotes/origin/main', tip);
    await expect(deleteBranch(repo.path, 'work', base)).rejects.toBeInstanceOf(GitError);
    expect(await branchCommit(repo.path, 'work')).toBe(tip);
    await deleteBranch(repo.path, 'work', tip);
    expect(await branchCommit(repo.path, 'work')).toBeNull();
  });
});

describe('branch names', () => {
  test('are judged as git does', () => {
    const accepts = (name: string) => {
      try {
        execFileSync('git', ['check-ref-format', `refs/heads/${name}`], { stdio: 'ignore' });
        return !name.startsWith('-') && name !== '@';
      } catch {
        return false;
      }
    };
    const piece = fc.constantFrom('a', 'B', '-', '.', '/', '..', '@', '{', '~', ' ', '.lock', '\\', '*', 'é', '[', ':');
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const name = pieces.join('');
        expect([name, isBranchName(name)]).toEqual([name, accepts(name)]);
      }),
      { numRuns: 150 },
    );
  });

  test('slugs of any title are safe in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.nat(50), (title, max) => {
        const made = slug(title, max);
        expect(made).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
        expect(made.length).toBeLessThanOrEqual(max);
      }),
    );
    expect(slug('  Fix the $(rm -rf ~) "bug"\nin Crème 🐄 ')).toBe('fix-the-rm-rf-bug-in-creme');
    expect(slug('🐄🐄')).toBe('');
    expect(slug('--output=x')).toBe('output-x');
    expect(slug(`${'a'.repeat(39)} bc`)).toBe('a'.repeat(39));
  });
});

describe('listRefs', () => {
  test('tells branches, remote branches and tags apart, the newest first, each by a name that means it', async () => {
    const repo = await repository({ 'a.txt': 'a' });
    const at = (day: number) => ({ GIT_COMMITTER_DATE: `2026-01-0${day}T12:00:00Z` });
    const commit = (day: number) =>
      execFileSync('git', ['commit', '-q', '--allow-empty', '-m', `day ${day}`], {
        cwd: repo.path,
        env: {
          ...process.env,
          ...at(day),
          GIT_AUTHOR_NAME: 'A',
          GIT_AUTHOR_EMAIL: 'a@b',
          GIT_COMMITTER_NAME: 'A',
          GIT_COMMITTER_EMAIL: 'a@b',
        },
      });
    commit(1);
    await repo.git('branch', 'origin/main');
    await repo.git('update-ref', 'refs/remotes/origin/feature', 'HEAD');
    await repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/feature');
    await repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    commit(2);
    await repo.git('branch', 'v1');
    await repo.git('tag', 'v1', 'HEAD');
    const hostile = 'it\'s-$(id);`id`|&é\u202e"';
    await repo.git('update-ref', `refs/heads/${hostile}`, 'HEAD');
    await repo.git('update-ref', 'refs/heads/-n', 'HEAD');
    await repo.git('tag', 'blob', (await repo.git('rev-parse', 'HEAD:a.txt')).trim());
    commit(3);
    const refs = await listRefs(repo.path);
    const day = (n: number) => Date.UTC(2026, 0, n, 12);
    expect(refs[0]).toEqual({ name: 'main', kind: 'local', current: true, committedAt: day(3) });
    expect(refs.map(({ committedAt }) => committedAt)).toEqual(
      refs.map(({ committedAt }) => committedAt).sort((a, b) => b - a),
    );
    expect(Object.fromEntries(refs.map(({ name, kind }) => [name, kind]))).toEqual({
      main: 'local',
      v1: 'local',
      'tags/v1': 'tag',
      [hostile]: 'local',
      'origin/main': 'local',
      'remotes/origin/main': 'remote',
      'origin/feature': 'remote',
    });
    expect(await resolveBase(repo.path, 'remotes/origin/main')).toMatchObject({ branch: 'origin/main' });
    expect(await resolveBase(repo.path, hostile)).toMatchObject({ branch: hostile });
    for (const { name } of refs) expect(await resolveBase(repo.path, name), name).not.toBeNull();
  });
});
