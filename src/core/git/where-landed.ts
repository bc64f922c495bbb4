import type { Landed } from '../../contract/workspace/state.ts';
import { shortRef, type Tip } from './list-tips.ts';
import { runGit } from './run-git.ts';
import { sameChanges } from './same-changes.ts';

/** So many branches are compared with the work by what they change. */
const BRANCHES_COMPARED = 12;

interface Options {
  cwd: string;
  /** The newest commit of the work, and one it began from. */
  commit: string;
  from: string;
  /** What the base stands for now, see `tipsOf`. */
  bases: readonly Tip[];
  /** Short names of the branches the work was made on, which prove nothing. */
  own: readonly string[];
}

/**
 * Where a commit and all before it is besides the branches it was made on: in another branch or tag, by the same changes
 * in the base or one of the branches that were changed last, or pushed under its own name. Null: nowhere else.
 */
export async function whereLanded({ cwd, commit, from, bases, own }: Options): Promise<Landed | null> {
  const args = ['for-each-ref', '--format=%(refname)', `--contains=${commit}`];
  const holders = (await runGit({ cwd, args: [...args, 'refs/heads', 'refs/remotes', 'refs/tags'] }))
    .split('\n')
    .filter((ref) => ref !== '' && !(ref.startsWith('refs/remotes/') && ref.endsWith('/HEAD')));
  const isOwn = (ref: string) => own.some((branch) => ref === `refs/heads/${branch}`);
  const isPushed = (ref: string) =>
    ref.startsWith('refs/remotes/') && own.some((branch) => ref.split('/').slice(3).join('/') === branch);
  const inBase = bases.find(({ ref }) => holders.includes(ref));
  const held = inBase?.ref ?? holders.find((ref) => !isOwn(ref) && !isPushed(ref));
  if (held) return { how: 'contained', ref: shortRef(held) };

  const others = await movedLast(cwd, from);
  const compared = new Set<string>();
  for (const { ref, commit: other } of [...bases, ...others]) {
    if (isOwn(ref) || isPushed(ref) || compared.has(other)) continue;
    if (compared.size >= BRANCHES_COMPARED) break;
    compared.add(other);
    const how = await sameChanges(cwd, commit, other);
    if (how !== null) return { how, ref: shortRef(ref) };
  }
  const pushed = holders.find(isPushed);
  return pushed ? { how: 'pushed', ref: shortRef(pushed) } : null;
}

/** Branches with commits that `from` does not have, the one committed to last first. */
async function movedLast(cwd: string, from: string): Promise<{ ref: string; commit: string }[]> {
  const text = await runGit({
    cwd,
    args: [
      ...['for-each-ref', '--format=%(objectname) %(refname)', '--sort=-committerdate', `--no-merged=${from}`],
      ...[`--count=${BRANCHES_COMPARED * 2}`, 'refs/heads', 'refs/remotes'],
    ],
  });
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('/HEAD'))
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), ref: line.slice(line.indexOf(' ') + 1) }));
}
