import { ago } from '../../../contract/words/measure.ts';

/** Everything a person reads of the first steps and of agents that were found or not. */
export const labels = {
  signedOut: (title: string) => `${title} is not logged in.`,
  signedOutBrief: 'Not logged in',
  missingBrief: 'Not installed',
  outdatedBrief: (version: string) => `Version ${version} is too old`,
  missing: (title: string) => `${title} is not installed.`,
  outdated: (title: string, version: string) => `${title} ${version} is too old.`,
  ready: (version: string | null, isLoggedIn: boolean) =>
    [version, isLoggedIn ? 'logged in' : null].filter((part) => part !== null).join(' · ') || 'Ready',

  checking: 'Checking…',
  copyCommand: 'Copy command',
  inTerminal: 'Run in a terminal:',
  checkAgain: 'Check again',
  checked: (at: number, now: number) => {
    const words = ago(at, now);
    return words === 'now' ? 'Checked just now' : `Checked ${words}`;
  },
  isReady: 'Ready',
  notReady: 'Not ready',

  welcome: 'Welcome to Drover',
  what: 'Coding agents work on your tasks, each on a branch and in a folder of its own, and are sent back until the checklist is done.',
  skip: 'Skip setup',
  done: 'Done',
  agents: 'Agents',
  project: 'Project',
  addAnother: 'Add another',
  firstTask: 'First task',
  demo: 'No project at hand? The demo agent works for half a minute in a small one that Drover makes. It needs no account and costs nothing.',
  trySample: 'Try it in a sample project',
  writeTask: 'Write a task',
  demoGoal:
    'See how Drover works\n\nThe demo agent claims to be done too early, is sent back to what is open, and then finishes.',
  demoItems: ['Write the first file', 'Write the second file'],
} as const;
