import type { AutomaticCleanUp, LeftoverKind, StayReason, Stays } from '../clean-up/state.ts';
import { visibleLine } from '../text.ts';
import { bytes, dateTime, plural } from './measure.ts';

/** What a leftover is called. */
export const LEFTOVER_WORDS: Record<LeftoverKind, string> = {
  workspace: 'Workspace',
  outputs: 'Outputs',
  terminal: 'Terminal',
};

/** A leftover by its name: `Workspace drover/fix-it`, `Terminal “Tests”`, `Outputs`. */
export function leftoverWords(kind: LeftoverKind, name: string): string {
  const shown = visibleLine(name);
  if (shown === '') return LEFTOVER_WORDS[kind];
  return `${LEFTOVER_WORDS[kind]} ${kind === 'terminal' ? `“${shown}”` : shown}`;
}

const STAYS: Record<StayReason, (count: number, named: string) => string> = {
  busy: () => 'its task is not over',
  'depended-on': (_, named) => `the task “${named}” waits for its task`,
  unready: () => 'not ready',
  missing: () => 'its folder no longer exists',
  unreadable: (_, named) => `cannot be read: ${named}`,
  locked: (_, named) => (named === '' ? 'locked in git' : `locked in git: ${named}`),
  uncommitted: (count) => `${plural(count, 'file')} not committed`,
  unmerged: (count) => `${plural(count, 'commit')} not merged`,
  'pushed-only': (_, named) => `pushed to ${named}, but not merged`,
  'under-way': (_, named) => `a ${named} is in progress`,
  'other-branch': (_, named) => (named === '' ? 'no branch is checked out' : `${named} is checked out`),
  elsewhere: () => 'has commits, stashes or repositories that its branch does not hold',
  inner: (_, named) => `has a repository of its own: ${named}`,
  terminal: (count) => (count === 1 ? 'a terminal is open' : `${count} terminals are open`),
};

/** Why a leftover stays, in a few words without a capital. */
export function staysWords({ why, count, named }: Stays): string {
  return STAYS[why](count, visibleLine(named, 200));
}

/** What stands in place of an output that was removed. */
export function removedOutputWords(at: number): string {
  return `Output no longer exists: removed by Clean up on ${dateTime(at)}.`;
}

/** What the newest automatic clean-up did. */
export function automaticWords({ at, endedAt, removed, bytes: freed, stayed }: AutomaticCleanUp): string {
  const cut = endedAt === null ? ', cut short' : '';
  const kept = stayed > 0 ? `, ${stayed} kept` : '';
  return `Last automatic clean-up ${dateTime(at)}: ${removed} removed${freed > 0 ? `, ${bytes(freed)}` : ''}${kept}${cut}.`;
}
