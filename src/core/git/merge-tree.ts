import type { LandingConflict } from '../../contract/landing/state.ts';
import { askGit } from './run-git.ts';

/** The tree that a merge gives, or what conflicts. */
export type MergedTree = { tree: string } | { conflicts: LandingConflict[] };

/**
 * Merges two commits without touching a branch, an index or a file (`git merge-tree --write-tree`); null when this git
 * is older than 2.38 and cannot. They must have a commit in common. Rejects with `GitError`.
 */
export async function mergeTree(cwd: string, ours: string, theirs: string): Promise<MergedTree | null> {
  const args = ['merge-tree', '--write-tree', '-z', '--messages', ours, theirs];
  // 129 is the answer of an older git to an option that it does not know.
  const { exitCode, text } = await askGit({ cwd, args, expect: [0, 1, 129] });
  if (exitCode === 129) return null;
  if (exitCode === 1) return { conflicts: parseConflicts(text) };
  return { tree: text.slice(0, text.indexOf('\0')) };
}

/**
 * The tree, NUL; `<mode> <object> <stage>`, tab, path, NUL for each stage of a file in conflict; NUL; then messages: how
 * many paths, the paths, a kind, the words, each with NUL.
 */
function parseConflicts(text: string): LandingConflict[] {
  const parts = text.split('\0');
  const words = new Map<string, string>();
  let at = 1;
  for (; parts[at] !== undefined && parts[at] !== ''; at += 1) {
    const part = parts[at] ?? '';
    words.set(part.slice(part.indexOf('\t') + 1), '');
  }
  at += 1;
  while (at < parts.length) {
    const count = Number(parts[at]);
    if (!Number.isInteger(count) || parts[at] === '') break;
    const paths = parts.slice(at + 1, at + 1 + count);
    const said = (parts[at + count + 2] ?? '').trim();
    at += count + 3;
    if (!said.startsWith('CONFLICT')) continue;
    const plain = said.replace(/^CONFLICT \(([^)]*)\): /, '');
    // What a file in conflict is about is said of all the paths that have to do with it.
    const told = paths.filter((path) => words.has(path));
    for (const path of told.length > 0 ? told : paths.slice(0, 1)) words.set(path, words.get(path) || plain);
  }
  return [...words].map(([path, said]) => ({ path, words: said || 'Both sides change it.' }));
}
