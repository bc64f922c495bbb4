import { plural } from '../../../contract/words/measure.ts';

/** What people read in and around terminals. */
export const labels = {
  terminals: 'Terminals',
  none: 'No terminal is open here',
  noneMeans: 'Opens your login shell in the workspace of this task.',
  noneMeansProject: 'Opens your login shell in the folder of this project.',
  panel: 'Terminal panel',
  panelHeight: 'Height of the terminal panel',
  hidePanel: 'Hide the terminal panel',
  thisTask: 'This task',
  /** Of the button that says where the terminals are, and leads to others. */
  placeOf: (name: string) => `Terminals of ${name}; choose another place`,
  noPlace: 'Add a project to open terminals in its folder.',
  open: 'Open a terminal',
  openAnother: 'New terminal',
  actions: (name: string) => `Actions for “${name}”`,
  splitRight: 'Split right',
  splitDown: 'Split down',
  unsplit: 'Remove from split',
  rename: 'Rename…',
  renameTitle: 'Rename the terminal',
  name: 'Name',
  save: 'Rename',
  cancel: 'Cancel',
  restart: 'Restart',
  spoken: 'Screen reader support',
  find: 'Find…',
  findHint: 'Find (Ctrl+Shift+F)',
  findText: 'Find in the terminal',
  next: 'Next match',
  previous: 'Previous match',
  closeFind: 'Close find',
  noMatch: 'No match',
  close: 'Close',
  closeTitle: (name: string) => `Close “${name}”?`,
  restartTitle: (name: string) => `Restart “${name}”?`,
  /** The ways on after Drover has said that something runs in it. */
  closeAnyway: 'End it and close',
  restartAnyway: 'End it and restart',
  keep: 'Keep it',

  connecting: 'Connecting to the terminal…',
  loading: 'Loading the terminal',
  exited: (what: 'shell' | 'agent', code: number | null, signal: string | null) =>
    signal !== null
      ? `The ${what} was ended by ${signal}.`
      : code === 0
        ? `The ${what} has ended.`
        : `The ${what} has ended with exit code ${code}.`,
  asleep: 'Ended with Drover',
  screen: (name: string) => `Terminal “${name}”`,
  leave: 'Ctrl+Shift+Escape leaves the terminal.',
  more: (lines: number) => `Load ${plural(lines, 'earlier line')}`,

  pasteTitle: (lines: number) => `Paste ${plural(lines, 'line')}?`,
  pasteMeans: 'The program in this terminal may run each line as a command.',
  paste: 'Paste',

  linkTitle: 'Open this link?',
  openInBrowser: 'Open in browser',
  fileTitle: 'Open this file?',
  openInEditor: 'Open in editor',
} as const;
