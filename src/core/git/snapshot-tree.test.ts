import { chmod, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { gitFolder } from '../../../test/support/git-folder.ts';
import { createRepository, runGit as runPlainGit, type TestRepository } from '../../../test/support/repository.ts';
import { filesChangedBetween } from './changed-files.ts';
import { fileDiffBetween } from './file-diff.ts';
import { withGit } from './git-context.ts';
import { GitError } from './git-error.ts';
import { makeRef } from './make-ref.ts';
import { snapshotTree } from './snapshot-tree.ts';

const folder = gitFolder();
const ODD = ['new\nline', 'quo"te', 'tab\there', 'emoji-🐑', '-dash', ':(top)x', 'ünï', ' space '];

let repo: TestRepository;
let scratchFolder: string;
let scratch: string;
beforeEach(async () => {
  const files = { 'a.txt': 'one\n', 'sub/b.txt': 'two\n', 'run.sh': '#!/bin/sh\n', '.gitignore': 'ignored\n' };
  await use(await createRepository(folder.path, { files }));
});

async function use(of: TestRepository): Promise<void> {
  repo = of;
  scratchFolder = `${of.path}-scratch`;
  scratch = join(scratchFolder, 'index');
  await mkdir(scratchFolder, { recursive: true });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(repo.path, path)), { recursive: true });
  await writeFile(join(repo.path, path), text);
}

const gitDir = () => join(repo.path, '.git');
const snapshot = () => snapshotTree({ cwd: repo.path, gitDir: gitDir(), scratch });
const show = (tree: string, path: string) => repo.git('cat-file', 'blob', `${tree}:${path}`);

/** What is in a tree: mode and path of each file. */
async function listed(tree: string): Promise<Record<string, string>> {
  const text = await repo.git('ls-tree', '-r', '-z', '--full-tree', tree);
  const entries = text
    .split('\0')
    .filter(Boolean)
    .map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, 6)] as const);
  return Object.fromEntries(entries);
}

/** All that must be as it was: index, branches, HEAD and what git says of the files. */
async function standing() {
  const index = await readFile(join(gitDir(), 'index')).catch(() => null);
  return {
    index: index?.toString('hex'),
    refs: await repo.git('for-each-ref'),
    head: await readFile(join(gitDir(), 'HEAD'), 'utf8'),
    status: await runPlainGit(repo.path, ['--no-optional-locks', 'status', '--porcelain=v2', '-z', '--ignored']),
  };
}

/** Takes a snapshot, and looks that it leaves everything else alone. */
async function quietly(): Promise<string> {
  const before = await standing();
  const tree = await snapshot();
  expect(await standing()).toEqual(before);
  expect(await readdir(scratchFolder)).toEqual([]);
  return tree;
}

