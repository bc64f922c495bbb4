import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ifThere } from '../base/if-there.ts';

/** Where a worktree of ours has to be, as it was recorded. */
export interface WorktreePlace {
  /** Real path at which git was told to make it. */
  path: string;
  /** The project's recorded folder: the top of the repository, or a bare one. */
  repository: string;
  /** Where its files are now; left out: at `path`. */
  at?: string;
}

/** A worktree that is what was recorded. */
export interface ProvenWorktree {
  workTree: string;
  /** The folder of this worktree inside the git folder of the repository. */
  gitDir: string;
  commonDir: string;
}

/** The folder is not, or no longer, the worktree that was recorded; `message` is a sentence for a person. */
export class NotTheWorktree extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotTheWorktree';
  }
}

/**
 * Proves that a folder is the worktree that was recorded before anything is done in it: it is a real folder at its real
 * path, its file `.git` names an entry of the recorded repository, and that entry names the folder. Without that git
 * would look for a repository in the folders above, or follow `.git` to wherever somebody has pointed it, and work
 * there. Rejects with `NotTheWorktree`, and with the error of the system for what cannot be looked at. Starts no process.
 */
export async function proveWorktree({ path, repository, at = path }: WorktreePlace): Promise<ProvenWorktree> {
  const refuse = (why: string) => new NotTheWorktree(`${at} is not the workspace that Drover made: ${why}`);
  const folder = await ifThere(lstat(at));
  if (folder === null) throw refuse('there is no such folder.');
  if (!folder.isDirectory() || (await realpath(at)) !== at) throw refuse('a link stands in its place.');
  const dotGit = join(at, '.git');
  const file = await ifThere(lstat(dotGit));
  if (file === null) throw refuse('its file .git is gone.');
  if (!file.isFile()) throw refuse('its .git is a repository of its own or a link.');
  const commonDir = await commonFolder(repository);
  if (commonDir === null) throw refuse(`there is no repository in ${repository}.`);
  const named = /^gitdir: (.+)$/s.exec(await firstLine(dotGit))?.[1];
  const gitDir = named === undefined ? null : await ifThere(realpath(resolve(path, named)));
  if (gitDir === null) throw refuse('its file .git names a folder that does not exist.');
  if (dirname(gitDir) !== join(commonDir, 'worktrees')) throw refuse(`its file .git names ${gitDir}.`);
  if (resolve(gitDir, await firstLine(join(gitDir, 'gitdir'))) !== join(path, '.git')) {
    throw refuse(`${gitDir} belongs to another worktree.`);
  }
  const common = resolve(gitDir, await firstLine(join(gitDir, 'commondir')));
  if ((await ifThere(realpath(common))) !== commonDir) throw refuse(`${gitDir} names another repository.`);
  return { workTree: at, gitDir, commonDir };
}

/** The folder that all worktrees of a repository share, found in its top folder or a bare one; null when there is none. */
export async function commonFolder(repository: string): Promise<string | null> {
  const dotGit = join(repository, '.git');
  const stat = await ifThere(lstat(dotGit));
  let own = repository;
  if (stat?.isFile()) {
    const named = /^gitdir: (.+)$/s.exec(await firstLine(dotGit))?.[1];
    if (named === undefined) return null;
    own = resolve(repository, named);
  } else if (stat) own = dotGit;
  const head = await ifThere(lstat(join(own, 'HEAD')));
  if (head === null) return null;
  const common = await firstLine(join(own, 'commondir'));
  return ifThere(realpath(common === '' ? own : resolve(own, common)));
}

/** Without the line break at its end, which alone is not part of a path; empty when there is no such file. */
async function firstLine(file: string): Promise<string> {
  const text = (await ifThere(readFile(file, 'utf8'))) ?? '';
  return text.replace(/\r?\n$/, '');
}
