import * as z from 'zod';
import { autonomy } from '../agent/state.ts';
import { attachment } from '../attachment/state.ts';
import { leftoverKind } from '../clean-up/state.ts';
import { itemId, runId, taskId } from '../ids.ts';
import { landingEvents } from '../landing/events.ts';
import { runEvents } from '../run/events.ts';
import { queuedMessage, workSize } from '../run/state.ts';
import { schedule } from './schedule.ts';
import { actor, item, itemStatus, note, outcome, runMode, task, taskFields, waiting } from './state.ts';

/** The parts of a task that can be changed while it does not run. */
export const taskEdit = taskFields.partial().strict();
export type TaskEdit = z.infer<typeof taskEdit>;

export const taskEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('task.created'),
    task: task.pick({ id: true, kind: true, projectId: true }).extend({
      ...taskFields.shape,
      // Absent in logs of earlier versions.
      attachments: z.array(attachment).optional(),
      schedule: schedule.optional(),
      onBranch: z.literal(true).optional(),
    }),
    items: z.array(item),
  }),
  z.object({ type: z.literal('task.edited'), edit: taskEdit }),
  /** `to`: a person gets the session as soon as the run begins. */
  z.object({ type: z.literal('task.queued'), mode: runMode, waiting, to: z.literal('person').optional() }),
  /** The user or the system wants it to stop; a running task settles once the agent's processes are gone. */
  z.object({ type: z.literal('task.stop-requested'), by: z.enum(['user', 'system']) }),
  /** A queued task that will not run. */
  z.object({ type: z.literal('task.cancelled'), outcome }),
  /** Its place among drafts and queued tasks. */
  z.object({ type: z.literal('task.moved'), rank: z.number() }),
  /** When it may start, all of it. */
  z.object({ type: z.literal('task.scheduled'), schedule }),
  z.object({ type: z.literal('task.archived'), archived: z.boolean() }),
  /** A person takes the work as done, or no longer. */
  z.object({ type: z.literal('task.accepted'), accepted: z.boolean() }),
  /** How far the agent may go from now on, also while it runs. */
  z.object({ type: z.literal('autonomy.changed'), autonomy }),
  z.object({ type: z.literal('task.deleted') }),
  /**
   * A clean-up of a person, or the automatic one, has removed something that the task had left: `name` is the id of the
   * workspace or the name of the terminal, empty for outputs. `bytes` is null where it was not measured.
   */
  z.object({
    type: z.literal('leftover.removed'),
    what: leftoverKind,
    name: z.string(),
    bytes: z.number().nullable(),
    by: z.enum(['user', 'drover']),
  }),
  z.object({ type: z.literal('message.queued'), message: queuedMessage }),
  z.object({ type: z.literal('message.edited'), messageId: z.string(), text: z.string() }),
  z.object({ type: z.literal('message.withdrawn'), messageId: z.string() }),
  /** Among those that are queued: read before this one, or last with null. */
  z.object({ type: z.literal('message.moved'), messageId: z.string(), before: z.string().nullable() }),
  /** The turn is to end, so that the agent reads this message, or all that are queued. */
  z.object({ type: z.literal('message.send-requested'), messageId: z.string().optional() }),
  /** The check that runs is to end, and has failed. */
  z.object({ type: z.literal('check.stop-requested') }),
  z.object({ type: z.literal('item.added'), item, by: actor }),
  z.object({ type: z.literal('item.changed'), itemId, status: itemStatus, reason: z.string().nullable(), by: actor }),
  z.object({ type: z.literal('item.noted'), itemId, note }),
  z.object({ type: z.literal('run.started'), runId, no: z.number(), mode: runMode, sessionId: z.string().nullable() }),
  z.object({
    type: z.literal('run.settled'),
    runId,
    status: z.enum(['completed', 'failed', 'cancelled']),
    outcome,
    size: workSize.optional(),
  }),
  ...landingEvents,
  ...runEvents,
]);
export type TaskEvent = z.infer<typeof taskEvent>;

/** An event as it stands in the log. `seq` is global, starts at 1 and only grows; `at` is milliseconds since 1970. */
export const loggedEvent = z.object({ seq: z.number(), at: z.number(), taskId, event: taskEvent });
export type LoggedEvent = z.infer<typeof loggedEvent>;
