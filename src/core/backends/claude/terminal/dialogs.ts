import { isDeepStrictEqual } from 'node:util';
import type { Gate } from '../gate.ts';
import { type Json, record, text } from '../protocol.ts';
import type { ProgramState } from './registry.ts';

/** Always with an input, or the dialog stays. */
const WITH_INPUT = new Set(['AskUserQuestion', 'ExitPlanMode']);

/** The questions that the program shows in its terminal, while they are also asked elsewhere: the first answer counts. */
export interface Dialogs {
  /** Our hook of `PermissionRequest`: what it answers. */
  request(input: Json, gone: AbortSignal): Promise<Json>;
  /** A call has been carried out. */
  done(callId: string): void;
  /** What the program says of itself now. */
  looked(state: ProgramState | null): void;
  /** Our own interrupt: what is closed from now on is withdrawn. */
  interrupting(is: boolean): void;
}

export function createDialogs(gate: Gate): Dialogs {
  /** By call: whether its dialog has been on the screen. */
  const held = new Map<string, { shown: boolean }>();
  let count = 0;
  let interrupting = false;

  return {
    async request(input, gone) {
      const [tool, asked] = [text(input.tool_name) ?? '', record(input.tool_input)];
      const callId = gate.callOfDialog(tool, asked) ?? `dialog-${++count}`;
      held.set(callId, { shown: false });
      const closed = () => gate.answeredThere(callId, interrupting ? 'withdrawn' : 'denied');
      gone.addEventListener('abort', closed, { once: true });
      try {
        const request = { tool_name: tool, input: asked, tool_use_id: callId };
        const answer = await gate.asked(`permission-${++count}`, request);
        if (!held.has(callId) || gone.aborted) return {};
        return {
          hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: decisionOf(tool, asked, answer) },
        };
      } finally {
        gone.removeEventListener('abort', closed);
        held.delete(callId);
      }
    },
    done(callId) {
      held.delete(callId);
      gate.answeredThere(callId, 'allowed');
    },
    looked(state) {
      if (state?.status === 'waiting') {
        for (const one of held.values()) one.shown = true;
        return;
      }
      // A yes does not close the request; a no, or an interrupt, does.
      for (const [callId, { shown }] of [...held]) {
        if (!shown || state === null) continue;
        held.delete(callId);
        gate.answeredThere(callId, state.status === 'busy' ? 'allowed' : 'withdrawn');
      }
    },
    interrupting(is) {
      interrupting = is;
    },
  };
}

/** The input is said only where it is another one, or has to be: with it, the program may ask once more. */
function decisionOf(tool: string, asked: Json, answer: Json): Json {
  const { updatedInput, ...others } = answer;
  if (updatedInput === undefined || (!WITH_INPUT.has(tool) && isDeepStrictEqual(updatedInput, asked))) return others;
  return answer;
}
