/** Every string of the frame around the tasks. */
export const labels = {
  navigation: 'Places and projects',
  showNavigation: 'Show navigation',
  hideNavigation: 'Hide navigation',
  search: 'Search tasks',
  view: 'View',
  board: 'Board',
  list: 'List',
  newTask: 'New task',
  task: 'Task',

  needsYou: 'Needs you',
  allTasks: 'All tasks',
  archived: 'Archived',
  projects: 'Projects',
  addProject: 'Add a project',
  projectMenu: (name: string) => `Menu of “${name}”`,
  openSession: 'Open a session',
  openTerminal: 'Open a terminal',
  projectSettings: 'Project settings',
  untrusted: 'Untrusted',
  untrustedMeans: 'Untrusted: its own hooks, servers and agent settings are off. Change that in Settings, Projects.',
  settings: 'Settings',
  help: 'Keyboard shortcuts',
  helpShort: 'Help',
  /** For screen readers, behind the name of a project. */
  projectCounts: (total: number, needs: number) =>
    `${total} ${total === 1 ? 'task' : 'tasks'}${needs === 0 ? '' : `, ${needs} ${needs === 1 ? 'needs' : 'need'} you`}`,

  running: (count: number) => (count === 0 ? 'Nothing running' : `${count} running`),
  pause: 'Pause',
  pauseEverything: 'Pause everything',
  pauseMeans: 'Pause: nothing starts, and running tasks go back to the queue.',
  resume: 'Resume',
  resumeEverything: 'Resume everything',
  resumeMeans: 'Resume: queued tasks start again.',
  paused: 'Drover is paused.',
  pausedBy: (by: string, when: string) => `${by}, ${when}. `,
  nothingStarts: 'Nothing starts.',

  recovered: (count: number, resumed: boolean) => {
    const tasks = `${count} ${count === 1 ? 'task' : 'tasks'}`;
    return `Drover was interrupted; ${tasks} ${resumed ? 'resumed' : 'stopped'}.`;
  },
  recoveredView: 'View',

  reconnecting: 'The connection to Drover is lost. This window reconnects automatically.',
  signedOut: 'This browser is no longer signed in. Run “drover open” to get a new link.',

  helpFilter: 'Filter shortcuts',
  helpNone: 'No matching shortcuts.',
  helpHint: 'While you type, only shortcuts with Ctrl or Cmd work.',
  helpChange: 'Change shortcuts',
  helpClose: 'Close keyboard shortcuts',
} as const;
