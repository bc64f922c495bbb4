import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from '../base/if-there.ts';
import { askGit, runGit } from './run-git.ts';

interface SnapshotOptions {
  /** The top of a worktree. */
  cwd: string;
  /** The folder of this worktree inside the git folder, where its index is. */
  gitDir: string;
  /** A file that does not exist, for the index that is worked with. It is deleted again, with its lock. */
  scratch: string;
}

/**
 * Writes the files of a worktree as they are now, untracked ones included and ignored ones not, as a tree, and gives its
 * id. Index, branch and files are left alone, whatever lock another git holds on them: all is done in a copy of the
 * index. No hook runs; what git's configuration names as a filter does. A file or a repository inside the worktree that
 * git cannot take is left out, or as it was. Rejects with `GitError`.
 */
export async function snapshotTree({ cwd, gitDir, scratch }: SnapshotOptions): Promise<string> {
  try {
    // There is none before the first `git add`.
    await ifThere(copyFile(join(gitDir, 'index'), scratch));
    const inCopy = { cwd, index: scratch, writes: true };
    // 1: something was left out.
    await askGit({ ...inCopy, args: [...SETTINGS, 'add', '--all', '--ignore-errors', '--sparse'], expect: [0, 1] });
    // Of a partial clone git would else fetch what it does not have.
    return (await runGit({ ...inCopy, args: [...SETTINGS, 'write-tree', '--missing-ok'] })).trim();
  } finally {
    await Promise.all([scratch, `${scratch}.lock`].map((file) => rm(file, { force: true })));
  }
}

/** A split index would leave a part of itself in the git folder; a warning about line ends may be set to be an error. */
const SETTINGS = ['-c', 'core.splitIndex=false', '-c', 'core.safecrlf=false', '-c', 'core.fsmonitor=false'];
