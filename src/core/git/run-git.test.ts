import { existsSync, renameSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { markedProcesses } from '../../../test/support/marked-processes.ts';
import { createRepository, type TestRepository } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { eventually, until } from '../../../test/support/until.ts';
import { commitAll } from './commit-all.ts';
import { withGit } from './git-context.ts';
import { GitError, gitWords } from './git-error.ts';
import { runGit } from './run-git.ts';
import { status } from './status.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
  folder = await createTempFolder();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

const words = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => gitWords(error),
  );

describe('what git starts', () => {
  /** A repository whose commits run a hook that starts a child and never ends; `begun` appears when it runs. */
  async function hanging(): Promise<{ repo: TestRepository; begun: string }> {
    const repo = await createRepository(folder.path);
    const begun = join(repo.path, '.git', 'begun');
    const hook = join(repo.path, '.git', 'hooks', 'pre-commit');
    await writeFile(hook, `#!/bin/sh\ntrap '' TERM\nsleep 600 &\ntouch '${begun}'\nwait\nsleep 600\n`);
    await chmod(hook, 0o755);
    return { repo, begun };
  }
  const commit = ['-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '--allow-empty', '-m', 'x'];
  const there = (path: string) => eventually(() => expect(existsSync(path)).toBe(true));

  test('is ended with git when the work is stopped', async () => {
    const { repo, begun } = await hanging();
    const stop = new AbortController();
    const marker = `git-stop-${process.pid}`;
    const run = withGit({ marker, signal: stop.signal }, () =>
      runGit({ cwd: repo.path, args: commit, trusted: true, writes: true }),
    );
    const ended = words(run);
    await there(begun);
    expect(await markedProcesses(marker)).not.toHaveLength(0);
    stop.abort();
    expect(await ended).toBe('Stopped.');
    expect(await markedProcesses(marker)).toEqual([]);
  });

  test('is ended when the time is up, and git says so', async () => {
    const { repo, begun } = await hanging();
    const marker = `git-limit-${process.pid}`;
    const ended = withGit({ marker }, () =>
      words(runGit({ cwd: repo.path, args: commit, trusted: true, writes: true, timeoutMs: 1500 })),
    );
    await there(begun);
    expect(await ended).toBe('Git did not finish within 2 s, so it was ended.');
    expect(await markedProcesses(marker)).toEqual([]);
  });

  test('does not keep the answer waiting, lives on with its run, and is ended where there is none', async () => {
    const repo = await createRepository(folder.path);
    const hook = join(repo.path, '.git', 'hooks', 'pre-commit');
    await writeFile(hook, '#!/bin/sh\nsleep 600 &\n');
    await chmod(hook, 0o755);
    const entry = `DROVER_GIT=run-git-${process.pid}`;
    const run = (marker?: string) =>
      withGit({ entry, ...(marker === undefined ? {} : { marker }) }, () =>
        runGit({ cwd: repo.path, args: commit, trusted: true, writes: true }),
      );
    const marker = `git-left-${process.pid}`;
    await run(marker);
    const left = await markedProcesses(marker);
    expect(left).toHaveLength(1);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    await run();
    for (const pid of left) await until(() => !existsSync(`/proc/${pid}`), 'its end');
    const { processTable, bearsEntry } = await import('../process/process-table.ts');
    expect(processTable().filter(({ pid }) => bearsEntry(pid, entry))).toEqual([]);
  });
});

test('a folder that has lost its repository is never taken for one of the folders above', async () => {
  const outer = await createRepository(folder.path);
  for (const name of ['inner', 'in:ner']) {
    const inner = join(outer.path, name, 'deep');
    await mkdir(inner, { recursive: true });
    await writeFile(join(inner, 'work'), 'x');
    expect(await words(status(inner))).toMatch(/not a git repository/);
    await mkdir(join(inner, '.git'));
    expect(await words(commitAll(inner, 'kept'))).toMatch(/not a git repository/);
    expect((await runGit({ cwd: inner, args: ['rev-parse', '--show-toplevel'], discover: true })).trim()).toBe(
      outer.path,
    );
  }
  expect(await outer.git('log', '--format=%s', '--all')).toBe('Begin');
});

describe('a recorded worktree', () => {
  async function worktree() {
    // Inside a repository of somebody else, as a data folder in a versioned home is.
    const around = await createRepository(folder.path);
    const repo = await createRepository(folder.path);
    const path = join(around.path, 'data', 'tree');
    await repo.git('worktree', 'add', '--quiet', '-b', 'work', path);
    await writeFile(join(path, 'new'), 'x');
    const keep = () => withGit({ place: { path, repository: repo.path } }, () => words(commitAll(path, 'kept')));
    return { around, repo, path, keep };
  }

  test('is worked in when it is what was recorded', async () => {
    const { around, repo, keep } = await worktree();
    expect(await keep()).toBeNull();
    expect(await repo.git('log', '-1', '--format=%s', 'work')).toBe('kept');
    expect(await around.git('log', '--format=%s', '--all')).toBe('Begin');
  });

  test('is the one that is meant, whatever its own settings say', async () => {
    const { around, repo, path, keep } = await worktree();
    await repo.git('config', 'extensions.worktreeConfig', 'true');
    await repo.git('-C', path, 'config', '--worktree', 'core.worktree', around.path);
    expect(await keep()).toBeNull();
    expect(await repo.git('ls-tree', '-r', '--name-only', 'work')).toBe('README.md\nnew');
  });

  type Given = Awaited<ReturnType<typeof worktree>>;
  test.each<[string, RegExp, (given: Given) => Promise<unknown>]>([
    ['its .git is gone', /its file \.git is gone/, ({ path }) => rm(join(path, '.git'))],
    [
      'its .git names another repository',
      /its file \.git names .*\.git\.$/,
      ({ path, around }) => writeFile(join(path, '.git'), `gitdir: ${around.path}/.git\n`),
    ],
    [
      'its .git names nothing',
      /names a folder that does not exist/,
      ({ path }) => writeFile(join(path, '.git'), 'gitdir: /nowhere\n'),
    ],
    ['its .git is empty', /names a folder that does not exist/, ({ path }) => writeFile(join(path, '.git'), '')],
    [
      'its .git names another worktree of the repository',
      /belongs to another worktree/,
      async ({ path, repo }) => {
        await repo.git('worktree', 'add', '--quiet', '-b', 'other', join(folder.path, 'other-tree'));
        await writeFile(join(path, '.git'), await readFile(join(folder.path, 'other-tree', '.git')));
      },
    ],
    [
      'it became a repository of its own',
      /is a repository of its own or a link/,
      async ({ path, repo }) => {
        await rm(join(path, '.git'));
        await repo.git('init', '--quiet', path);
      },
    ],
    [
      'its .git is a link',
      /is a repository of its own or a link/,
      async ({ path, around }) => {
        await rm(join(path, '.git'));
        await symlink(join(around.path, '.git'), join(path, '.git'));
      },
    ],
    [
      'a link stands in its place',
      /a link stands in its place/,
      async ({ path, around }) => {
        await rename(path, `${path}-moved`);
        await symlink(around.path, path);
      },
    ],
    [
      'a folder above it is a link by now',
      /a link stands in its place/,
      async ({ around }) => {
        renameSync(join(around.path, 'data'), join(around.path, 'elsewhere'));
        await symlink(join(around.path, 'elsewhere'), join(around.path, 'data'));
      },
    ],
    [
      'git’s entry of it names another repository',
      /names another repository/,
      ({ repo, around }) =>
        writeFile(join(repo.path, '.git', 'worktrees', 'tree', 'commondir'), `${join(around.path, '.git')}\n`),
    ],
    [
      'the project is gone',
      /there is no repository in/,
      ({ repo }) => rm(join(repo.path, '.git'), { recursive: true }),
    ],
  ])('refuses when %s', async (_, why, spoil) => {
    const given = await worktree();
    await spoil(given);
    expect(await given.keep()).toMatch(why);
    expect(await given.around.git('log', '--format=%s', '--all')).toBe('Begin');
    if (existsSync(join(given.repo.path, '.git'))) {
      expect(await given.repo.git('log', '--format=%s', '--all')).toBe('Begin');
    }
  });
});

test('git’s words are those from its last failure on', () => {
  const error = (stderr: string) => new GitError(['worktree', 'add'], '/x', 128, stderr);
  expect(
    gitWords(
      error(
        "Preparing worktree (new branch 'x')\nerror: old news\nand more of it\n" +
          "error: external filter 'lfs smudge' failed 127\nfatal: big.bin: smudge filter lfs failed\nhint: one\nhint: two",
      ),
    ),
  ).toBe("external filter 'lfs smudge' failed 127 big.bin: smudge filter lfs failed");
  expect(gitWords(error(`fatal: it is wrong\n${'advice\n'.repeat(50)}`))).toMatch(/^it is wrong advice/);
  expect(gitWords(error("Preparing worktree (new branch 'x')\nlint-tool: command not found"))).toBe(
    'lint-tool: command not found',
  );
  expect(gitWords(error(''))).toBe('git worktree ended with exit 128');
  expect(gitWords(error(`fatal: ${'x'.repeat(5000)}`)).length).toBeLessThan(900);
});
