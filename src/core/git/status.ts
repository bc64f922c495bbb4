import { runGit } from './run-git.ts';

export interface Status {
  /** The commit checked out; null before the first one. */
  commit: string | null;
  /** Short name of the branch; null when detached. */
  branch: string | null;
  /** Files and folders changed, staged, conflicted or untracked; ignored ones are not counted. */
  changes: number;
  /** Paths of tracked files that are changed, staged or in conflict. */
  changed: string[];
  /** Those of them that are staged and in no commit yet. */
  added: string[];
  /** Paths of untracked files. */
  untracked: string[];
  /** Untracked folders that are repositories of their own, and submodules with changes: nothing of them can be kept. */
  foreign: string[];
}

/** `git status --porcelain=v2 -z` of a worktree. */
export async function status(cwd: string, options: { trusted?: boolean } = {}): Promise<Status> {
  const text = await runGit({
    cwd,
    trusted: options.trusted,
    args: [
      ...['status', '--porcelain=v2', '-z', '--branch', '--no-renames'],
      ...['--untracked-files=all', '--ignore-submodules=none'],
    ],
  });
  const result: Status = { commit: null, branch: null, changes: 0, changed: [], added: [], untracked: [], foreign: [] };
  for (const line of text.split('\0')) {
    if (line.startsWith('# branch.oid ')) {
      const commit = line.slice('# branch.oid '.length);
      result.commit = commit === '(initial)' ? null : commit;
    } else if (line.startsWith('# branch.head ')) {
      const branch = line.slice('# branch.head '.length);
      result.branch = branch === '(detached)' ? null : branch;
    } else if (line.startsWith('? ')) {
      const path = line.slice(2);
      result.changes += 1;
      // With --untracked-files=all only a repository inside the repository is shown as a folder.
      if (path.endsWith('/')) result.foreign.push(path);
      else result.untracked.push(path);
    } else if (/^[12u] /.test(line)) {
      result.changes += 1;
      // `1 XY sub mH mI mW hH hI path`; sub is `S` and then C, M, U for new commits, changes and untracked files.
      const sub = line.split(' ', 3)[2] ?? '';
      // A conflict (`u`) names two more modes and hashes before the path.
      const before = line.startsWith('u') ? 10 : 8;
      const path = line.split(' ').slice(before).join(' ');
      result.changed.push(path);
      if (line.startsWith('1 A')) result.added.push(path);
      if (sub.startsWith('S') && sub !== 'S...') result.foreign.push(path);
    }
  }
  return result;
}
