import type { Autonomy, Capabilities, Probe } from '../../contract/agent/state.ts';
import type { BackgroundWork, TurnError } from '../../contract/run/events.ts';
import type { ProcessIdentity } from '../../contract/run/state.ts';
import type { ToolCall } from '../../contract/run/tool-call.ts';
import type { Usage } from '../../contract/run/usage.ts';
import type { Logger } from '../base/logger.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { ProgramInTerminal } from '../process/program-in-terminal.ts';

/**
 * The port to one agent program. A backend turns its program's own protocol into these words and back; nothing outside
 * its folder knows the program. It never touches tasks, the log or the loop.
 */
export interface Backend {
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  readonly description: string;
  /** Of use only to programs and tests: clients do not offer it to people. */
  readonly internal?: boolean;
  /** Comes with Drover: nothing has to be installed for it. */
  readonly builtIn?: boolean;
  readonly capabilities: Capabilities;
  /** Looks for the program and asks its version; never talks to a model. Answers within 30 s. */
  probe(): Promise<Probe>;
  /**
   * What a call of one of its tools is, by the tool's name and input: nobody else knows them. Safe for any input, and
   * pure; of what it cannot read for sure it says `other`.
   */
  callOf(tool: string, input: Record<string, unknown>): ToolCall;
  /**
   * Starts or continues a session. Resolves when the program runs and can take a prompt; `report.started` has been
   * called by then. Throws `BackendFailure` when it cannot, with the code `aborted` when `signal` was aborted first.
   * Whenever it throws, every process that was started is gone. It has no clock of its own: who calls it has.
   */
  open(options: SessionOptions, signal: AbortSignal): Promise<AgentSession>;
}

export interface SessionOptions {
  taskId: string;
  runId: string;
  /** The workspace; the working directory of the agent. */
  cwd: string;
  /** The id the session gets, or the one it is to continue. */
  sessionId: string;
  resume: boolean;
  model: string | null;
  effort: string | null;
  autonomy: Autonomy;
  /** Whether the repository's own hooks, MCP servers and settings may run. */
  trusted: boolean;
  /** What the project says the program is, before the settings; null or left out: as they say. */
  program?: ChosenProgram | null;
  /** Whole environment of the program; already clean of what belongs to Drover or an outer session. */
  env: Record<string, string>;
  /** Every process the agent starts inherits `DROVER_RUN=<marker>` by `env`; used to find strays when it ends. */
  marker: string;
  /** Our tools: an MCP endpoint (streamable HTTP) and its bearer token. Secrets: into the environment, never argv. */
  tools: { url: string; token: string };
  report: SessionReport;
  /** The approval channel. A rejected promise or a missing answer is a denial. */
  ask(question: ToolQuestion): Promise<ToolAnswer>;
  /**
   * The program has carried out a call that nobody here has allowed. Recorded; returns whether it would have passed by
   * itself. If not, the session must end.
   */
  unasked(call: UnaskedCall): boolean;
  /**
   * Resolves when no item of the task is open any more, or when `signal` aborts. For backends without an agent of
   * their own, whose turn is over when others have done the work.
   */
  settled?: (signal: AbortSignal) => Promise<void>;
  /**
   * The program is to run in a terminal that a person sees and may type in; called with it before anything is printed.
   * Left out: it runs without one. Only where the capabilities say that there can be one.
   */
  terminal?: (program: ProgramInTerminal) => void;
  logger: Logger;
  /** How long processes may take to end by themselves when the opening is aborted; milliseconds. */
  abortGraceMs?: number;
}

/** What `abortGraceMs` is when nobody says. */
export const ABORT_GRACE_MS = 2_000;

/** What a session tells while it lives. Calls are in order and must not throw. */
export interface SessionReport {
  /** The process is there: recorded before anything is sent to it. */
  started(process: ProcessIdentity | null, program: string | null, version: string | null): void;
  /** The agent has confirmed the session: from now on it can be resumed under this id. */
  session(sessionId: string, model: string | null): void;
  /** Something settled in the conversation, with the whole text. */
  entry(entry: SessionEntry): void;
  /** Text that is still growing; may be dropped or merged. */
  delta(delta: { entryId: string; kind: 'text' | 'thinking' | 'tool-output'; text: string }): void;
  /** Shells and subagents the agent left running: the whole set each time. */
  background(work: BackgroundWork[]): void;
  /**
   * Commands of its own that a prompt may begin with after a slash, such as `review`: the whole set each time. Only those
   * that leave the session as it is.
   */
  commands?(names: readonly string[]): void;
  /** Any sign of life: a line, a byte. Resets the clocks of the turn. */
  alive(): void;
}

