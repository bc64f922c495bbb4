/** Every string of the palette. */
export const labels = {
  title: 'Command palette',
  find: 'Find actions, tasks and projects',
  finding: 'Find',
  close: 'Close',
  none: 'No matches.',
  thisTask: 'This task',
  recentTasks: 'Recent tasks',
  tasks: 'Tasks',
  actions: 'Actions',
  projects: 'Projects',
} as const;
