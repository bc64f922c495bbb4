import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ToolCall } from '../../../src/contract/run/tool-call.ts';
import { NO_USAGE } from '../../../src/contract/run/usage.ts';
import { quoteCommand } from '../../../src/contract/words/argv.ts';
import {
  type AgentSession,
  type Backend,
  BackendFailure,
  type SessionOptions,
  type TurnResult,
} from '../../../src/core/backends/backend.ts';

const SERVER = fileURLToPath(new URL('./server.mjs', import.meta.url));

interface Message {
  session: string;
  type: 'opened' | 'unknown' | 'grow' | 'say' | 'call' | 'called' | 'ask' | 'done' | 'gone';
  no?: number;
  text?: string;
  tool?: string;
  input?: Record<string, unknown>;
  exit?: number;
  output?: string;
  interrupted?: boolean;
  tokens?: number;
  error?: string;
  passes?: boolean;
}

/** The process that serves every session of the backend: it begins with the first and ends with the last. */
export interface AgentServer {
  readonly pid: number | null;
  readonly sessions: number;
}

/**
 * A backend whose agent program is one process for all sessions, with tools, inputs, ids and file changes unlike those of
 * the others: what the port promises must not rest on how they are.
 */
export function createServerBackend(memory: string): Backend & { readonly server: AgentServer } {
  const listeners = new Map<string, (message: Message) => void>();
  let child: ChildProcess | null = null;

  function start(): ChildProcess {
    if (child !== null) return child;
    const started = spawn(process.execPath, [SERVER, memory], { stdio: ['pipe', 'pipe', 'ignore'] });
    child = started;
    createInterface({ input: started.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as Message;
      listeners.get(message.session)?.(message);
    });
    started.stdin.on('error', () => {});
    started.once('close', () => {
      if (child === started) child = null;
      for (const [session, tell] of [...listeners]) tell({ session, type: 'gone' });
    });
    return started;
  }

  const send = (message: object) => child?.stdin?.write(`${JSON.stringify(message)}\n`);

  async function leave(session: string): Promise<void> {
    if (!listeners.delete(session)) return;
    send({ op: 'close', session });
    if (listeners.size > 0 || child === null) return;
    const ending = child;
    child = null;
    ending.stdin?.end();
    await once(ending, 'close');
  }

  return {
    name: 'server',
    title: 'Server',
    description: 'One program for all sessions',
    capabilities: {
      process: false,
      resume: true,
      interrupt: true,
      approvals: true,
      mcp: false,
      terminal: false,
      steering: false,
      images: false,
      usage: true,
      clocked: true,
      models: [],
      efforts: [],
      resumeCommand: null,
    },
    server: {
      get pid() {
        return child?.pid ?? null;
      },
      get sessions() {
        return listeners.size;
      },
    },
    callOf,
    async probe() {
      return { available: true, program: null, version: null, login: 'not-needed', problem: null, hint: null };
    },
    async open(options, signal) {
      const { sessionId: session, cwd, resume, report } = options;
      const aborted = () => new BackendFailure('aborted', 'Stopped before the session was open.');
      if (signal.aborted) throw aborted();
      report.started(null, null, null);
      start();
      const opened = new Promise<Message>((resolve) => listeners.set(session, resolve));
      const stopped = new Promise<'stopped'>((resolve) =>
        signal.addEventListener('abort', () => resolve('stopped'), { once: true }),
      );
      send({ op: 'open', session, cwd, resume });
      const first = signal.aborted ? 'stopped' : await Promise.race([opened, stopped]);
      if (first !== 'stopped' && first.type === 'opened') {
        report.session(session, null);
        return createSession(options, {
          send,
          leave: () => leave(session),
          listen: (on) => listeners.set(session, on),
        });
      }
      await leave(session);
      if (first === 'stopped') throw aborted();
      if (first.type === 'unknown') throw new BackendFailure('session-unknown', 'There is no such session.');
      throw new BackendFailure('failed', 'The server of the agent ended.');
    },
  };
}

interface Wire {
  send(message: object): void;
  leave(): Promise<void>;
  listen(on: (message: Message) => void): void;
}

