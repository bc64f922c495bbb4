import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackgroundWork, TurnError } from '../../../../contract/run/events.ts';
import { quoteCommand, quoteWord } from '../../../../contract/words/argv.ts';
import type { ToolAnswer, TurnResult } from '../../backend.ts';
import { commitFiles } from './commit.ts';
import type { McpClient, ToolReply } from './mcp.ts';
import type { MemoryStore } from './memory.ts';
import { emit, emitHugeText } from './output.ts';
import type { OpenRequest } from './protocol.ts';

const ASKS = 'The demo agent asks before it changes something.';

/** What a scenario plays on. Everything that takes time throws once the turn is interrupted. */
export interface Script {
  readonly prompt: string;
  /** The first turn of the session. */
  readonly first: boolean;
  readonly sessionId: string;
  /** Values of the directive. */
  readonly values: Readonly<Record<string, string>>;
  readonly store: MemoryStore;
  readonly signal: AbortSignal;
  /** Says something: growing text, then the whole as an entry. */
  say(text: string): Promise<void>;
  think(text: string): Promise<void>;
  /** One text entry of that many letters in one line. */
  sayHuge(bytes: number): Promise<void>;
  /** Calls one of Drover's tools. */
  tool(name: string, args: Record<string, unknown>): Promise<ToolReply>;
  /** Writes a file in the working directory, after asking where the autonomy wants it. False: not allowed. */
  edit(path: string, content: string): Promise<boolean>;
  /** Asks for permission to do something, whatever the autonomy; `carryOut` does it and says what came of it. */
  request(
    tool: string,
    input: Record<string, unknown>,
    carryOut: (input: Record<string, unknown>, answers: Readonly<Record<string, string>>) => string | Promise<string>,
  ): Promise<ToolAnswer>;
  /** Runs a pretended command that prints `output` and then waits for ever. */
  command(command: string, output: string): Promise<void>;
  /** Writes a file in the working directory without asking, and says so. */
  writeFile(path: string, content: string): Promise<string>;
  /** How far it may go from now on, in this session. */
  setAutonomy(autonomy: OpenRequest['autonomy']): void;
  /** Commits the files written so far; false where that is not possible or not allowed. */
  commit(message: string): Promise<boolean>;
  background(work: BackgroundWork[]): Promise<void>;
  wait(ms: number): Promise<void>;
  /** Waits until the turn is interrupted. */
  waitForever(): Promise<never>;
}

