import * as z from 'zod';
import { attachment } from '../attachment/state.ts';
import { runId, workspaceId } from '../ids.ts';

export const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
});

/**
 * A process known well enough to be signalled: a pid alone may be somebody else's by now. `startTime` is an opaque text
 * that the operating system gives for this process and no other with the same pid.
 */
export const processIdentity = z.object({ pid: z.number().int().positive(), startTime: z.string() });
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** `now`: a person has sent it at once, before what else is queued. `attachments`: files given with it. */
export const queuedMessage = z.object({
  id: z.string(),
  at: z.number(),
  text: z.string(),
  now: z.literal(true).optional(),
  attachments: z.array(attachment).optional(),
});
export type QueuedMessage = z.infer<typeof queuedMessage>;

/** Why a run ended. */
export const outcomeCode = z.enum([
  'all-items-completed',
  'item-blocked',
  'retries-spent',
  'no-first-response',
  'turn-timeout',
  'inactive',
  'backend-error',
  'backend-missing',
  'crashed',
  'interrupted',
  'check-failed',
  'workspace-failed',
  'unasked',
  'over-limit',
  'by-user',
  'by-system',
]);

/** Who has the session of a run: the loop, or a person who has taken it over. */
export const holder = z.enum(['loop', 'person']);
export type Holder = z.infer<typeof holder>;

/** How much a run leaves changed in its workspace, against where its work began: files and lines; at least so much. */
export const workSize = z.object({ files: z.number(), insertions: z.number(), deletions: z.number() });
export type WorkSize = z.infer<typeof workSize>;

export const run = z.object({
  id: runId,
  no: z.number(),
  mode: z.enum(['fresh', 'resume', 'rerun', 'recovery']),
  startedAt: z.number(),
  settledAt: z.number().nullable(),
  status: z.enum(['running', 'completed', 'failed', 'cancelled']),
  /** Why it ended; absent while it runs, and in those of earlier versions. */
  outcome: outcomeCode.optional(),
  /** Known once it has ended by itself with something changed. */
  size: workSize.optional(),
  workspaceId: workspaceId.nullable(),
  /** The session the agent was asked to use; set before the agent is started. */
  sessionId: z.string().nullable(),
  /** Whether the agent has confirmed the session, so that it can be resumed. */
  sessionConfirmed: z.boolean(),
  /** Absent: the loop. Stays as it was when the run is over: a person who had the session then may have it still. */
  holder: holder.optional(),
  /** Whom the session is to be handed over to; absent when nobody has asked, or it has been. */
  handOver: holder.optional(),
  model: z.string().nullable(),
  process: processIdentity.nullable(),
  turns: z.number(),
  /** The turn that was asked for and is not settled; null between turns. */
  openTurn: z.number().nullable(),
  /** Messages of the user in a turn that has not ended well yet: said again when the run goes on, so that none is lost. */
  carried: z.array(queuedMessage),
  retriesSpent: z.number(),
  /** The limit for which it is being ended, or was, in a sentence; absent: none. */
  overLimit: z.string().optional(),
  /** The same of the run that this one continues. */
  overLimitBefore: z.string().optional(),
  usage,
  costUsd: z.number(),
});
export type Run = z.infer<typeof run>;