function createSession({ sessionId: session, report, ask }: SessionOptions, wire: Wire): AgentSession {
  let settle: ((result: TurnResult) => void) | null = null;
  let over: TurnResult | null = null;
  let end: (how: { words: string }) => void = () => {};
  const ended = new Promise<{ words: string }>((resolve) => {
    end = resolve;
  });
  const withdrawn = new AbortController();

  function finish(result: TurnResult, words: string): void {
    over ??= result;
    withdrawn.abort('ended');
    settle?.(over);
    settle = null;
    end({ words });
  }

  async function askOf({ no, tool = '', input = {} }: Message): Promise<void> {
    const question = { callId: String(no), call: callOf(tool, input), input, blockedPath: null, reason: null };
    const answer = await ask({ ...question, signal: withdrawn.signal }).catch(() => null);
    wire.send({ op: 'answer', no, allowed: answer?.decision === 'allow' });
  }

  wire.listen((message) => {
    const { no, tool = '', input = {}, text = '' } = message;
    const id = String(no);
    report.alive();
    if (message.type === 'grow') report.delta({ entryId: id, kind: 'text', text });
    if (message.type === 'say') report.entry({ type: 'text', entryId: id, text, parent: null });
    if (message.type === 'call') {
      const call = callOf(tool, input);
      report.entry({ type: 'tool-called', callId: id, call, input: JSON.stringify(input), parent: null });
    }
    if (message.type === 'called') {
      const { exit, output = '' } = message;
      report.entry({ type: 'tool-settled', callId: id, ok: exit === 0, output, durationMs: null });
    }
    if (message.type === 'ask') void askOf(message);
    if (message.type === 'done') {
      settle?.(resultOf(message));
      settle = null;
    }
    if (message.type === 'gone') finish(CRASHED, 'The server of the agent ended.');
  });

  return {
    ended,
    async prompt(text) {
      if (settle !== null) throw new Error('A turn is running already.');
      if (over !== null) return over;
      return new Promise((resolve) => {
        settle = resolve;
        wire.send({ op: 'prompt', session, text });
      });
    },
    async interrupt() {
      if (settle !== null) wire.send({ op: 'interrupt', session });
    },
    async release() {
      await wire.leave();
      finish(INTERRUPTED, 'The session was let go of.');
    },
    async close() {
      await wire.leave();
      finish(INTERRUPTED, 'The session was closed.');
    },
  };
}

const INTERRUPTED: TurnResult = { result: 'interrupted', error: null, usage: NO_USAGE, costUsd: 0, retryAfterMs: null };
const CRASHED: TurnResult = {
  ...INTERRUPTED,
  result: 'error',
  error: { class: 'crash', code: 'server-ended', words: 'The server of the agent ended.', hint: null },
};

function resultOf({ interrupted, tokens = 0, error, passes }: Message): TurnResult {
  const spent = { ...INTERRUPTED, usage: { ...NO_USAGE, inputTokens: tokens } };
  if (interrupted) return spent;
  if (error === undefined) return { ...spent, result: 'ok' };
  const kind = passes ? 'transient' : 'permanent';
  return { ...spent, result: 'error', error: { class: kind, code: 'said', words: `It said: ${error}.`, hint: null } };
}

/** `shell` takes the words of a command, `apply_patch` a patch that names its files. */
function callOf(tool: string, { argv, patch }: Record<string, unknown>): ToolCall {
  if (tool === 'shell') {
    const isArgv = Array.isArray(argv) && argv.every((word) => typeof word === 'string');
    return { kind: 'command', title: tool, command: isArgv ? quoteCommand(argv) : null };
  }
  if (tool === 'apply_patch') {
    const named = typeof patch === 'string' ? [...patch.matchAll(/^\*\*\* \w+ File: (.+)$/gm)] : [];
    const paths = typeof patch === 'string' ? named.map(([, path = '']) => path) : [null];
    return { kind: 'edit', title: tool, paths, change: { after: 'patch' } };
  }
  return { kind: 'other', title: tool };
}
