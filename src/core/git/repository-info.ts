import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GitError } from './git-error.ts';
import { askGit, runGit } from './run-git.ts';

export interface RepositoryInfo {
  /** Real path of the top folder; of a bare repository its own folder. */
  top: string;
  /** Real path of the folder all worktrees of the repository share. */
  commonFolder: string;
  bare: boolean;
  /** A worktree made by `git worktree add`, not the main one. */
  linked: boolean;
  /** The top folder of the main worktree; of a linked one of a bare repository that repository. */
  mainTop: string;
  hasCommits: boolean;
  /** The branch checked out, also before its first commit; null when detached. */
  branch: string | null;
}

/**
 * What kind of repository `path` (an existing folder) lies in; null when it lies in none. Rejects with `GitError` when
 * git refuses to look at it (it belongs to another user).
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
    if (error instanceof GitError && /not a git repository/i.test(error.stderr)) return null;
    throw error;
  }
  const [isBare, insideGit] = kind.split('\n');
  // Asked one by one: a path may hold line breaks.
  const folders = [ask('--git-common-dir'), ask('--git-dir')].map(async (folder) => realpath(await folder));
  const [commonFolder = '', ownFolder = ''] = await Promise.all(folders);
  const bare = isBare === 'true';
  const linked = commonFolder !== ownFolder;
  // Inside .git there is no work tree to be found; the folder above it is.
  const worktree = bare || insideGit === 'true' ? dirname(ownFolder) : await ask('--show-toplevel');
  const [top, head, commit] = await Promise.all([
    bare ? ownFolder : realpath(worktree),
    askGit({ cwd: path, discover: true, args: ['symbolic-ref', '--quiet', '--short', 'HEAD'] }),
    askGit({ cwd: path, discover: true, args: ['rev-parse', '--verify', '--quiet', 'HEAD'] }),
  ]);
  return {
    top,
    commonFolder,
    bare,
    linked,
    mainTop: !linked ? top : commonFolder.endsWith('.git') ? dirname(commonFolder) : commonFolder,
    hasCommits: commit !== null,
    branch: head?.trim() ?? null,
  };
}
