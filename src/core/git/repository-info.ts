import { lstat, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ifThere } from '../base/if-there.ts';
import { GitError } from './git-error.ts';
import { headCommit } from './head-commit.ts';
import { askGit, runGit } from './run-git.ts';

export interface RepositoryInfo {
  /**
   * Real path of the top folder; of a bare repository the folder that has it as `.git`, or whose file `.git` names it, or
   * else its own.
   */
  top: string;
  /** Real path of the folder all worktrees of the repository share. */
  commonFolder: string;
  bare: boolean;
  /** A worktree made by `git worktree add`, not the main one. */
  linked: boolean;
  /** The top folder of the main worktree; of a linked one of a bare repository the top of that. */
  mainTop: string;
  /** Whether the repository itself is bare, also when `path` lies in a worktree of it. */
  bareMain: boolean;
  hasCommits: boolean;
  /** The branch checked out, also before its first commit; null when detached. */
  branch: string | null;
}

/**
 * What kind of repository `path` (an existing folder) lies in; null when it lies in none. Rejects with `GitError` when
 * git refuses to look at it (it belongs to another user, it is damaged).
 */
export async function repositoryInfo(path: string): Promise<RepositoryInfo | null> {
  const ask = async (...what: string[]) => {
    const args = ['rev-parse', '--path-format=absolute', ...what];
    return (await runGit({ cwd: path, args, discover: true })).replace(/\n$/, '');
  };
  let kind: string;
  try {
    kind = await ask('--is-bare-repository', '--is-inside-git-dir');
  } catch (error) {
    if (!(error instanceof GitError) || error.exitCode !== 128) throw error;
    // For every failure git has the same exit code here, so only where there is nothing to be found is it an answer.
    if (await looksLikeRepository(path)) throw error;
    return null;
  }
  const [isBare, insideGit] = kind.split('\n');
  // Asked one by one: a path may hold line breaks.
  const folders = [ask('--git-common-dir'), ask('--git-dir')].map(async (folder) => realpath(await folder));
  const [commonFolder = '', ownFolder = ''] = await Promise.all(folders);
  const bare = isBare === 'true';
  const linked = commonFolder !== ownFolder;
  const bareMain = bare || (linked && (await isBareRepository(commonFolder)));
  // Inside .git there is no work tree to be found; the folder above it is.
  const worktree = bare ? await topOfBare(commonFolder) : insideGit === 'true' ? dirname(ownFolder) : null;
  const [top, head, commit] = await Promise.all([
    realpath(worktree ?? (await ask('--show-toplevel'))),
    askGit({ cwd: path, discover: true, args: ['symbolic-ref', '--quiet', '--short', 'HEAD'], expect: [0, 1] }),
    headCommit(path, true),
  ]);
  return {
    top,
    commonFolder,
    bare,
    linked,
    bareMain,
    mainTop: !linked ? top : await mainTopOf(commonFolder, bareMain),
    // What a bare repository names as checked out may not exist, while others do.
    hasCommits: commit !== null || (bare && (await hasBranches(path))),
    branch: head.text.trim() || null,
  };
}

/** Whether something stands in `path` or a folder above it that is, or was, a repository, or cannot be looked at. */
async function looksLikeRepository(path: string): Promise<boolean> {
  const is = async (...names: string[]) => (await ifThere(lstat(join(...names)))) !== null;
  try {
    for (let at = path; ; at = dirname(at)) {
      if (await is(at, '.git')) return true;
      if ((await is(at, 'HEAD')) && ((await is(at, 'objects')) || (await is(at, 'refs')))) return true;
      if (at === dirname(at)) return false;
    }
  } catch {
    return true;
  }
}

async function mainTopOf(commonFolder: string, bare: boolean): Promise<string> {
  if (bare) return topOfBare(commonFolder);
  return basename(commonFolder) === '.git' ? dirname(commonFolder) : commonFolder;
}

async function topOfBare(folder: string): Promise<string> {
  const above = dirname(folder);
  if (basename(folder) === '.git') return above;
  const dotGit = join(above, '.git');
  if (!(await ifThere(lstat(dotGit)))?.isFile()) return folder;
  const named = /^gitdir: (.+)/.exec(await readFile(dotGit, 'utf8'))?.[1]?.trim();
  if (named === undefined) return folder;
  return (await ifThere(realpath(resolve(above, named)))) === folder ? above : folder;
}

async function isBareRepository(cwd: string): Promise<boolean> {
  return (await runGit({ cwd, discover: true, args: ['rev-parse', '--is-bare-repository'] })).trim() === 'true';
}

async function hasBranches(cwd: string): Promise<boolean> {
  const args = ['for-each-ref', '--count=1', '--format=%(refname)', 'refs/heads', 'refs/remotes'];
  return (await runGit({ cwd, discover: true, args })).trim() !== '';
}
