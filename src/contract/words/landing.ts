import type { LandingHow, LandingPreview } from '../landing/state.ts';
import { visibleLine } from '../text.ts';
import { plural } from './measure.ts';

/** Names of the ways to land, and what each does. */
export const LANDING_HOW_WORDS: Record<LandingHow, { label: string; hint: string }> = {
  merge: { label: 'Merge', hint: 'A merge commit, with all commits of the work' },
  squash: { label: 'Squash', hint: 'One commit with all changes of the work' },
  'fast-forward': { label: 'Fast-forward', hint: 'The branch moves to the work, if it has nothing else' },
};

/** A branch and where it is: `main (abc1234)`. */
export function landingTarget(onto: string, commit: string | null): string {
  return `${visibleLine(onto)}${commit === null ? '' : ` (${commit.slice(0, 7)})`}`;
}

/** `Landed on main (abc1234)`. */
export function landedOnWords({ onto, commit }: { onto: string; commit: string }): string {
  return `Landed on ${landingTarget(onto, commit)}`;
}

/**
 * What a landing would do, in sentences; what stands in its way is not among them. Where a control says what happens to
 * the checkout, they do not.
 */
export function previewSentences(preview: LandingPreview, checkoutToo?: 'without checkout'): string[] {
  const { onto, how, moved, canFastForward, uncommitted, checkout, hooks, message } = preview;
  const words: string[] = [];
  if (moved > 0) words.push(`${onto} has ${plural(moved, 'commit')} that the work does not stand on.`);
  else if (canFastForward && how !== 'fast-forward') words.push(`${onto} has not moved; it could be fast-forwarded.`);
  if (uncommitted.total > 0) {
    const runs = hooks ? ', and the hooks of the repository run' : '; hooks do not run, as the project is not trusted';
    words.push(`${plural(uncommitted.total, 'file')} not committed yet: committed first${runs}.`);
  } else if (message === null) words.push('Nothing has to be committed.');
  if (checkout !== null && checkout.problem === null && checkoutToo === undefined) {
    words.push(`${onto} is checked out in ${checkout.path}, which is clean; its files are moved along if you say so.`);
  }
  words.push('Nothing is pushed.');
  return words;
}