describe('a snapshot of a worktree', () => {
  test('holds changed, new and odd files, links and modes, and neither ignored nor deleted ones', async () => {
    await write('a.txt', 'changed\n');
    await write('ignored', 'secret');
    await rm(join(repo.path, 'sub/b.txt'));
    await chmod(join(repo.path, 'run.sh'), 0o755);
    await symlink('/etc/hostname', join(repo.path, 'out'));
    await symlink('a.txt', join(repo.path, 'in'));
    for (const name of ODD) await write(`odd/${name}`, name);
    const tree = await quietly();
    expect(await listed(tree)).toEqual({
      '.gitignore': '100644',
      'a.txt': '100644',
      in: '120000',
      out: '120000',
      'run.sh': '100755',
      ...Object.fromEntries(ODD.map((name) => [`odd/${name}`, '100644'])),
    });
    expect(await show(tree, 'out')).toBe('/etc/hostname');
    expect(await show(tree, 'a.txt')).toBe('changed');
    const files = await filesChangedBetween(repo.path, 'HEAD', tree);
    expect(Object.fromEntries(files.map(({ path, status }) => [path, status]))).toEqual({
      'a.txt': 'modified',
      'sub/b.txt': 'deleted',
      'run.sh': 'modified',
      in: 'added',
      out: 'added',
      ...Object.fromEntries(ODD.map((name) => [`odd/${name}`, 'added'])),
    });
    expect(files.find(({ path }) => path === 'odd/new\nline')).toMatchObject({ insertions: 2, deletions: 0 });
    for (const name of ODD) {
      const text = await fileDiffBetween(repo.path, 'HEAD', tree, `odd/${name}`);
      expect(text).toContain(`new file mode 100644`);
    }
  });

  test('is the same as long as nothing has changed', async () => {
    await write('new', 'x');
    const tree = await quietly();
    await repo.git('add', 'new');
    expect(await quietly()).toBe(tree);
    await repo.git('commit', '--quiet', '--message', 'All');
    expect(await quietly()).toBe(tree);
    expect(await repo.git('rev-parse', 'HEAD^{tree}')).toBe(tree);
  });

  test('is taken while another git has the index locked, and leaves its lock', async () => {
    await write('a.txt', 'changed\n');
    const lock = join(gitDir(), 'index.lock');
    await writeFile(lock, 'of another');
    const tree = await quietly();
    expect(await show(tree, 'a.txt')).toBe('changed');
    expect(await readFile(lock, 'utf8')).toBe('of another');
  });

  test('is taken in the middle of a conflict, with the files as they lie there', async () => {
    await repo.git('checkout', '--quiet', '-b', 'other');
    await write('a.txt', 'theirs\n');
    await repo.git('commit', '--quiet', '--all', '--message', 'Theirs');
    await repo.git('checkout', '--quiet', 'main');
    await write('a.txt', 'ours\n');
    await repo.git('commit', '--quiet', '--all', '--message', 'Ours');
    await expect(repo.git('merge', 'other')).rejects.toThrow();
    const tree = await quietly();
    expect(await show(tree, 'a.txt')).toBe('<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other');
    expect(await repo.git('ls-files', '--unmerged')).not.toBe('');
  });

  test('has line ends as git stores them, also where a warning about them is set to be an error', async () => {
    await repo.git('config', 'core.autocrlf', 'true');
    await repo.git('config', 'core.safecrlf', 'true');
    await write('dos.txt', 'one\r\ntwo\n');
    await write('unix.txt', 'one\ntwo\n');
    const tree = await quietly();
    expect(await show(tree, 'dos.txt')).toBe('one\ntwo');
    expect(await show(tree, 'unix.txt')).toBe('one\ntwo');
  });

  test('of a sparse checkout keeps what is not checked out, and takes what is new elsewhere', async () => {
    for (const sparseIndex of ['--no-sparse-index', '--sparse-index']) {
      await repo.git('sparse-checkout', 'set', '--cone', sparseIndex, 'kept');
      expect(await lstat(join(repo.path, 'sub')).catch(() => null)).toBeNull();
      expect(await quietly()).toBe(await repo.git('rev-parse', 'HEAD^{tree}'));
      await write('sub/outside', 'x');
      await write('kept/inside', 'x');
      expect(Object.keys(await listed(await quietly())).sort()).toEqual([
        ...['.gitignore', 'a.txt', 'kept/inside', 'run.sh', 'sub/b.txt', 'sub/outside'],
      ]);
      await repo.git('clean', '-fdq');
    }
  });

  test('has submodules and repositories inside as pointers, and leaves out one without a commit', async () => {
    const inner = await createRepository(folder.path);
    await repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'module');
    await repo.git('commit', '--quiet', '--message', 'With a module');
    const moduleGit = (...args: string[]) => repo.git('-C', 'module', ...args);
    await moduleGit(
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@b',
      'commit',
      '--quiet',
      '--allow-empty',
      '--message',
      'x',
    );
    await repo.git('clone', '--quiet', inner.path, 'nested');
    await repo.git('init', '--quiet', 'empty');
    await write('empty/file', 'x');
    await write('plain', 'x');
    const tree = await quietly();
    expect(await listed(tree)).toMatchObject({ module: '160000', nested: '160000', plain: '100644' });
    expect(await repo.git('rev-parse', `${tree}:module`)).toBe(await moduleGit('rev-parse', 'HEAD'));
    expect(Object.keys(await listed(tree)).filter((path) => path.startsWith('empty'))).toEqual([]);
  });

  test('is taken before the first commit, detached, and of an index that is split', async () => {
    await repo.git('checkout', '--quiet', '--detach');
    await repo.git('update-index', '--split-index');
    const shared = (await readdir(gitDir())).filter((name) => name.startsWith('sharedindex'));
    await write('new', 'x');
    expect(Object.keys(await listed(await quietly()))).toContain('new');
    expect((await readdir(gitDir())).filter((name) => name.startsWith('sharedindex'))).toEqual(shared);
    await use(await createRepository(folder.path, { files: {} }));
    await write('first', 'x');
    expect(await listed(await quietly())).toEqual({ first: '100644' });
  });

  test('runs no hook', async () => {
    const ran = join(folder.path, 'hook-ran');
    for (const hook of ['post-index-change', 'reference-transaction', 'pre-commit']) {
      await writeFile(join(gitDir(), 'hooks', hook), `#!/bin/sh\necho ${hook} >> '${ran}'\n`, { mode: 0o755 });
    }
    await write('a.txt', 'changed\n');
    const tree = await snapshot();
    await makeRef(repo.path, 'refs/drover/checkpoints/a00000001/1.1', tree);
    expect(await readFile(ran, 'utf8').catch(() => null)).toBeNull();
  });

  test('that is stopped, or that a filter fails, leaves nothing behind', async () => {
    const began = join(folder.path, 'filter-began');
    await repo.git('config', 'filter.slow.clean', `touch '${began}'; sleep 600`);
    await repo.git('config', 'filter.slow.required', 'true');
    await write('.gitattributes', '*.slow filter=slow\n');
    await write('x.slow', 'x');
    const before = await standing();
    const stop = new AbortController();
    const taken = withGit({ signal: stop.signal }, snapshot);
    taken.catch(() => {});
    await expect.poll(() => lstat(began).then(Boolean, () => false), { timeout: 60_000 }).toBe(true);
    stop.abort();
    await expect(taken).rejects.toBeInstanceOf(GitError);
    expect(await readdir(scratchFolder)).toEqual([]);
    await repo.git('config', 'filter.slow.clean', 'false');
    await expect(snapshot()).rejects.toBeInstanceOf(GitError);
    expect(await readdir(scratchFolder)).toEqual([]);
    expect(await standing()).toEqual(before);
  });
});

