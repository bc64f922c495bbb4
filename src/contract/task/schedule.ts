import * as z from 'zod';
import { taskId } from '../ids.ts';
import { PRIORITIES } from './priority.ts';

export const priority = z.enum(PRIORITIES);

/** The most tasks that one can depend on. */
export const MAX_DEPENDENCIES = 20;

const chosen = {
  taskIds: z.array(taskId).min(1).max(MAX_DEPENDENCIES),
  /** Whether all of them must be finished first, or one. */
  need: z.enum(['all', 'any']),
  /** Its workspace begins from the branch of the task it depends on, where just one has a branch. */
  fromBranch: z.boolean(),
};

/** What a person gives as the tasks that a task depends on. */
export const dependenciesGiven = z.strictObject({
  ...chosen,
  need: chosen.need.default('all'),
  fromBranch: chosen.fromBranch.default(false),
});

/** The tasks that a task depends on. `met`: it has started since, and does not wait for them again. */
export const dependencies = z.object({ ...chosen, met: z.literal(true).optional() });
export type Dependencies = z.infer<typeof dependencies>;

/** When a task may start. Left out: normal priority, at any time, depending on nothing. */
export const schedule = z.object({
  priority: priority.optional(),
  /** Not before this, milliseconds since 1970. It is forgotten once the task has started. */
  startAt: z.number().int().min(0).max(8.64e15).optional(),
  after: dependencies.optional(),
});
export type Schedule = z.infer<typeof schedule>;

/** What a person changes of it; null takes a time, or what it depends on, away. */
export const scheduleChange = z.strictObject({
  priority: priority.optional(),
  startAt: schedule.shape.startAt.unwrap().nullable().optional(),
  after: dependenciesGiven.nullable().optional(),
});
export type ScheduleChange = z.infer<typeof scheduleChange>;
