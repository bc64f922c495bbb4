import * as z from 'zod';
import { agentChoice, autonomy } from '../agent/state.ts';
import { pendingApproval } from '../approval/state.ts';
import { attachment, MAX_ATTACHMENTS } from '../attachment/state.ts';
import { attachmentId, itemId, projectId, runId, taskId, workspaceId } from '../ids.ts';
import { landing, openLanding } from '../landing/state.ts';
import { resourceLimits } from '../process/limits.ts';
import { argv } from '../project/state.ts';
import { outcomeCode, queuedMessage, run, usage, workSize } from '../run/state.ts';
import { MAX_GOAL, MAX_ITEMS, MAX_TEXT, MAX_TITLE } from '../text.ts';
import { schedule, scheduleChange } from './schedule.ts';

/** `skipped`: a person takes it as not needed. */
export const itemStatus = z.enum(['pending', 'in_progress', 'completed', 'blocked', 'skipped']);
export type ItemStatus = z.infer<typeof itemStatus>;

/** Who did something: an agent through its tools, a person through a client, or Drover itself. */
export const actor = z.enum(['agent', 'user', 'drover']);
export type Actor = z.infer<typeof actor>;

export const note = z.object({ at: z.number(), by: actor, text: z.string().max(MAX_TEXT) });
export type Note = z.infer<typeof note>;

export const item = z.object({
  id: itemId,
  text: z.string().min(1).max(MAX_TEXT),
  status: itemStatus,
  /** Why it is blocked; null unless blocked. */
  reason: z.string().nullable(),
  /** The newest notes, at most 20; older ones stay in the log. */
  notes: z.array(note),
  /** Must exit with 0 before the item may be completed. */
  check: argv.nullable(),
  /** The agent has added the check, and no person has answered for it: it is judged again before it runs. */
  checkBy: z.literal('agent').optional(),
});
export type Item = z.infer<typeof item>;

export const limits = z.strictObject({
  maxRetries: z.number().int().min(0).max(50),
  /** Milliseconds. */
  firstResponseMs: z.number().int().min(100),
  turnMs: z.number().int().min(100),
  inactivityMs: z.number().int().min(100),
  ...resourceLimits.shape,
});
export type Limits = z.infer<typeof limits>;

export const taskStatus = z.enum(['draft', 'queued', 'running', 'completed', 'failed', 'cancelled']);
export type TaskStatus = z.infer<typeof taskStatus>;

/** `taken`: a person has the session. */
export const phase = z.enum(['starting', 'working', 'waiting', 'idle', 'taken', 'stopping']);
export type Phase = z.infer<typeof phase>;

export type OutcomeCode = z.infer<typeof outcomeCode>;

/** `words` say what happened, `hint` what a person can do about it; both are sentences. */
export const outcome = z.object({ code: outcomeCode, words: z.string(), hint: z.string().nullable() });
export type TaskOutcome = z.infer<typeof outcome>;

/** How the next run begins. */
export const runMode = z.enum(['fresh', 'resume', 'rerun', 'recovery']);

/** Why a queued task is not running yet. `held`: only a person changes that. */
export const waiting = z.object({
  for: z.enum(['slot', 'dependency', 'time', 'user', 'limit']),
  words: z.string(),
  held: z.literal(true).optional(),
});

/**
 * What is chosen for a task and can be changed while it does not run. A new one is added here, without a default, which
 * every edit would set; tasks that were stored before it get theirs in `task`, and their logs in `fold`.
 */
export const taskFields = z.object({
  title: z.string(),
  /** Empty while a person has a session that has no goal yet; the loop never runs a task without one. */
  goal: z.string(),
  /** A branch, tag or commit; null takes what the project has checked out. */
  base: z.string().nullable(),
  agent: agentChoice,
  autonomy,
  limits,
  /** Commands that must exit with 0 after the agent has completed all items. */
  checks: z.array(argv),
});
export type TaskFields = z.infer<typeof taskFields>;

/** An item as a person gives it. */
export const newItem = z.strictObject({ text: z.string().min(1).max(MAX_TEXT), check: argv.nullable().optional() });

/** What a person gives to make a task; everything left out comes from the settings and the project. */
export const taskSpec = taskFields
  .partial()
  .extend({
    goal: z.string().min(1).max(MAX_GOAL),
    title: z.string().max(MAX_TITLE).optional(),
    projectId,
    base: z.string().min(1).max(512).nullable().optional(),
    items: z.array(newItem).max(MAX_ITEMS).optional(),
    agent: agentChoice.partial().optional(),
    limits: limits.partial().optional(),
    checks: z.array(argv).max(20).optional(),
    /** Files added before with `attachments.add`. */
    attachments: z.array(attachmentId).max(MAX_ATTACHMENTS).optional(),
    schedule: scheduleChange.optional(),
  })
  .strict();
export type TaskSpec = z.infer<typeof taskSpec>;

