import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestFacts } from './facts.ts';
import { fillIn, type ScriptedTurn, type ScriptedUsage, type Step } from './scenario.ts';

const ERROR_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export function sendError(
  response: ServerResponse,
  error: { status: number; type?: string; message?: string; headers?: Record<string, string> },
): void {
  const type = error.type ?? ERROR_TYPES[error.status] ?? 'api_error';
  const message = error.message ?? `scripted ${error.status}`;
  sendJson(response, error.status, { type: 'error', error: { type, message } }, error.headers);
}

/** Plays one turn of the script; resolves with a word for how it ended. */
export async function reply(
  turn: ScriptedTurn,
  facts: RequestFacts,
  defaults: ScriptedUsage,
  response: ServerResponse,
): Promise<string> {
  if (turn.delayMs) await sleep(turn.delayMs);
  await turn.after;
  if ('error' in turn) {
    sendError(response, turn.error);
    return `error ${turn.error.status}`;
  }
  if ('cut' in turn) {
    response.socket?.destroy();
    return 'cut';
  }
  if ('stall' in turn) return 'stalled';
  const steps = typeof turn.steps === 'function' ? turn.steps(facts) : turn.steps;
  const usage = {
    input_tokens: 100,
    output_tokens: 20,
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    ...defaults,
    ...turn.usage,
  };
  const message = {
    id: `msg_${randomUUID().replaceAll('-', '')}`,
    type: 'message',
    role: 'assistant',
    model: facts.model,
    content: [] as unknown[],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1 },
  };
  const stopReason = turn.stopReason ?? (steps.some((step) => 'tool' in step) ? 'tool_use' : 'end_turn');
  if (!facts.stream) {
    const content = steps.map((step) => toBlock(step, facts)).filter((block) => block !== null);
    sendJson(response, 200, { ...message, content, stop_reason: stopReason, usage });
    return 'ok';
  }

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const send = async (type: string, data: object) => {
    if (response.closed || response.destroyed) return;
    const text = `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
    if (!response.write(text)) await drained(response);
  };
  await send('message_start', { message });
  let index = 0;
  for (const step of steps) {
    if ('delayMs' in step) await sleep(step.delayMs);
    else if ('ping' in step) await send('ping', {});
    else if ('stall' in step) return 'stalled';
    else if ('cut' in step) {
      response.socket?.destroy();
      return 'cut';
    } else if ('streamError' in step) {
      await send('error', { error: step.streamError });
      response.end();
      return 'stream error';
    } else {
      await sendBlock(send, step, toBlock(step, facts), index);
      index += 1;
    }
  }
  await send('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, usage });
  await send('message_stop', {});
  response.end();
  return 'ok';
}

/** Resolves when there is room again, or nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

type Block =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'tool_use'; id: string; name: string; input: Record<string, unknown> };

function toBlock(step: Step, facts: RequestFacts): Block | null {
  if ('text' in step) {
    const text = fillIn(step.text, facts);
    return { type: 'text', text: step.size === undefined ? text : stretch(text, step.size) };
  }
  if ('thinking' in step) return { type: 'thinking', thinking: step.thinking, signature: 'c2ln' };
  if ('tool' in step) {
    const id = step.id ?? `toolu_${randomUUID().replaceAll('-', '').slice(0, 22)}`;
    return { type: 'tool_use', id, name: step.tool, input: step.input };
  }
  return null;
}

async function sendBlock(
  send: (type: string, data: object) => Promise<void>,
  step: Step,
  block: Block | null,
  index: number,
): Promise<void> {
  if (block === null) return;
  const deltas = async (text: string, size: number, delta: (part: string) => object) => {
    for (let at = 0; at < Math.max(1, text.length); at += size) {
      await send('content_block_delta', { index, delta: delta(text.slice(at, at + size)) });
    }
  };
  if (block.type === 'text') {
    await send('content_block_start', { index, content_block: { type: 'text', text: '' } });
    const size = ('chunk' in step ? step.chunk : undefined) ?? 200;
    await deltas(block.text, size, (text) => ({ type: 'text_delta', text }));
  } else if (block.type === 'thinking') {
    await send('content_block_start', { index, content_block: { ...block, thinking: '', signature: '' } });
    await deltas(block.thinking, 200, (thinking) => ({ type: 'thinking_delta', thinking }));
    await send('content_block_delta', { index, delta: { type: 'signature_delta', signature: block.signature } });
  } else {
    await send('content_block_start', { index, content_block: { ...block, input: {} } });
    const json = ('raw' in step ? step.raw : undefined) ?? JSON.stringify(block.input);
    await deltas(json, 64 * 1024, (part) => ({ type: 'input_json_delta', partial_json: part }));
  }
  await send('content_block_stop', { index });
}

function stretch(text: string, size: number): string {
  return text.repeat(Math.ceil(size / Math.max(1, text.length))).slice(0, size);
}
