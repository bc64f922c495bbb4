/** What people read in the list of tasks beside an open one. */
export const labels = {
  list: 'Tasks',
  splitter: 'Width of the task list',
} as const;
