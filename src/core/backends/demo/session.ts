import { NO_USAGE } from '../../../contract/run/usage.ts';
import type { Child, ChildExit } from '../../process/child.ts';
import { readLines } from '../../process/lines.ts';
import {
  ABORT_GRACE_MS,
  type AgentSession,
  BackendFailure,
  type SessionEntry,
  type SessionOptions,
  type ToolAnswer,
  type TurnResult,
} from '../backend.ts';
import type { DemoEntry, FromAgent, ToAgent } from './agent/protocol.ts';
import { callOf } from './tool-call.ts';

const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** After this much output others get their turn, so that an agent that floods does not starve the rest of Drover. */
const YIELD_BYTES = 256 * 1024;

/** The session of a demo agent that has just been started. Ends the process when it does not open, or on `signal`. */
export async function createDemoSession(
  child: Child,
  options: SessionOptions,
  { stateFolder, signal }: { stateFolder: string; signal: AbortSignal },
): Promise<AgentSession> {
  const { report } = options;
  const questions = new Map<number, AbortController>();
  let turn: { settle(result: TurnResult): void } | null = null;
  let closing = false;
  let exit: ChildExit | null = null;

  const send = (message: ToAgent) => void child.stdin.write(`${JSON.stringify(message)}\n`);

  let opened: (answer: Extract<FromAgent, { type: 'opened' | 'refused' }> | null) => void = () => {};
  const opening = new Promise<Parameters<typeof opened>[0]>((resolve) => {
    opened = resolve;
  });

  const handle = (message: FromAgent) => {
    switch (message.type) {
      case 'opened':
      case 'refused':
        return opened(message);
      case 'entry':
        return report.entry(entryOf(message.entry));
      case 'delta':
        return report.delta({ entryId: message.entryId, kind: message.kind, text: message.text });
      case 'background':
        return report.background(message.work);
      case 'ask':
        return void answer(message);
      case 'withdraw':
        return questions.get(message.id)?.abort('withdrawn');
      case 'result':
        return turn?.settle(message.result);
    }
  };

  const answer = async ({ id, callId, tool, input, reason }: Extract<FromAgent, { type: 'ask' }>) => {
    const asked = new AbortController();
    questions.set(id, asked);
    const given = await options
      .ask({ callId, call: callOf(tool, input), input, blockedPath: null, reason, signal: asked.signal })
      .catch((): ToolAnswer => ({ decision: 'deny', words: 'There was no answer, and no answer is no permission.' }));
    questions.delete(id);
    if (!asked.signal.aborted) send({ type: 'answer', id, answer: given });
    if (given.decision === 'deny' && given.stop) send({ type: 'interrupt' });
  };

  let unyielded = 0;
  const reading = readLines(child.stdout, {
    maxLineBytes: MAX_LINE_BYTES,
    onLine(line) {
      report.alive();
      const message = parse(line);
      if (message) handle(message);
      else options.logger.warn('The demo agent wrote a line that is no message', { line: line.slice(0, 200) });
      unyielded += line.length;
      if (unyielded < YIELD_BYTES) return;
      unyielded = 0;
      return new Promise((resolve) => setImmediate(resolve));
    },
    onLongLine(bytes) {
      report.alive();
      const words = `The agent wrote a line of ${Math.round(bytes / 1024 / 1024)} MB, which is too long to keep.`;
      report.entry({ type: 'notice', level: 'warning', code: 'line-too-long', words });
    },
  }).catch((failure: Error) => options.logger.error('The demo agent’s output broke', { failure: failure.message }));

  const ended = Promise.all([child.closed, reading]).then(([how]) => {
    exit = how;
    for (const question of questions.values()) question.abort('ended');
    opened(null);
    turn?.settle(closing ? yielded('interrupted') : crash(how));
    return { words: closing ? 'The session was closed.' : describeExit(how) };
  });

  const { sessionId, resume, model, autonomy, trusted, tools } = options;
  send({ type: 'open', open: { sessionId, resume, model, autonomy, trusted, toolsUrl: tools.url, stateFolder } });
  const abort = () => void child.stop(options.abortGraceMs ?? ABORT_GRACE_MS);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const first = await opening;
  signal.removeEventListener('abort', abort);
  if (signal.aborted || first?.type !== 'opened') {
    await child.stop(signal.aborted ? (options.abortGraceMs ?? ABORT_GRACE_MS) : 0);
    const { words } = await ended;
    if (signal.aborted) throw new BackendFailure('aborted', 'The demo agent was ended while it started.');
    const refused = first?.type === 'refused' ? first : null;
    throw new BackendFailure(refused?.code ?? 'failed', refused?.words ?? words);
  }
  report.session(first.sessionId, first.model);

  async function close(graceMs: number): Promise<void> {
    closing = true;
    send({ type: 'interrupt' });
    await child.stop(graceMs);
    await ended;
  }

  return {
    ended,
    async prompt(text) {
      if (turn) throw new Error('A turn is running already.');
      if (exit || closing) return closing || !exit ? yielded('interrupted') : crash(exit);
      const result = await new Promise<TurnResult>((settle) => {
        turn = { settle };
        send({ type: 'prompt', text });
      });
      turn = null;
      return result;
    },
    async interrupt() {
      if (turn) send({ type: 'interrupt' });
    },
    // It has written down what it remembers at the end of each turn.
    release: close,
    close,
  };
}

function entryOf(entry: DemoEntry): SessionEntry {
  if (entry.type !== 'tool-called') return entry;
  const { callId, name, input, parent } = entry;
  return { type: 'tool-called', callId, call: callOf(name, input), input: JSON.stringify(input), parent };
}

function parse(line: string): FromAgent | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function yielded(result: TurnResult['result'], error: TurnResult['error'] = null): TurnResult {
  return { result, error, usage: NO_USAGE, costUsd: 0, retryAfterMs: null };
}

function crash(exit: ChildExit): TurnResult {
  return yielded('error', { class: 'crash', code: 'agent-ended', words: describeExit(exit), hint: null });
}

function describeExit({ code, signal, stderr }: ChildExit): string {
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  const last = stderr.trim().split('\n').at(-1);
  return `The demo agent ${how}.${last ? ` It wrote: ${last}` : ''}`;
}
