import type { ApprovalFilter } from '../../../contract/approval/state.ts';

/** What a person has chosen above the list. */
export interface Chosen {
  readonly projectId: string | null;
  readonly status: readonly string[];
  readonly by: readonly string[];
  readonly search: string;
}

export const NOTHING_CHOSEN: Chosen = { projectId: null, status: [], by: [], search: '' };

/** The filter that is asked with: nothing in it where nothing was chosen. */
export function filterOf({ projectId, status, by, search }: Chosen): ApprovalFilter {
  const words = search.trim();
  return {
    ...(projectId === null ? {} : { projectId }),
    ...(status.length === 0 ? {} : { status: [...status] as NonNullable<ApprovalFilter['status']> }),
    ...(by.length === 0 ? {} : { by: [...by] as NonNullable<ApprovalFilter['by']> }),
    ...(words === '' ? {} : { search: words }),
  };
}
