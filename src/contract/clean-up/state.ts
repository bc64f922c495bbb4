import * as z from 'zod';
import { projectId, taskId } from '../ids.ts';

/** What a task leaves behind: its worktree, the long outputs of its commands and tools, the screen of a terminal. */
export const leftoverKind = z.enum(['workspace', 'outputs', 'terminal']);
export type LeftoverKind = z.infer<typeof leftoverKind>;

/** One leftover: `id` is that of the workspace or the terminal; of outputs it is that of their task. */
export const leftoverName = z.strictObject({ kind: leftoverKind, id: z.string().min(1).max(64) });
export type LeftoverName = z.infer<typeof leftoverName>;

/** Why something stays. `count` and `named` say of what, where the reason has one. */
export const stays = z.object({
  why: z.enum([
    'busy',
    'depended-on',
    'unready',
    'missing',
    'unreadable',
    'locked',
    'uncommitted',
    'unmerged',
    'pushed-only',
    'under-way',
    'other-branch',
    'elsewhere',
    'inner',
    'terminal',
  ]),
  count: z.number(),
  named: z.string(),
});
export type Stays = z.infer<typeof stays>;
export type StayReason = Stays['why'];

export const leftover = z.object({
  ...leftoverName.shape,
  taskId,
  projectId,
  /** Null when the task was deleted. */
  title: z.string().nullable(),
  /** The branch of a workspace, the name of a terminal; empty for outputs. */
  name: z.string(),
  /** When the task last changed; null when it was deleted. */
  lastChange: z.number().nullable(),
  /** Null until it is measured with `cleanUp.measure`. */
  bytes: z.number().nullable(),
  /** Terminals that were closed with Drover and go with a workspace. */
  terminals: z.number(),
  /** Null when it may be removed. */
  stays: stays.nullable(),
});
export type Leftover = z.infer<typeof leftover>;

/** What one leftover takes on the disk: blocks, each file once, no link followed. */
export const leftoverSize = z.object({
  bytes: z.number(),
  /** False when there was too much to look at: it is at least so much. */
  complete: z.boolean(),
  /** What only a look through all files tells. */
  stays: stays.nullable(),
});
export type LeftoverSize = z.infer<typeof leftoverSize>;

/** What became of one that was to be removed; `words` are a sentence on why it stays. */
export const cleanedUp = z.discriminatedUnion('removed', [
  z.object({ ...leftoverName.shape, removed: z.literal(true), bytes: z.number().nullable() }),
  z.object({ ...leftoverName.shape, removed: z.literal(false), words: z.string() }),
]);
export type CleanedUp = z.infer<typeof cleanedUp>;

/** An automatic clean-up: how many leftovers it removed and how much room that gave. `endedAt` is null for one cut short. */
export const automaticCleanUp = z.object({
  at: z.number(),
  endedAt: z.number().nullable(),
  removed: z.number(),
  bytes: z.number(),
  stayed: z.number(),
});
export type AutomaticCleanUp = z.infer<typeof automaticCleanUp>;
