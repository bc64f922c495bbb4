import * as z from 'zod';
import { MAX_ATTACHMENTS } from '../attachment/state.ts';
import { base, command, commandOnTask, onTask } from '../call.ts';
import { attachmentId, itemId, projectId, taskId } from '../ids.ts';
import { run } from '../run/state.ts';
import { MAX_TEXT } from '../text.ts';
import { loggedEvent, taskEdit } from './events.ts';
import { priority, scheduleChange } from './schedule.ts';
import { changedTask, task, taskHit, taskSpec, taskStatus, taskSummary } from './state.ts';

/** The calls on tasks. */
export const tasks = {
  create: base
    .route({ method: 'POST', path: '/tasks', summary: 'Make a task, as a draft or started' })
    .input(taskSpec.extend({ ...command, start: z.boolean().optional() }))
    .output(changedTask),
  edit: base
    .route({ method: 'PATCH', path: '/tasks/{taskId}', summary: 'Change a task that is not running' })
    .input(commandOnTask.extend({ edit: taskEdit }))
    .output(changedTask),
  start: base
    .route({ method: 'POST', path: '/tasks/{taskId}/start', summary: 'Queue a draft' })
    .input(commandOnTask)
    .output(changedTask),
  stop: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/stop',
      summary: 'Stop a task; returns at once, the task settles when its processes are gone',
    })
    .input(commandOnTask)
    .output(changedTask),
  stopCheck: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/stop-check',
      summary: 'Stop the check that runs: it counts as failed, and the agent is told',
    })
    .input(commandOnTask)
    .output(changedTask),
  resume: base
    .route({ method: 'POST', path: '/tasks/{taskId}/resume', summary: 'Continue in the same session and workspace' })
    .input(commandOnTask)
    .output(changedTask),
  unblock: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/unblock',
      summary: 'Reopen blocked items, or skip them; a task that has ended continues when none is left',
    })
    .input(
      commandOnTask.extend({
        itemIds: z.array(itemId).min(1).max(500).optional().describe('Left out: every item that is blocked'),
        skip: z.boolean().optional(),
      }),
    )
    .output(changedTask),
  rerun: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/rerun',
      summary: 'Start from scratch: new session, new workspace, all items pending',
    })
    .input(commandOnTask)
    .output(changedTask),
  remove: base
    .route({ method: 'DELETE', path: '/tasks/{taskId}', summary: 'Delete a task and its log' })
    .input(commandOnTask.extend({ keepWorkspace: z.boolean().optional() }))
    .output(z.object({ taskId })),
  move: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/move',
      summary: 'Move a task among drafts and queued tasks',
    })
    .input(
      commandOnTask.extend({
        rank: z.number().finite(),
        priority: priority.optional().describe('Of a place among tasks of another priority'),
      }),
    )
    .output(changedTask),
  schedule: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/schedule',
      summary: 'Say when a task may start: its priority, a time, and the tasks that must be finished first',
    })
    .input(commandOnTask.extend({ change: scheduleChange }))
    .output(changedTask),
  archive: base
    .route({ method: 'POST', path: '/tasks/{taskId}/archive', summary: 'Archive a task, or restore it' })
    .input(commandOnTask.extend({ archived: z.boolean() }))
    .output(changedTask),
  done: base
    .route({ method: 'POST', path: '/tasks/{taskId}/done', summary: 'Mark a task as done, or no longer' })
    .input(commandOnTask.extend({ done: z.boolean() }))
    .output(changedTask),
  message: base
    .route({
      method: 'POST',
      path: '/tasks/{taskId}/messages',
      summary: 'Send a message; the agent reads it after its turn',
    })
    .input(
      commandOnTask.extend({
        text: z.string().min(1).max(MAX_TEXT),
        attachments: z
          .array(attachmentId)
          .max(MAX_ATTACHMENTS)
          .optional()
          .describe('Files added before with `attachments.add`; agents that take images are shown them'),
      }),
    )
    .output(changedTask),
  list: base
    .route({ method: 'GET', path: '/tasks', summary: 'A page of tasks, newest first' })
    .input(
      z.strictObject({
        projectId: projectId.optional(),
        status: z.array(taskStatus).optional(),
        search: z
          .string()
          .max(200)
          .optional()
          .describe('Words that must all occur in title, id, branch, outcome, goal, items or first lines of messages'),
        archived: z.boolean().optional().describe('Only archived tasks, or only those that are not; left out: all'),
        limit: z.number().int().min(1).max(2000).default(100),
        cursor: z.string().max(64).optional(),
      }),
    )
    .output(
      z.object({
        tasks: z.array(taskSummary),
        nextCursor: z.string().nullable(),
        fromSeq: z.number(),
        hits: z.array(taskHit).describe('With `search`: where it was found, when that is not the title'),
      }),
    ),
  get: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}',
      summary: 'One task; `fromSeq` is the last event folded into it',
    })
    .input(onTask)
    .output(z.object({ task, fromSeq: z.number() })),
  runs: base
    .route({ method: 'GET', path: '/tasks/{taskId}/runs', summary: 'All runs of a task, oldest first' })
    .input(onTask)
    .output(z.array(run)),
  log: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/log',
      summary: 'A page of the log of a task, oldest first, after a sequence number; or the newest page before one',
    })
    .input(
      onTask.extend({
        after: z.number().int().min(0).default(0),
        before: z.number().int().min(1).optional().describe('With it, the newest page before this sequence number'),
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.object({ events: z.array(loggedEvent), nextAfter: z.number().nullable() })),
  blob: base
    .route({
      method: 'GET',
      path: '/tasks/{taskId}/blobs/{blob}',
      summary: 'The full text of which an event shows the beginning',
    })
    .input(
      onTask.extend({
        blob: z.string().max(64),
        offset: z.number().int().min(0).default(0),
        limit: z
          .number()
          .int()
          .min(1)
          .max(512 * 1024)
          .default(512 * 1024),
      }),
    )
    // `removedAt`: it was removed then, and `text` is empty.
    .output(
      z.object({
        text: z.string(),
        bytes: z.number(),
        nextOffset: z.number().nullable(),
        removedAt: z.number().optional(),
      }),
    ),
};
