import type { Api, CallInput, CallOutput } from '../contract/api.ts';
import type { Result } from '../contract/rejection.ts';
import type { StreamMessage } from '../contract/stream/state.ts';
import type { Actor } from '../contract/task/state.ts';

/** Who calls: a person (everything) or the agent of one task (that task's tools only). */
export interface Caller {
  by: Actor;
  /** The only task the caller reaches; null for a person. */
  taskId: string | null;
  /** The person, or for whom the agent works. */
  userId: string;
}

/** The one person that a Drover has today. */
const USER_ID = 'local';

/** Who sits at the window, at the tray or behind the full token. */
export const PERSON: Caller = { by: 'user', taskId: null, userId: USER_ID };

/** The agent of a task. */
export function agentOf(taskId: string): Caller {
  return { by: 'agent', taskId, userId: USER_ID };
}

/** The nouns of the contract that the core answers by itself; `system` is the server's, `events` is a stream. */
type Nouns = Exclude<keyof Api, 'system' | 'events'>;

/** Calls with an effect on a desktop, which a host may have: the core only names the folders. */
interface OnDesktop {
  workspaces: 'open';
  data: 'open';
  terminals: 'openFile';
}

/**
 * The calls of the contract as plain functions: input already checked, refusals as values. `signal` aborts when the caller
 * has gone away or taken the call back: what takes long and changes nothing ends then.
 */
export type CoreApi = {
  [N in Nouns]: {
    [V in Exclude<keyof Api[N], N extends keyof OnDesktop ? OnDesktop[N] : never>]: (
      input: CallInput<N, V>,
      caller: Caller,
      signal?: AbortSignal,
    ) => Promise<Result<CallOutput<N, V>>>;
  };
};

/** A tool that agents call: the same function behind MCP and `drover item`. */
export interface AgentTool {
  name: string;
  description: string;
  /** A zod object schema of the arguments. */
  input: import('zod').ZodObject;
  /** Answers with text for the agent. A refusal is text too: it says what is allowed. */
  run(args: Record<string, unknown>, taskId: string): Promise<{ ok: boolean; text: string }>;
}

/** What leads to the client of a terminal: text is JSON, bytes are output. */
export interface TerminalCarrier {
  send(message: string | Uint8Array): void;
  close(): void;
}

/** The host's end of the way of the bytes of a terminal. */
export interface TerminalLine {
  /** A message of the client. What is neither a request nor expected ends the line. */
  receive(message: string | Uint8Array): void;
  /** The client has gone. */
  closed(): void;
}

/** The program without a carrier. */
export interface Core {
  readonly api: CoreApi;
  readonly tools: {
    readonly list: readonly AgentTool[];
    /** The task a bearer token belongs to, or null. Compares in constant time. */
    taskOf(token: string): string | null;
  };
  readonly events: {
    /** Whose log it is: the id of this Drover, the same at every start. */
    readonly host: string;
    /** The sequence number of the newest event. */
    seq(): number;
    /**
     * Events after `after` (left out: only new ones), without a gap or a repeat, until `signal` aborts. Pulled by the
     * reader: a slow one costs no memory. Streaming text is merged per entry and comes only with `live`.
     */
    subscribe(
      options: { after?: number; taskId?: string; live?: boolean },
      signal: AbortSignal,
    ): AsyncIterable<StreamMessage>;
  };
  /** The way of the bytes of terminals, see `contract/terminal/line.ts`. */
  readonly terminals: {
    /**
     * Serves one client over a carrier: it is given every message of the client, and that the client has gone. Null for
     * callers who may not use terminals.
     */
    serve(carrier: TerminalCarrier, caller: Caller): TerminalLine | null;
  };
  /** The environment of the person's login shell, for what a host starts for them. */
  environment(): Promise<Record<string, string>>;
  /** How many tasks are in each status. */
  counts(): Record<string, number>;
  /** How many tasks need a person. */
  needingYou(): number;
  /** What ran when the Drover before this one was killed, and whether it was resumed; null when nothing did. */
  recovered(): { taskIds: string[]; resumed: boolean } | null;
  /**
   * Recovers what a dead host left and starts queued tasks; what has to be ended first is ended beside it. `address` is
   * where agents reach the server, such as `http://127.0.0.1:4711`; the MCP endpoint is at `/mcp` below it. Called once,
   * after the server listens. Refused with a sentence when the database cannot be used.
   */
  start(address: string): Promise<Result<null>>;
  /**
   * Makes ready for another Drover on the same data: starts no more tasks, and puts each that runs back into the queue
   * when it is between turns, or as soon as it waits for a person. Resolves when none runs; a session that a person has
   * is waited for. When `until` aborts, before or after that, tasks are started again.
   */
  drain(until: AbortSignal): Promise<void>;
  /**
   * Stops every run so that it goes on at the next start (or settles, by the setting `task.recovery`), ends all agent
   * processes, closes the database. May be called more than once.
   */
  close(): Promise<void>;
}
