import * as z from 'zod';
import { workspaceId } from '../ids.ts';

/**
 * Which checkpoint of a task: the number of the run, a dot, and how many turns it had by then. A plus sign: what has
 * changed since that turn, before the next one began. `1.0` is before the first turn, `1.2` after the second.
 */
export const checkpointName = z
  .string()
  .regex(/^[1-9][0-9]{0,5}\.[0-9]{1,6}\+?$/, 'a checkpoint is a run, a dot and a turn, for example 1.2');

/** When it was made: before the first turn of a run, after a turn, or between turns when something may have changed. */
export const checkpointKind = z.enum(['start', 'turn', 'meanwhile']);
export type CheckpointKind = z.infer<typeof checkpointKind>;

/** The files of a workspace as they were at one moment, untracked ones included. */
export const checkpoint = z.object({
  name: checkpointName,
  workspaceId,
  runNo: z.number(),
  /** How many turns the run had by then. */
  turn: z.number(),
  kind: checkpointKind,
  /** The git object that holds the files. */
  tree: z.string(),
  at: z.number(),
  /** Whether it differs from the one before; false for the first of all. */
  changed: z.boolean(),
});
export type Checkpoint = z.infer<typeof checkpoint>;

export function nameCheckpoint(runNo: number, turn: number, kind: CheckpointKind): string {
  return `${runNo}.${turn}${kind === 'meanwhile' ? '+' : ''}`;
}
