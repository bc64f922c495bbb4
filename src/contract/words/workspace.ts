import type { ChangedFile, Landed, WorkspaceDetail } from '../workspace/state.ts';
import { plural } from './measure.ts';

const LANDED: Record<Landed['how'], (ref: string) => string> = {
  contained: (ref) => `in ${ref}`,
  'cherry-picked': (ref) => `cherry-picked into ${ref}`,
  squashed: (ref) => `squashed into ${ref}`,
  pushed: (ref) => `pushed to ${ref}`,
};
const UNDER_WAY = {
  rebase: 'A rebase',
  merge: 'A merge',
  'cherry-pick': 'A cherry-pick',
  revert: 'A revert',
  bisect: 'A bisect',
};

/** Where else work is: `in main`, `squashed into origin/main`. */
export function landedWords({ how, ref }: Landed): string {
  return LANDED[how](ref);
}

/** The commits of a workspace in a few words: `3, in main`; `0`. */
export function commitWords({ ahead, merged, landed }: Pick<WorkspaceDetail, 'ahead' | 'merged' | 'landed'>): string {
  if (landed !== null) return `${ahead}, ${landedWords(landed)}`;
  return ahead > 0 && !merged ? `${ahead}, not merged` : String(ahead);
}

/** What is checked out instead of the workspace's own branch, in one or two words; null when that is as it should be. */
export function strayWords({ branch, checkedOut, branchCommit }: WorkspaceDetail): string | null {
  if (checkedOut === null) return null;
  const gone = branchCommit === null ? 'branch deleted, ' : '';
  if (checkedOut.underWay === 'rebase') return `${gone}rebase in progress`;
  if (checkedOut.branch === null) return `${gone}no branch checked out`;
  if (checkedOut.branch !== branch) return `${gone}on ${checkedOut.branch}`;
  return checkedOut.underWay === null ? null : `${checkedOut.underWay} in progress`;
}

/**
 * Sentences on where the work of a workspace is, when it is not simply on its branch: what is checked out, what git has
 * begun, commits elsewhere, stashes. Empty when all is as it should be.
 */
export function whereWords(detail: WorkspaceDetail): string[] {
  const { branch, checkedOut, branchCommit, elsewhere, stashes, ahead } = detail;
  if (checkedOut === null) return [];
  const words: string[] = [];
  const { branch: now, commit, underWay } = checkedOut;
  if (branchCommit === null) words.push(`The branch ${branch} was deleted.`);
  if (underWay !== null) words.push(`${UNDER_WAY[underWay]} is in progress.`);
  const stray = underWay !== 'rebase' && now !== branch;
  if (stray) {
    const what = now === null ? 'No branch is checked out' : `The branch ${now} is checked out`;
    const place = now === null && commit !== null ? ` (${commit.slice(0, 8)})` : '';
    const held = ahead > 0 && commit !== branchCommit ? `, with ${plural(ahead, 'commit')}` : '';
    words.push(`${what}${place}${held}${branchCommit === null ? '' : `, instead of ${branch}`}.`);
  }
  for (const { commit: at, commits, branches } of elsewhere) {
    const place =
      branches.length > 0
        ? `on ${branches.slice(0, 3).join(', ')}`
        : `no longer on any branch, since a reset or a change of branch (${at.slice(0, 8)})`;
    words.push(`${plural(commits, 'commit')} made here ${commits === 1 ? 'is' : 'are'} ${place}.`);
  }
  if (stashes > 0) words.push(`${plural(stashes, 'stash', 'stashes')} made here (git stash list).`);
  return words;
}

/**
 * Sentences on how the work of a workspace stands: how much there is and whether it has landed, what is not committed,
 * and what is not simply on its branch.
 */
export function standsWords(detail: WorkspaceDetail): string[] {
  const { condition, problem, ahead, branch, landed, uncommitted, kept } = detail;
  if (condition === 'making') return ['The workspace is being made.'];
  if (problem !== null) return [problem];
  const words: string[] = [];
  if (landed !== null) words.push(`${plural(ahead, 'commit')} on ${branch}, landed: ${landedWords(landed)}.`);
  else if (ahead > 0) words.push(`${plural(ahead, 'commit')} on ${branch}, not landed anywhere else yet.`);
  else if (checkedOutAsItShould(detail)) words.push(`No commits on ${branch} yet.`);
  if (uncommitted > 0) words.push(`${plural(uncommitted, 'file')} changed and not committed.`);
  if (condition === 'missing') words.push('The folder of the workspace no longer exists.');
  if (condition === 'removed') words.push(`The workspace was removed${kept === null ? '' : `; kept: ${kept}`}.`);
  return [...words, ...whereWords(detail), ...notHeldWords(detail)];
}

function checkedOutAsItShould({ branch, checkedOut }: WorkspaceDetail): boolean {
  return checkedOut === null || checkedOut.branch === branch;
}

/** Sentences on what the branch of a workspace does not hold, and why. */
export function notHeldWords({ notHeld }: Pick<WorkspaceDetail, 'notHeld'>): string[] {
  return notHeld.map(({ path, why }) => {
    if (why === 'not-filled') {
      return `${path} is a submodule, and its folder is empty: nothing has initialised it here.`;
    }
    if (why === 'pointer') {
      return `${path} is a repository of its own: the branch holds which commit of it is meant, not its files.`;
    }
    if (why === 'changed') return `${path} is a submodule with changes that the branch does not hold.`;
    return `${path} is a repository of its own, of which the branch holds nothing.`;
  });
}

/** How much changes: `3 files, +12 -4`; `at least` where not all lines were counted. */
export function sizeWords(diff: WorkspaceDetail['diff'], minus = '-'): string {
  const least = diff.uncounted > 0 ? 'at least ' : '';
  return `${plural(diff.files, 'file')}, ${least}+${diff.insertions} ${minus}${diff.deletions}`;
}

/** What stands in place of a number of lines; null when they are counted. */
export function linesWords({ lines }: Pick<ChangedFile, 'lines'>): string | null {
  return lines === 'counted' ? null : lines === 'binary' ? 'binary' : 'not counted';
}
