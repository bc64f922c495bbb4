import { randomUUID } from 'node:crypto';
import type { Logger } from '../../base/logger.ts';
import type { Gate } from './gate.ts';
import { controlError, controlRequest, controlResponse, type Json, type Message, record, text } from './protocol.ts';

/** The control messages of a session: our requests and their answers, its questions and our answers to them. */
export interface Channel {
  /** Sends a request; resolves with its answer, with null when it is refused or the program ends first. */
  request(request: Json): Promise<Json | null>;
  /** True when it was a control message. */
  take(message: Message): boolean;
  /** The program is gone: nothing will be answered any more. */
  end(): void;
}

export function createChannel(
  send: (message: Json) => void,
  gate: Pick<Gate, 'asked' | 'before' | 'cancel'>,
  logger: Pick<Logger, 'debug'>,
): Channel {
  const waiting = new Map<string, (answer: Json | null) => void>();
  let ended = false;

  function takeAnswer(message: Message): void {
    const response = record(message.response);
    const id = text(response.request_id) ?? '';
    const settle = waiting.get(id);
    waiting.delete(id);
    settle?.(response.subtype === 'success' ? record(response.response) : null);
  }

  async function takeRequest(id: string, request: Json): Promise<void> {
    if (request.subtype === 'can_use_tool') send(controlResponse(id, await gate.asked(id, request)));
    else if (request.subtype === 'hook_callback') {
      send(controlResponse(id, await gate.before(id, record(request.input))));
    } else {
      logger.debug('A control request that Drover does not answer.', { subtype: text(request.subtype) });
      send(controlError(id, 'Not supported by this host.'));
    }
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
        gate.cancel(text(message.request_id) ?? '');
      } else if (message.type === 'control_request') {
        const id = text(message.request_id);
        const request = record(message.request);
        if (id === null) return true;
        void takeRequest(id, request);
      } else return false;
      return true;
    },
    end() {
      ended = true;
      for (const settle of waiting.values()) settle(null);
      waiting.clear();
    },
  };
}
