import type { ChangedFile } from '../../contract/workspace/state.ts';
import { countLines } from './count-lines.ts';
import { runGit } from './run-git.ts';

const STATUS: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'deleted',
  M: 'modified',
  T: 'type-changed',
  U: 'conflicted',
};

const LIST_CHANGES = ['diff', '--raw', '--numstat', '-z', '--no-ext-diff', '--no-textconv', '--no-renames'];

/**
 * The files of a worktree that differ from a commit, by path: changes that are committed, staged or neither, and
 * untracked files (as given by `status`), whose lines all count as new. Paths in `except` are left out.
 */
export async function changedFiles(
  cwd: string,
  commit: string,
  untracked: readonly string[],
  except: ReadonlySet<string> = new Set(),
): Promise<ChangedFile[]> {
  const text = await runGit({
    cwd,
    args: [...LIST_CHANGES, commit, '--'],
  });
  const files = parseChanges(text).filter(({ path }) => !except.has(path));
  const added = untracked.filter((path) => !except.has(path));
  const counts = await countLines(cwd, added);
  for (const path of added) {
    const counted = counts.get(path) ?? 'not-counted';
    const known = typeof counted === 'number';
    files.push({
      path,
      status: 'untracked',
      insertions: known ? counted : null,
      deletions: known ? 0 : null,
      lines: known ? 'counted' : counted,
    });
  }
  return byPath(files);
}

/** The files that differ between two trees or commits, by path; a new one is `added`. Rejects with `GitError`. */
export async function filesChangedBetween(cwd: string, from: string, to: string): Promise<ChangedFile[]> {
  if (from === to) return [];
  return byPath(parseChanges(await runGit({ cwd, args: [...LIST_CHANGES, from, to, '--'] })));
}

function byPath(files: ChangedFile[]): ChangedFile[] {
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** `:<modes> <hashes> <letter>`, NUL, path, NUL for each file; then `<+>`, tab, `<->`, tab, path, NUL, `-` for binary. */
export function parseChanges(text: string): ChangedFile[] {
  const files = new Map<string, ChangedFile>();
  const parts = text.split('\0');
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? '';
    if (part.startsWith(':')) {
      at += 1;
      const path = parts[at] ?? '';
      const status = STATUS[part.slice(part.lastIndexOf(' ') + 1).charAt(0)] ?? 'modified';
      // A file in conflict is told twice, and that it is in conflict first.
      if (!files.has(path)) files.set(path, { path, status, insertions: null, deletions: null, lines: 'binary' });
      continue;
    }
    const [, insertions, deletions, path] = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(part) ?? [];
    const file = files.get(path ?? '');
    if (!file || insertions === '-' || deletions === '-') continue;
    file.insertions = Number(insertions);
    file.deletions = Number(deletions);
    file.lines = 'counted';
  }
  return [...files.values()];
}
