import { useState } from 'react';
import type { ApprovalAnswer, Surface } from '../../../contract/approval/state.ts';
import { act } from '../../state/act.ts';
import { useStore } from '../../state/hooks.ts';

export interface Answerer {
  /** True while an answer is on its way: no second one is sent. */
  readonly busy: boolean;
  /** Sends an answer; true when it counted. A refusal, such as that somebody was faster, is shown. */
  send(approvalId: string, answer: ApprovalAnswer): Promise<boolean>;
}

/** Answers approvals from `from`; left out, from this window. */
export function useAnswer(from?: Surface): Answerer {
  const { client, connection, pending } = useStore();
  const [busy, setBusy] = useState(false);
  const surface = from ?? (connection.desktop === null ? 'browser' : 'window');
  return {
    busy,
    async send(approvalId, answer) {
      if (busy) return false;
      setBusy(true);
      const done = await act((id) => client.approvals.answer({ ...id, approvalId, answer, from: surface }));
      await pending.read();
      setBusy(false);
      return done !== null;
    },
  };
}
