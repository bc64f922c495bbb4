import type { RequestFacts } from './facts.ts';

/**
 * What a scripted model says. A request is answered by the first session whose `match` holds; inside it by the first
 * turn that has uses left and whose `when` holds. Uses are counted per conversation (session id and agent id).
 */
export interface Scenario {
  sessions: ScriptedSession[];
  /** Tokens of every answer that does not say otherwise. */
  usage?: ScriptedUsage;
}

export interface ScriptedSession {
  name: string;
  match?: Condition;
  turns: ScriptedTurn[];
}

export type ScriptedTurn = {
  when?: Condition;
  /** How often it can be used; default once. */
  times?: number | 'forever';
  /** Milliseconds before anything is sent. */
  delayMs?: number;
  /** Nothing is sent before this has resolved. */
  after?: Promise<unknown>;
} & (
  | { steps: Step[] | ((facts: RequestFacts) => Step[]); stopReason?: string; usage?: ScriptedUsage }
  | { error: { status: number; type?: string; message?: string; headers?: Record<string, string> } }
  /** Cuts the connection, or keeps it open and silent, before any header. */
  | { cut: true }
  | { stall: true }
);

export interface ScriptedUsage {
  input_tokens?: number;
  output_tokens?: number;
  cache_read_input_tokens?: number;
  cache_creation_input_tokens?: number;
}

/** In a text, `{{lastToolResult}}` and `{{lastPrompt}}` are replaced. */
export type Step =
  /** `size`: the text is repeated up to so many characters. `chunk`: characters per delta, default 200. */
  | { text: string; size?: number; chunk?: number }
  | { thinking: string }
  /** `size` as a value of the input makes a long string; `raw` is sent instead of the input as JSON. */
  | { tool: string; input: Record<string, unknown>; id?: string; raw?: string }
  | { delayMs: number }
  | { ping: true }
  /** From here on silence, or a cut connection, or an error event. */
  | { stall: true }
  | { cut: true }
  | { streamError: { type: string; message: string } };

/** All given parts must hold. */
export type Condition =
  | ((facts: RequestFacts) => boolean)
  | {
      /** The first and the newest text of the user. */
      prompt?: RegExp;
      lastPrompt?: RegExp;
      /** Some tool result in the newest message. */
      toolResult?: RegExp;
      toolResultOf?: string;
      toolResultError?: boolean;
      hasTool?: string;
      isSubagent?: boolean;
      model?: RegExp;
    };

export function holds(condition: Condition | undefined, facts: RequestFacts): boolean {
  if (condition === undefined) return true;
  if (typeof condition === 'function') return condition(facts);
  const { prompt, lastPrompt, toolResult, toolResultOf, toolResultError, hasTool, isSubagent, model } = condition;
  return (
    (prompt?.test(facts.prompt) ?? true) &&
    (lastPrompt?.test(facts.lastPrompt) ?? true) &&
    (model?.test(facts.model) ?? true) &&
    (toolResult === undefined || facts.toolResults.some((result) => toolResult.test(result.text))) &&
    (toolResultOf === undefined || facts.toolResults.some((result) => result.tool === toolResultOf)) &&
    (toolResultError === undefined || facts.toolResults.some((result) => result.isError === toolResultError)) &&
    (hasTool === undefined || facts.tools.includes(hasTool)) &&
    (isSubagent === undefined || (facts.agentId !== '') === isSubagent)
  );
}

/** A scenario of one session that answers everything. */
export function script(...turns: (ScriptedTurn | Step[])[]): Scenario {
  return { sessions: [{ name: 'main', turns: turns.map((turn) => (Array.isArray(turn) ? { steps: turn } : turn)) }] };
}

/** Says the same to whatever else is asked. */
export function always(text: string): ScriptedTurn {
  return { times: 'forever', steps: [{ text }] };
}

/** Fills in what the request brought. */
export function fillIn(text: string, facts: RequestFacts): string {
  return text
    .replaceAll('{{lastToolResult}}', () => facts.toolResults.map((result) => result.text).join('\n'))
    .replaceAll('{{lastPrompt}}', () => facts.lastPrompt);
}