describe('a ref of Drover', () => {
  const ref = 'refs/drover/checkpoints/a00000001/1.2+';

  test('keeps a tree from being swept away, and is in no list of commits or branches', async () => {
    await write('only here', 'x');
    const tree = await snapshot();
    await makeRef(repo.path, ref, tree);
    await rm(join(repo.path, 'only here'));
    await repo.git('gc', '--quiet', '--prune=now');
    expect(await show(tree, 'only here')).toBe('x');
    expect(await repo.git('log', '--all', '--format=%s')).toBe('Begin');
    expect(await repo.git('branch', '--all')).toBe('* main');
    expect(await repo.git('reflog', '--all')).not.toContain('drover');
    const other = await createRepository(folder.path);
    await other.git('fetch', '--quiet', repo.path);
    expect(await other.git('for-each-ref', 'refs/drover')).toBe('');
    await expect(other.git('cat-file', '-e', tree)).rejects.toThrow();
  });

  test('is led to another object where it is there already', async () => {
    const tree = await snapshot();
    await makeRef(repo.path, ref, tree);
    await makeRef(repo.path, ref, tree);
    await write('more', 'x');
    const next = await snapshot();
    await makeRef(repo.path, ref, next);
    expect(await repo.git('rev-parse', ref)).toBe(next);
    await expect(makeRef(repo.path, ref, '1'.repeat(40))).rejects.toBeInstanceOf(GitError);
    expect(await repo.git('rev-parse', ref)).toBe(next);
  });
});
