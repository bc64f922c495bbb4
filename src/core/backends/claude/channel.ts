import { randomUUID } from 'node:crypto';
import type { Logger } from '../../base/logger.ts';
import type { SessionOptions } from '../backend.ts';
import { ASKED_OUTSIDE_PLAN, TOOL_SERVER } from './arguments.ts';
import { controlError, controlRequest, controlResponse, type Json, type Message, record, text } from './protocol.ts';

/** The control messages of a session: our requests and their answers, its questions and ours to them. */
export interface Channel {
  /** Sends a request; resolves with its answer, with null when it is refused or the program ends first. */
  request(request: Json): Promise<Json | null>;
  /** True when it was a control message. */
  take(message: Message): boolean;
  /** The program is gone: nothing will be answered any more, and open questions are withdrawn. */
  end(): void;
}

/** Not `mcp__drover__x__y`: that is a tool of a server of somebody else's, named `drover__x`. */
const OWN_TOOL = new RegExp(`^mcp__${TOOL_SERVER}__[a-z]+(_[a-z]+)*$`);

export function createChannel(
  send: (message: Json) => void,
  ask: SessionOptions['ask'],
  logger: Pick<Logger, 'debug' | 'warn'>,
): Channel {
  const waiting = new Map<string, (answer: Json | null) => void>();
  const questions = new Map<string, AbortController>();
  let ended = false;

  function takeAnswer(message: Message): void {
    const response = record(message.response);
    const id = text(response.request_id) ?? '';
    const settle = waiting.get(id);
    waiting.delete(id);
    settle?.(response.subtype === 'success' ? record(response.response) : null);
  }

  async function takeQuestion(id: string, request: Json): Promise<void> {
    const tool = text(request.tool_name) ?? '';
    const input = record(request.input);
    // Our own tools change nothing but the task, and only as far as their token reaches.
    if (OWN_TOOL.test(tool)) {
      send(controlResponse(id, { behavior: 'allow', updatedInput: input }));
      return;
    }
    const controller = new AbortController();
    questions.set(id, controller);
    let answer: unknown;
    try {
      answer = await ask({
        callId: text(request.tool_use_id),
        tool,
        input,
        blockedPath: text(request.blocked_path),
        reason: text(request.decision_reason),
        signal: controller.signal,
      });
    } catch (error) {
      logger.warn('A question of the agent could not be answered and is denied.', { tool, error: String(error) });
      answer = null;
    }
    // Withdrawn in the meantime: nobody waits for it.
    if (!questions.delete(id)) return;
    send(controlResponse(id, permission(answer, tool, input)));
  }

  return {
    request(request) {
      if (ended) return Promise.resolve(null);
      const id = randomUUID();
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send(controlRequest(id, request));
      });
    },
    take(message) {
      if (message.type === 'control_response') takeAnswer(message);
      else if (message.type === 'control_cancel_request') {
        const id = text(message.request_id) ?? '';
        questions.get(id)?.abort('withdrawn');
        questions.delete(id);
      } else if (message.type === 'control_request') {
        const id = text(message.request_id);
        const request = record(message.request);
        if (id === null) return true;
        if (request.subtype === 'can_use_tool') void takeQuestion(id, request);
        else {
          logger.debug('A control request that Drover does not answer.', { subtype: text(request.subtype) });
          send(controlError(id, 'Not supported by this host.'));
        }
      } else return false;
      return true;
    },
    end() {
      ended = true;
      for (const settle of waiting.values()) settle(null);
      waiting.clear();
      for (const question of questions.values()) question.abort('ended');
      questions.clear();
    },
  };
}

/** Counts for the session alone: nothing is written to the settings of anybody. */
const ASK_FOR_EDITS = {
  type: 'addRules',
  rules: ASKED_OUTSIDE_PLAN.map((toolName) => ({ toolName })),
  behavior: 'ask',
  destination: 'session',
};

/** Everything but a well-formed yes is a no. Suggested rules are never taken: they would outlive the answer. */
function permission(answer: unknown, tool: string, input: Json): Json {
  const given = record(answer) as Partial<Record<'decision' | 'input' | 'words' | 'stop', unknown>>;
  if (given.decision === 'allow') {
    const allowed = { behavior: 'allow', updatedInput: given.input === undefined ? input : record(given.input) };
    // With its plan approved, the program leaves the plan mode, in which it asks for edits by itself.
    return tool === 'ExitPlanMode' ? { ...allowed, updatedPermissions: [ASK_FOR_EDITS] } : allowed;
  }
  const words = text(given.words) ?? 'Nobody could be asked, so this is not allowed. Go on without it.';
  return { behavior: 'deny', message: words, ...(given.stop === true ? { interrupt: true } : {}) };
}
