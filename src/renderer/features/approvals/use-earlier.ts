import { useEffect, useState } from 'react';
import type { ApprovalDetail } from '../../../contract/approval/state.ts';
import { useClient } from '../../state/hooks.ts';
import { countCovered } from './earlier.logic.ts';

const MOST_LOOKED_AT = 500;

/** How many earlier requests in the project each width of a rule would have covered; empty where that cannot be said. */
export function useEarlier(approval: ApprovalDetail, widths: readonly { pattern: string }[]): readonly number[] {
  const client = useClient();
  const { id, projectId, tool } = approval;
  const isCommand = approval.call.kind === 'command';
  const [titles, setTitles] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!isCommand) return;
    let wanted = true;
    // Without it the widths are offered without a number.
    client.approvals.list({ projectId, tool, limit: MOST_LOOKED_AT }).then(
      ({ approvals }) => wanted && setTitles(approvals.filter((one) => one.id !== id).map(({ title }) => title)),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [client, id, projectId, tool, isCommand]);
  return widths.map(({ pattern }) => countCovered(pattern, titles));
}
