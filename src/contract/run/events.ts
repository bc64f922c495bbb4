import * as z from 'zod';
import { approvalDecision, approvalKind, approvalReason } from '../approval/state.ts';
import { checkpointKind } from '../checkpoint/state.ts';
import { approvalId, itemId, runId, workspaceId } from '../ids.ts';
import { RESOURCE_LIMITS } from '../process/limit-names.ts';
import { argv } from '../project/state.ts';
import { longText } from './long-text.ts';
import { holder, processIdentity, usage } from './state.ts';
import { toolCall } from './tool-call.ts';

/** Why a turn went wrong. `transient` waits and tries again, `permanent` needs a person first. */
export const turnError = z.object({
  class: z.enum(['transient', 'permanent', 'crash', 'timeout']),
  code: z.string(),
  words: z.string(),
  hint: z.string().nullable(),
});
export type TurnError = z.infer<typeof turnError>;

export const promptKind = z.enum(['brief', 'nudge', 'check-failed', 'follow-up', 'continue', 'try-again']);
export type PromptKind = z.infer<typeof promptKind>;

/** A shell or subagent that the agent itself left running. */
export const backgroundWork = z.object({ id: z.string(), kind: z.string(), description: z.string() });
export type BackgroundWork = z.infer<typeof backgroundWork>;

const inRun = { runId };
/** Shortened; see `briefCall`. Logs of earlier versions have none, and get one when they are read. */
const call = toolCall.optional();

/** What happens inside a run. Entries of the conversation carry `parent`, the tool call of a subagent they belong to. */
export const runEvents = [
  z.object({ type: z.literal('workspace.requested'), ...inRun, workspaceId, branch: z.string(), path: z.string() }),
  z.object({
    type: z.literal('workspace.ready'),
    ...inRun,
    workspaceId,
    path: z.string(),
    branch: z.string(),
    baseCommit: z.string(),
    reused: z.boolean(),
  }),
  z.object({
    type: z.literal('agent.started'),
    ...inRun,
    process: processIdentity.nullable(),
    program: z.string().nullable(),
    version: z.string().nullable(),
  }),
  z.object({ type: z.literal('session.started'), ...inRun, sessionId: z.string(), model: z.string().nullable() }),
  /** A person takes the session over after the turn, or at once with `now`; or gives it back to the loop. */
  z.object({
    type: z.literal('session.hand-over-requested'),
    ...inRun,
    to: holder,
    now: z.literal(true).optional(),
  }),
  /** No program of the one who had the session is left. */
  z.object({ type: z.literal('session.handed-over'), ...inRun, to: holder, sessionId: z.string() }),
  z.object({ type: z.literal('session.lost'), ...inRun, words: z.string(), sessionId: z.string() }),
  z.object({
    type: z.literal('phase.changed'),
    ...inRun,
    phase: z.enum(['starting', 'working', 'waiting', 'idle', 'taken', 'stopping']),
    words: z.string().nullable(),
  }),
  z.object({
    type: z.literal('turn.requested'),
    ...inRun,
    turn: z.number(),
    kind: promptKind,
    prompt: longText,
    messageIds: z.array(z.string()),
  }),
  z.object({
    type: z.literal('turn.settled'),
    ...inRun,
    turn: z.number(),
    result: z.enum(['ok', 'error', 'interrupted']),
    error: turnError.nullable(),
    usage,
    costUsd: z.number(),
    durationMs: z.number(),
  }),
  /** The files of the workspace are kept as they are now; `turn` is how many turns the run had by then. */
  z.object({
    type: z.literal('checkpoint.made'),
    ...inRun,
    workspaceId,
    turn: z.number(),
    kind: checkpointKind,
    /** The git object that holds the files, which a ref keeps. */
    tree: z.string(),
  }),
  z.object({
    type: z.literal('verdict.reached'),
    ...inRun,
    turn: z.number(),
    decision: z.enum(['complete', 'blocked', 'nudge', 'check', 'retries-spent', 'follow-up', 'try-again', 'stop']),
    words: z.string(),
    open: z.array(itemId),
    retriesSpent: z.number(),
  }),
  z.object({
    type: z.literal('retry.scheduled'),
    ...inRun,
    attempt: z.number(),
    delayMs: z.number(),
    words: z.string(),
  }),
  z.object({
    type: z.literal('check.settled'),
    ...inRun,
    command: argv,
    itemId: itemId.nullable(),
    ok: z.boolean(),
    exitCode: z.number().nullable(),
    output: longText,
    durationMs: z.number(),
  }),
  z.object({
    type: z.literal('entry.text'),
    ...inRun,
    entryId: z.string(),
    content: longText,
    parent: z.string().nullable(),
  }),
  z.object({
    type: z.literal('entry.thinking'),
    ...inRun,
    entryId: z.string(),
    content: longText,
    parent: z.string().nullable(),
  }),
  /** What a person has typed to the agent in its terminal. */
  z.object({ type: z.literal('entry.typed'), ...inRun, entryId: z.string(), content: longText }),
  z.object({
    type: z.literal('tool.called'),
    ...inRun,
    callId: z.string(),
    name: z.string(),
    call,
    input: longText,
    parent: z.string().nullable(),
  }),
  z.object({
    type: z.literal('tool.settled'),
    ...inRun,
    callId: z.string(),
    ok: z.boolean(),
    output: longText,
    durationMs: z.number().nullable(),
  }),
  /** A person has to answer; the clocks of the turn stand still until it is settled. */
  z.object({
    type: z.literal('approval.requested'),
    ...inRun,
    approvalId,
    callId: z.string().nullable(),
    kind: approvalKind,
    tool: z.string(),
    call,
    title: z.string(),
    input: longText,
    folder: z.string(),
    reason: approvalReason,
  }),
  /**
   * Whatever may be done or not: answered by the autonomy, a rule or a person, or by nobody. Of one that was requested
   * before, `input` is empty and `callId` null: the request has them.
   */
  z.object({
    type: z.literal('approval.settled'),
    ...inRun,
    /** Absent in logs of earlier versions. */
    approvalId: approvalId.optional(),
    callId: z.string().nullable(),
    tool: z.string(),
    /** None where `input` is empty. */
    call,
    title: z.string().optional(),
    input: longText,
    ...approvalDecision.partial({ from: true, scope: true, ruleId: true, edited: true }).shape,
  }),
  /** A command waits for input that nobody gives: its last lines look like a question. */
  z.object({
    type: z.literal('stall.noticed'),
    ...inRun,
    callId: z.string().nullable(),
    words: z.string(),
    tail: z.string(),
    /** A check that Drover runs. */
    check: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('stall.cleared'), ...inRun, callId: z.string().nullable() }),
  /** The processes of the run use more than they may, and are being ended. */
  z.object({
    type: z.literal('limit.exceeded'),
    ...inRun,
    limit: z.enum(RESOURCE_LIMITS),
    used: z.number(),
    most: z.number(),
  }),
  z.object({ type: z.literal('background.changed'), ...inRun, work: z.array(backgroundWork) }),
  z.object({
    type: z.literal('notice.recorded'),
    ...inRun,
    level: z.enum(['info', 'warning', 'error']),
    code: z.string(),
    words: z.string(),
  }),
] as const;

export const runEvent = z.discriminatedUnion('type', runEvents);
export type RunEvent = z.infer<typeof runEvent>;
