import { plural } from '../../../contract/words/measure.ts';

/** What a person reads where work lands on a branch. */
export const labels = {
  title: 'Land',
  close: 'Close',
  onto: 'Onto',
  how: 'How',
  looking: 'Looking at what would land',
  commits: (n: number) => plural(n, 'commit'),
  uncommitted: (n: number) => `${plural(n, 'file')} not committed yet`,
  files: (n: number) => plural(n, 'file'),
  conflicts: (n: number) => `${plural(n, 'file')} in conflict`,
  conflictHint: 'Ask the agent to merge the branch, or merge it in the workspace; then land again.',
  more: (n: number) => `and ${n} more`,
  message: 'Commit message',
  touch: (onto: string, path: string) => `Move the files of ${onto} in ${path} along`,
  touchHint: 'It is checked out there, and clean. Files that git does not track stay as they are.',
  cancel: 'Cancel',
  land: 'Land',
  undoTitle: 'Undo the landing?',
  undoWhat: (onto: string, from: string, to: string) => `${onto} goes back from ${from} to ${to}.`,
  undoHow: 'The work stays on its own branch. This is possible as long as nothing was built on it.',
  undoTouch: (onto: string) => `Move files back where ${onto} is checked out`,
  undo: 'Undo landing',
  keep: 'Keep it',
  undone: (onto: string) => `${onto} is where it was before.`,
} as const;
