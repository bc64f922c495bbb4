import type { Autonomy } from '../../../../contract/agent/state.ts';
import type { BackgroundWork } from '../../../../contract/run/events.ts';
import type { SessionEntry, ToolAnswer, TurnResult } from '../../backend.ts';

/**
 * The demo agent's own protocol: one JSON object a line, Drover's lines on the agent's stdin, the agent's on its
 * stdout. The first line of Drover is `open`; the agent answers `opened` or `refused`. The token for the tools is not
 * in it: it comes in the environment as `TOKEN_VARIABLE`.
 */
export type ToAgent =
  | { type: 'open'; open: OpenRequest }
  | { type: 'prompt'; text: string }
  | { type: 'interrupt' }
  | { type: 'answer'; id: number; answer: ToolAnswer };

export interface OpenRequest {
  sessionId: string;
  resume: boolean;
  model: string | null;
  autonomy: Autonomy;
  trusted: boolean;
  toolsUrl: string;
  /** Absolute path of the folder that holds one file per session. */
  stateFolder: string;
}

/** What a call is, the adapter finds out. */
export type DemoEntry =
  | Exclude<SessionEntry, { type: 'tool-called' }>
  | { type: 'tool-called'; callId: string; name: string; input: Record<string, unknown>; parent: null };

export type FromAgent =
  | { type: 'opened'; sessionId: string; model: string | null }
  | { type: 'refused'; code: 'session-unknown' | 'failed'; words: string }
  | { type: 'entry'; entry: DemoEntry }
  | { type: 'delta'; entryId: string; kind: 'text' | 'thinking' | 'tool-output'; text: string }
  | { type: 'background'; work: BackgroundWork[] }
  | { type: 'ask'; id: number; callId: string; tool: string; input: Record<string, unknown>; reason: string }
  | { type: 'withdraw'; id: number }
  | { type: 'result'; result: TurnResult };

/** Where the demo agent finds the bearer token of its tools. */
export const TOKEN_VARIABLE = 'DROVER_TASK_TOKEN';

export const DEMO_VERSION = '1.0.0';