/** `words` say what waits, `tail` is the end of its output. */
/** `check`: it is a check that Drover runs, which can be stopped by itself. */
export const stall = z.object({
  at: z.number(),
  callId: z.string().nullable(),
  words: z.string(),
  tail: z.string(),
  check: z.literal(true).optional(),
});

/**
 * The state of one task: what `decide` needs and what lists and headers show. It stays small however long the task
 * runs; the conversation is only in the log.
 */
export const task = z.object({
  id: taskId,
  kind: z.literal('agent'),
  projectId,
  ...taskFields.shape,
  /** It works on the branch that `base` names, and makes none of its own. */
  onBranch: z.literal(true).optional(),
  /** The goal was set or changed since an agent was last given it. */
  goalIsNew: z.literal(true).optional(),
  items: z.array(item),
  /** The id the next item gets. */
  nextItem: z.number(),
  status: taskStatus,
  phase: phase.nullable(),
  /** A few words on the phase, such as which check runs. */
  phaseWords: z.string().nullable(),
  waiting: waiting.nullable(),
  nextMode: runMode.nullable(),
  /** A person has the session as soon as the next run begins; absent: the loop. */
  nextHolder: z.literal('person').optional(),
  outcome: outcome.nullable(),
  /** The newest run; earlier ones are asked for with `tasks.runs`. */
  run: run.nullable(),
  runCount: z.number(),
  /** The workspace of the newest run, if it has come that far. */
  workspace: z
    .object({ id: workspaceId, path: z.string(), branch: z.string(), baseCommit: z.string().nullable() })
    .nullable(),
  workspaceCount: z.number(),
  /** The newest session that can be resumed. */
  sessionId: z.string().nullable(),
  /** Follow-ups that no agent has read yet. */
  messages: z.array(queuedMessage),
  /** Given with the goal, or with a message that was not removed. */
  attachments: z.array(attachment),
  /** What a person has to answer before the agent goes on, oldest first. */
  approvals: z.array(pendingApproval),
  /** A command that seems to wait for input; null when there is none. */
  stall: stall.nullable(),
  /** Its place among drafts and queued tasks: the smaller comes first. When it was made, unless it was moved. */
  rank: z.number(),
  /** When it may start; absent where nothing was said of that. */
  schedule: schedule.optional(),
  /** Where its work has landed; absent when it has not, or the landing was undone, or the task was queued since. */
  landing: landing.optional(),
  /** What is landing or being undone at the moment. */
  openLanding: openLanding.optional(),
  /** How many landings were begun; absent: none. */
  landingCount: z.number().optional(),
  /** Put away, out of the board; null when not. */
  archivedAt: z.number().nullable(),
  /** When a person said that it is done; null when nobody has, or it has been queued since. */
  acceptedAt: z.number().nullable(),
  usage,
  costUsd: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Task = z.infer<typeof task>;

/** Where a command stands in the log: who has read it up to this event has seen what the command did. */
export const standing = { seq: z.number().describe('The last event of what was done') };

/** A task as a command has made it. */
export const changedTask = task.extend(standing);
export type ChangedTask = z.infer<typeof changedTask>;

/** Where a task that was searched for has the words, other than in its title, and a line around them. */
export const taskHit = z.object({ taskId, where: z.enum(['goal', 'item', 'message']), words: z.string() });
export type TaskHit = z.infer<typeof taskHit>;

/** A task in a list: the goal and the notes are left out. */
export const taskSummary = task
  .pick({
    id: true,
    kind: true,
    projectId: true,
    title: true,
    agent: true,
    autonomy: true,
    status: true,
    phase: true,
    phaseWords: true,
    waiting: true,
    outcome: true,
    runCount: true,
    costUsd: true,
    createdAt: true,
    updatedAt: true,
    rank: true,
    schedule: true,
    archivedAt: true,
    acceptedAt: true,
  })
  .extend({
    /** How many approvals are pending. */
    approvals: z.number(),
    stalled: z.boolean(),
    /** It is a session without a goal: only a person can continue it. */
    noGoal: z.literal(true).optional(),
    /** A person has its session, or gets it next; left out: the loop. */
    session: z.literal('person').optional(),
    /** The text of the item the agent is at; what earlier versions stored has none. */
    currentItem: z.string().nullable().optional(),
    /** What the newest run leaves changed; left out where that is nothing, or is not known. */
    size: workSize.optional(),
    /** Where its work has landed; left out where it has not. */
    landed: landing.pick({ onto: true, commit: true }).optional(),
    /** Skipped ones are not counted. */
    items: z.object({ total: z.number(), completed: z.number(), blocked: z.number() }),
    branch: z.string().nullable(),
    runId: runId.nullable(),
    startedAt: z.number().nullable(),
    settledAt: z.number().nullable(),
  });
export type TaskSummary = z.infer<typeof taskSummary>;
