import { useEffect, useState } from 'react';
import type { ApprovalDetail } from '../../../contract/approval/state.ts';
import { wordsOf } from '../../state/act.ts';
import { useStore, useValue } from '../../state/hooks.ts';

export interface FoundApproval {
  /** Null while it is being asked for, or when it cannot be had. */
  readonly approval: ApprovalDetail | null;
  readonly problem: string | null;
}

/** One approval with its input, asked for again whenever the list of pending ones changes. */
export function useApproval(approvalId: string): FoundApproval {
  const { client, pending } = useStore();
  const list = useValue(pending.list);
  const isPending = list === null ? null : list.approvals.some(({ id }) => id === approvalId);
  const [found, setFound] = useState<FoundApproval & { id: string }>({ id: '', approval: null, problem: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is no longer pending, the answer is asked for.
  useEffect(() => {
    let wanted = true;
    client.approvals.get({ approvalId }).then(
      (approval) => wanted && setFound({ id: approvalId, approval, problem: null }),
      (error: unknown) => wanted && setFound({ id: approvalId, approval: null, problem: wordsOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [client, approvalId, isPending]);
  return found.id === approvalId ? found : { approval: null, problem: null };
}
