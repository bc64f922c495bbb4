import type { Approval, ApprovalStatus } from '../../../contract/approval/state.ts';

const STATUS: Record<ApprovalStatus, string> = {
  pending: 'Waiting',
  allowed: 'Allowed',
  denied: 'Denied',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  unasked: 'Ran without permission',
};
const BY = { user: 'You', rule: 'A rule', autonomy: 'The task’s autonomy', drover: 'Drover' } as const;

/** Every word that a person reads of the audit. */
export const labels = {
  title: 'Audit',
  intro: 'Everything that agents asked for, and who or what decided.',
  search: 'Search the audit',
  searchHint: 'Search',
  project: 'Project',
  everyProject: 'All projects',
  outcome: 'Outcome',
  by: 'Decided by',
  status: STATUS,
  deciders: BY,
  list: 'Decisions',
  none: 'Nothing was asked yet.',
  noMatch: 'No matching decisions',
  older: 'Show older',
  export: 'Export',
  csv: 'CSV, for a spreadsheet',
  json: 'JSON, one decision per line',
  detail: 'Decision',
  /** What became of what was asked for, in one or two words; empty where there is nothing to tell. */
  became: ({ status, kind, followed }: Pick<Approval, 'status' | 'kind' | 'followed'>): string => {
    if (status === 'pending') return '';
    if (status !== 'allowed' && status !== 'unasked') return kind === 'tool' ? 'Not run' : '';
    return followed === 'failed' ? 'Failed' : followed === 'succeeded' ? 'Done' : '';
  },
} as const;