export type SessionEntry =
  | { type: 'text'; entryId: string; text: string; parent: string | null }
  | { type: 'thinking'; entryId: string; text: string; parent: string | null }
  /** `input` is JSON text, or plain words for a tool that takes none. */
  /** What a person has typed to the agent in its terminal. */
  | { type: 'typed'; entryId: string; text: string }
  | { type: 'tool-called'; callId: string; call: ToolCall; input: string; parent: string | null }
  | { type: 'tool-settled'; callId: string; ok: boolean; output: string; durationMs: number | null }
  | { type: 'notice'; level: 'info' | 'warning' | 'error'; code: string; words: string };

/** A tool call that the agent may not do unasked. `input` is exactly what would be executed, and `call` what it is. */
export interface ToolQuestion {
  callId: string | null;
  call: ToolCall;
  input: Record<string, unknown>;
  /** A path the program itself found to be out of bounds, and its words for why it asks. */
  blockedPath: string | null;
  reason: string | null;
  /** It touches nothing but what the program keeps for the session itself: passes unless a rule denies it. */
  own?: boolean;
  /** What it is for, as a sentence, where the call alone does not show it. */
  purpose?: string;
  /** To be called when a person has to answer: the backend may then show the question where the agent runs, too. */
  asksPerson?: () => void;
  /**
   * Aborted when nobody waits for the answer any more: the reason is `withdrawn` (by the agent), `ended` (it died),
   * `unasked` (it was carried out without an answer), or what a person has answered in the terminal of the agent:
   * `allowed` or `denied`.
   */
  signal: AbortSignal;
}

/** `wasAsked`: a question on it was open, and its signal has told. `words`: how it came about, as a sentence. */
export interface UnaskedCall {
  callId: string;
  call: ToolCall;
  input: Record<string, unknown>;
  wasAsked: boolean;
  words: string;
}

/**
 * `input` takes the place of what was asked. `answers` goes with a question: what a person has said to each, by its text.
 * `autonomy` goes with a plan that was approved: how far the agent may go from now on.
 */
export type ToolAnswer =
  | {
      decision: 'allow';
      input?: Record<string, unknown>;
      answers?: Readonly<Record<string, string>>;
      autonomy?: Autonomy;
    }
  | { decision: 'deny'; words: string; stop?: boolean };

/** An image that the model is shown with a prompt: PNG, JPEG, GIF or WebP, whole, and not too large for a service. */
export interface PromptImage {
  /** Such as `image/png`. */
  type: string;
  base64: string;
}

export interface AgentSession {
  /**
   * Sends one prompt and resolves when the agent has yielded: everything it caused has been reported, and background
   * work it left is in `background`. `images` go with it where the backend can. Never rejects; a dead program is an error result of class `crash`. One at a time.
   */
  prompt(text: string, images?: readonly PromptImage[]): Promise<TurnResult>;
  /** Ends the running turn, which then settles as `interrupted`. Without a running turn it does nothing. */
  interrupt(): Promise<void>;
  /**
   * Ends the session and every process it started: interrupt, SIGTERM, `graceMs`, SIGKILL. Resolves when they are
   * gone. May be called at any time and more than once.
   */
  close(graceMs: number): Promise<void>;
  /**
   * Lets go of the session, so that another program may continue it under its id: between turns, in good order, with
   * everything written that it keeps of the conversation. Resolves when every process that it started is gone; `graceMs`
   * as in `close`. Throws `BackendFailure` where no session of the backend can be continued, and changes nothing then.
   */
  release(graceMs: number): Promise<void>;
  /** Resolves when the program is gone, by `close`, by `release` or by itself. `words` say how, for a person. */
  readonly ended: Promise<{ words: string }>;
}

/** The code of the error of a session whose conversation takes no further prompt: only a new session can go on. */
export const CONTEXT_FULL = 'context-full';

/** The code of the error that the account may not be used for a while; `retryAfterMs` says how long, where it is known. */
export const RATE_LIMITED = 'rate-limited';

export interface TurnResult {
  result: 'ok' | 'error' | 'interrupted';
  error: TurnError | null;
  /** Of this turn alone. */
  usage: Usage;
  costUsd: number;
  /** What ended the turn before the agent was ready, although it ended in order: a person must see to it. */
  cause?: TurnError | null;
  /** How long to wait before trying again, where the service said so; milliseconds. */
  retryAfterMs: number | null;
}

/**
 * Thrown by `open`. `session-unknown`: the session to continue does not exist any more. `aborted`: nobody wants the
 * session any more; its hint says what to try when the program has not answered.
 */
export class BackendFailure extends Error {
  readonly code: 'missing' | 'too-old' | 'not-logged-in' | 'session-unknown' | 'failed' | 'aborted';
  readonly hint: string | null;
  constructor(code: BackendFailure['code'], words: string, hint: string | null = null) {
    super(words);
    this.name = 'BackendFailure';
    this.code = code;
    this.hint = hint;
  }
}