/** Ends a turn as an error of the given kind. */
export class TurnFailure extends Error {
  readonly error: TurnError;
  readonly retryAfterMs: number | null;
  constructor(error: TurnError, retryAfterMs: number | null = null) {
    super(error.words);
    this.error = error;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface TurnDeps {
  open: OpenRequest;
  store: MemoryStore;
  tools: McpClient;
  ask(
    question: { callId: string; tool: string; input: Record<string, unknown>; reason: string },
    signal: AbortSignal,
  ): Promise<ToolAnswer>;
}

/** Plays one turn to its end. Never rejects. */
export async function playTurn(
  deps: TurnDeps,
  prompt: string,
  signal: AbortSignal,
  scenario: (turn: Script) => Promise<void>,
): Promise<TurnResult> {
  const spent = { inputTokens: Math.ceil(prompt.length / 4), outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const end = (result: TurnResult['result'], failure: TurnFailure | null = null): TurnResult => ({
    result,
    error: failure?.error ?? null,
    usage: spent,
    costUsd: (spent.inputTokens + 5 * spent.outputTokens) / 1_000_000,
    retryAfterMs: failure?.retryAfterMs ?? null,
  });
  try {
    await scenario(createScript(deps, prompt, signal, (letters) => (spent.outputTokens += Math.ceil(letters / 4))));
    return end(signal.aborted ? 'interrupted' : 'ok');
  } catch (error) {
    if (signal.aborted) return end('interrupted');
    if (error instanceof TurnFailure) return end('error', error);
    const words = `The demo agent broke: ${error instanceof Error ? error.message : String(error)}`;
    return end('error', new TurnFailure({ class: 'permanent', code: 'demo-broken', words, hint: null }));
  }
}

function createScript(deps: TurnDeps, prompt: string, signal: AbortSignal, spend: (letters: number) => void): Script {
  const { open, tools } = deps;
  const { memory } = deps.store;
  const written: string[] = [];
  let entries = 0;
  const nextId = () => {
    entries += 1;
    return `${memory.sessionId}-${memory.turns}-${entries}`;
  };

  /** Shows a call and its result; the call itself may ask first. */
  const act = async (
    name: string,
    input: Record<string, unknown>,
    run: (callId: string) => Promise<ToolReply>,
  ): Promise<ToolReply> => {
    signal.throwIfAborted();
    const callId = nextId();
    spend(JSON.stringify(input).length);
    await emit({ type: 'entry', entry: { type: 'tool-called', callId, name, input, parent: null } });
    const startedAt = performance.now();
    let reply: ToolReply = { ok: false, text: 'Interrupted.' };
    try {
      reply = await run(callId);
      return reply;
    } catch (error) {
      if (!signal.aborted) reply = { ok: false, text: error instanceof Error ? error.message : String(error) };
      throw error;
    } finally {
      const durationMs = Math.round(performance.now() - startedAt);
      const { ok, text: output } = reply;
      await emit({ type: 'entry', entry: { type: 'tool-settled', callId, ok, output, durationMs } });
    }
  };

  const mayAct = async (
    callId: string,
    tool: string,
    input: Record<string, unknown>,
    asks: boolean,
  ): Promise<ToolAnswer> => {
    if (!asks && memory.directive.name !== 'ask') return { decision: 'allow' };
    return deps.ask({ callId, tool, input, reason: ASKS }, signal);
  };

  const put = async (path: string, content: string): Promise<string> => {
    const file = resolve(path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    written.push(path);
    return `Wrote ${path}.`;
  };

  const forever = async (): Promise<never> => {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (signal.aborted) reject(signal.reason);
    });
    throw new Error('Unreachable.');
  };

  const grow = async (kind: 'text' | 'thinking', text: string) => {
    signal.throwIfAborted();
    const entryId = nextId();
    spend(text.length);
    const pieces = text.match(/\S+\s*/g) ?? [text];
    for (const piece of pieces.slice(0, 50)) await emit({ type: 'delta', entryId, kind, text: piece });
    await emit({ type: 'entry', entry: { type: kind, entryId, text, parent: null } });
  };

  return {
    prompt,
    first: memory.turns === 1,
    sessionId: memory.sessionId,
    values: memory.directive.values,
    store: deps.store,
    signal,
    say: (text) => grow('text', text),
    think: (text) => grow('thinking', text),
    async sayHuge(bytes) {
      signal.throwIfAborted();
      await emitHugeText(nextId(), bytes);
    },
    tool: (name, args) => act(name, args, () => tools.callTool(name, args, signal)),
    async edit(path, content) {
      const file = resolve(path);
      const input = { file_path: file, content };
      const reply = await act('Write', input, async (callId) => {
        const asks = open.autonomy === 'ask' || open.autonomy === 'plan';
        const answer = await mayAct(callId, 'Write', input, asks);
        if (answer.decision === 'deny') return { ok: false, text: answer.words };
        return { ok: true, text: await put(path, String(answer.input?.content ?? content)) };
      });
      return reply.ok;
    },
    async request(tool, input, carryOut) {
      let answer: ToolAnswer = { decision: 'deny', words: 'Nobody was asked.' };
      await act(tool, input, async (callId) => {
        answer = await deps.ask({ callId, tool, input, reason: ASKS }, signal);
        if (answer.decision === 'deny') return { ok: false, text: answer.words };
        return { ok: true, text: await carryOut(answer.input ?? input, answer.answers ?? {}) };
      });
      return answer;
    },
    async command(command, output) {
      await act('Bash', { command }, async (callId) => {
        await emit({ type: 'delta', entryId: callId, kind: 'tool-output', text: output });
        await forever();
        return { ok: true, text: output };
      });
    },
    writeFile: put,
    setAutonomy(autonomy) {
      open.autonomy = autonomy;
    },
    async commit(message) {
      if (written.length === 0) return false;
      const input = { command: `git add -- ${quoteCommand(written)} && git commit -m ${quoteWord(message)}` };
      const reply = await act('Bash', input, async (callId) => {
        const answer = await mayAct(callId, 'Bash', input, open.autonomy !== 'auto');
        if (answer.decision === 'deny') return { ok: false, text: answer.words };
        return commitFiles(written, message, open.trusted, signal);
      });
      return reply.ok;
    },
    background: (work) => emit({ type: 'background', work }),
    async wait(ms) {
      await sleep(ms, undefined, { signal });
    },
    waitForever: forever,
  };
}
