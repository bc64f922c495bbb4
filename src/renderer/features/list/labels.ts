import type { ListColumn } from './sort.logic.ts';

/** What people read in the list of tasks. */
export const labels = {
  tasks: 'Tasks',
  archived: 'Archived tasks',
  selectAll: 'Select all',
  chooseColumns: 'Choose columns',
  group: 'Group by state',
  more: (title: string) => `More actions for ${title}`,
  heads: {
    title: 'Task',
    status: 'Status',
    project: 'Project',
    agent: 'Agent',
    branch: 'Branch',
    items: 'Items',
    time: 'Time',
    cost: 'Cost',
    created: 'Created',
    updated: 'Activity',
  } satisfies Record<ListColumn, string>,
} as const;
