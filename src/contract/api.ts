import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { agent, agentDetail, autonomy } from './agent/state.ts';
import { rule, ruleDecision, ruleSpec, ruleTrial } from './approval/rule.ts';
import { approval, approvalAnswer, approvalDetail, approvalFilter, surface } from './approval/state.ts';
import { attachment, MAX_ATTACHMENT_BYTES } from './attachment/state.ts';
import { approvalId, attachmentId, commandId, itemId, projectId, ruleId, taskId, workspaceId } from './ids.ts';
import { liveDelta } from './live.ts';
import { loggedPause, pauseState } from './pause/state.ts';
import { argv, branch, gitProbe, listedProject, projectDetail, projectSettings } from './project/state.ts';
import { rejection } from './rejection-shape.ts';
import { run } from './run/state.ts';
import { settingEntry } from './settings/state.ts';
import { loggedEvent, taskEdit } from './task/events.ts';
import { item, itemStatus, task, taskHit, taskSpec, taskStatus, taskSummary } from './task/state.ts';
import { MAX_TEXT } from './text.ts';
import { fileDiff, workspace, workspaceChanges, workspaceDetail } from './workspace/state.ts';

/** Every call can be refused with a reason; `data.code` says which kind, the HTTP status is 409 for all of them. */
const base = oc.errors({ REJECTED: { status: 409, message: 'Refused', data: rejection } });

/** A command may carry an id; sent again with the same id it gets the same answer and does nothing twice. */
const command = { commandId: commandId.optional() };
// Inputs are strict objects, inner ones too: a key that is not known is refused, never ignored.
const onTask = z.strictObject({ taskId });
const commandOnTask = onTask.extend(command);

/** What a stream of events brings. `caught-up` comes once, when everything logged before the call has been sent. */
export const streamMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: loggedEvent }),
  z.object({ type: z.literal('live'), delta: liveDelta }),
  z.object({ type: z.literal('caught-up'), seq: z.number() }),
  z.object({
    type: z.literal('changed'),
    what: z.enum(['projects', 'workspaces', 'settings', 'agents', 'rules', 'pause']),
  }),
]);
export type StreamMessage = z.infer<typeof streamMessage>;

export const systemStatus = z.object({
  version: z.string(),
  pid: z.number(),
  startedAt: z.number(),
  address: z.string(),
  dataFolder: z.string(),
  logFile: z.string(),
  seq: z.number(),
  tasks: z.record(taskStatus, z.number()),
});
export type SystemStatus = z.infer<typeof systemStatus>;

/** Sizes are in bytes; null where it could not be measured. */
export const dataDescription = z.object({
  folder: z.string(),
  database: z.number(),
  attachments: z.number(),
  logs: z.number(),
  workspaces: z.object({ count: z.number(), bytes: z.number().nullable() }),
  backups: z.array(z.object({ path: z.string(), bytes: z.number(), at: z.number() })),
});
export type DataDescription = z.infer<typeof dataDescription>;

/** The list of calls: one line each, the same over every carrier. Times are milliseconds since 1970. */
export const api = {
  system: {
    status: base
      .route({ method: 'GET', path: '/status', summary: 'Version, address and state of this Drover' })
      .output(systemStatus),
    openLink: base
      .route({
        method: 'POST',
        path: '/open-link',
        summary: 'A link that signs a browser in, once, within two minutes',
      })
      .output(z.object({ url: z.string() })),
  },
  /** Pausing everything: nothing starts, and what runs goes back into the queue. */
  pause: {
    get: base
      .route({ method: 'GET', path: '/pause', summary: 'Whether everything is paused, since when and by whom' })
      .output(pauseState),
    begin: base
      .route({ method: 'POST', path: '/pause', summary: 'Pause everything' })
      .input(z.strictObject({ ...command, from: surface.default('api') }))
      .output(pauseState),
    end: base
      .route({ method: 'POST', path: '/resume', summary: 'Resume everything' })
      .input(z.strictObject({ ...command, from: surface.default('api') }))
      .output(pauseState),
    log: base
      .route({ method: 'GET', path: '/pause/log', summary: 'When everything was paused and resumed, newest first' })
      .input(
        z.strictObject({
          before: z.number().int().min(1).optional(),
          limit: z.number().int().min(1).max(500).default(100),
        }),
      )
      .output(z.array(loggedPause)),
  },
  tasks: {
    create: base
      .route({ method: 'POST', path: '/tasks', summary: 'Make a task, as a draft or started' })
      .input(taskSpec.extend({ ...command, start: z.boolean().optional() }))
      .output(task),
    edit: base
      .route({ method: 'PATCH', path: '/tasks/{taskId}', summary: 'Change a task that is not running' })
      .input(commandOnTask.extend({ edit: taskEdit }))
      .output(task),
    start: base
      .route({ method: 'POST', path: '/tasks/{taskId}/start', summary: 'Queue a draft' })
      .input(commandOnTask)
      .output(task),
    stop: base
      .route({
        method: 'POST',
        path: '/tasks/{taskId}/stop',
        summary: 'Stop a task; returns at once, the task settles when its processes are gone',
      })
      .input(commandOnTask)
      .output(task),
    resume: base
      .route({ method: 'POST', path: '/tasks/{taskId}/resume', summary: 'Continue in the same session and workspace' })
      .input(commandOnTask)
      .output(task),
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
      .output(task),
    rerun: base
      .route({
        method: 'POST',
        path: '/tasks/{taskId}/rerun',
        summary: 'Start from scratch: new session, new workspace, all items pending',
      })
      .input(commandOnTask)
      .output(task),
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
      .input(commandOnTask.extend({ rank: z.number().finite() }))
      .output(task),
    archive: base
      .route({ method: 'POST', path: '/tasks/{taskId}/archive', summary: 'Archive a task, or restore it' })
      .input(commandOnTask.extend({ archived: z.boolean() }))
      .output(task),
    done: base
      .route({ method: 'POST', path: '/tasks/{taskId}/done', summary: 'Mark a task as done, or no longer' })
      .input(commandOnTask.extend({ done: z.boolean() }))
      .output(task),
    message: base
      .route({
        method: 'POST',
        path: '/tasks/{taskId}/messages',
        summary: 'Send a follow-up; it waits for the next turn',
      })
      .input(commandOnTask.extend({ text: z.string().min(1).max(MAX_TEXT) }))
      .output(task),
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
            .describe(
              'Words that must all occur in title, id, branch, outcome, goal, items or first lines of messages',
            ),
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
      .output(z.object({ text: z.string(), bytes: z.number(), nextOffset: z.number().nullable() })),
  },
  messages: {
    edit: base
      .route({
        method: 'PUT',
        path: '/tasks/{taskId}/messages/{messageId}',
        summary: 'Change a queued message; refused once the agent has it',
      })
      .input(commandOnTask.extend({ messageId: commandId, text: z.string().min(1).max(MAX_TEXT) }))
      .output(task),
    send: base
      .route({
        method: 'POST',
        path: '/tasks/{taskId}/messages/send',
        summary: 'Interrupt the agent, so that it reads the queued messages now',
      })
      .input(commandOnTask)
      .output(task),
    remove: base
      .route({
        method: 'DELETE',
        path: '/tasks/{taskId}/messages/{messageId}',
        summary: 'Remove a queued message; refused once the agent has it',
      })
      .input(commandOnTask.extend({ messageId: commandId }))
      .output(task),
  },
  items: {
    list: base
      .route({ method: 'GET', path: '/tasks/{taskId}/items', summary: 'The checklist' })
      .input(onTask)
      .output(z.array(item)),
    add: base
      .route({ method: 'POST', path: '/tasks/{taskId}/items', summary: 'Add an item at the end' })
      .input(commandOnTask.extend({ text: z.string().min(1).max(MAX_TEXT), check: argv.nullable().optional() }))
      .output(item),
    set: base
      .route({
        method: 'POST',
        path: '/tasks/{taskId}/items/{itemId}/status',
        summary: 'Set the status of an item; completing it runs its check first',
      })
      .input(
        commandOnTask.extend({ itemId, status: itemStatus, reason: z.string().max(MAX_TEXT).nullable().optional() }),
      )
      .output(item),
    note: base
      .route({ method: 'POST', path: '/tasks/{taskId}/items/{itemId}/notes', summary: 'Add a note to an item' })
      .input(commandOnTask.extend({ itemId, text: z.string().min(1).max(MAX_TEXT) }))
      .output(item),
  },
  projects: {
    add: base
      .route({ method: 'POST', path: '/projects', summary: 'Add a git repository' })
      .input(
        z.strictObject({
          path: z.string().min(1).max(4096),
          name: z.string().min(1).max(120).optional(),
          trusted: z.boolean().optional(),
        }),
      )
      .output(projectDetail),
    list: base
      .route({ method: 'GET', path: '/projects', summary: 'All projects, by name' })
      .output(z.array(listedProject)),
    get: base
      .route({ method: 'GET', path: '/projects/{projectId}' })
      .input(z.strictObject({ projectId }))
      .output(projectDetail),
    trust: base
      .route({
        method: 'POST',
        path: '/projects/{projectId}/trust',
        summary: 'Let the repository’s own hooks, MCP servers and settings run, or no longer',
      })
      .input(z.strictObject({ projectId, trusted: z.boolean() }))
      .output(projectDetail),
    branches: base
      .route({
        method: 'GET',
        path: '/projects/{projectId}/branches',
        summary: 'Branches and tags a workspace can begin from, the newest first',
      })
      .input(
        z.strictObject({
          projectId,
          search: z.string().max(200).optional(),
          limit: z.number().int().min(1).max(500).default(100),
        }),
      )
      .output(z.object({ branches: z.array(branch), more: z.boolean() })),
    git: base
      .route({ method: 'GET', path: '/git', summary: 'Whether git is there, and what to do if not' })
      .output(gitProbe),
    set: base
      .route({
        method: 'PATCH',
        path: '/projects/{projectId}',
        summary: 'Change name or settings, or say where the folder is now',
      })
      .input(
        z.strictObject({
          projectId,
          name: z.string().min(1).max(120).optional(),
          path: z.string().min(1).max(4096).optional(),
          settings: projectSettings.partial().strict().optional(),
        }),
      )
      .output(projectDetail),
    remove: base
      .route({
        method: 'DELETE',
        path: '/projects/{projectId}',
        summary: 'Remove a project; its folder is never touched',
      })
      .input(z.strictObject({ projectId }))
      .output(z.object({ projectId })),
  },
  attachments: {
    add: base
      .route({
        method: 'POST',
        path: '/attachments',
        summary: 'Upload a file for a new task; deleted after 24 h if unused',
      })
      .input(
        z.strictObject({
          name: z.string().min(1).max(200),
          base64: z.string().max(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4),
        }),
      )
      .output(attachment),
    remove: base
      .route({
        method: 'DELETE',
        path: '/attachments/{attachmentId}',
        summary: 'Delete a file that no task uses yet',
      })
      .input(z.strictObject({ attachmentId }))
      .output(z.object({ attachmentId })),
  },
  approvals: {
    list: base
      .route({
        method: 'GET',
        path: '/approvals',
        summary: 'Approvals, newest first; with status `pending` only, oldest first',
      })
      .input(
        approvalFilter.extend({
          limit: z.number().int().min(1).max(500).default(100),
          cursor: z.string().max(64).optional(),
        }),
      )
      .output(
        z.object({
          approvals: z.array(approval),
          nextCursor: z.string().nullable(),
          pending: z.number().describe('How many are pending in all'),
        }),
      ),
    get: base
      .route({ method: 'GET', path: '/approvals/{approvalId}', summary: 'One approval with its exact input' })
      .input(z.strictObject({ approvalId }))
      .output(approvalDetail),
    answer: base
      .route({
        method: 'POST',
        path: '/approvals/{approvalId}/answer',
        summary: 'Answer an approval; the first answer wins, a later one is refused and says who answered',
      })
      .input(z.strictObject({ ...command, approvalId, answer: approvalAnswer, from: surface.default('api') }))
      .output(approval),
    export: base
      .route({ method: 'GET', path: '/approvals-export', summary: 'A page of the audit as CSV or JSON lines' })
      .input(
        approvalFilter.extend({
          format: z.enum(['csv', 'json']),
          limit: z.number().int().min(1).max(5000).default(1000),
          cursor: z.string().max(64).optional(),
        }),
      )
      .output(z.object({ text: z.string(), nextCursor: z.string().nullable() })),
  },
  rules: {
    list: base
      .route({ method: 'GET', path: '/rules', summary: 'All rules, newest first' })
      .input(z.strictObject({ projectId: projectId.optional(), taskId: taskId.optional() }))
      .output(z.array(rule)),
    add: base.route({ method: 'POST', path: '/rules', summary: 'Make a rule' }).input(ruleSpec).output(rule),
    set: base
      .route({ method: 'PATCH', path: '/rules/{ruleId}', summary: 'Change a rule, or turn it off or on' })
      .input(
        z.strictObject({
          ruleId,
          pattern: z.string().min(1).max(4096).optional(),
          decision: ruleDecision.optional(),
          enabled: z.boolean().optional(),
        }),
      )
      .output(rule),
    remove: base
      .route({ method: 'DELETE', path: '/rules/{ruleId}', summary: 'Delete a rule' })
      .input(z.strictObject({ ruleId }))
      .output(z.object({ ruleId })),
    try: base
      .route({ method: 'POST', path: '/rules/try', summary: 'The decision on a command or a path, and why' })
      .input(
        z.strictObject({
          tool: z.string().min(1).max(200),
          /** A command, or a path. */
          text: z.string().max(64 * 1024),
          projectId: projectId.optional(),
          taskId: taskId.optional(),
          autonomy: autonomy.optional(),
        }),
      )
      .output(ruleTrial),
  },
  data: {
    describe: base
      .route({ method: 'GET', path: '/data', summary: 'Where the data is and how much space it takes' })
      .output(dataDescription),
    backUp: base
      .route({ method: 'POST', path: '/data/backups', summary: 'Write a copy of the database into the data folder' })
      .output(z.object({ path: z.string(), bytes: z.number() })),
    open: base
      .route({ method: 'POST', path: '/data/open', summary: 'Show the data folder in the file manager' })
      .output(z.object({ words: z.string() })),
  },
  workspaces: {
    list: base
      .route({ method: 'GET', path: '/workspaces', summary: 'All workspaces, newest first' })
      .input(z.strictObject({ projectId: projectId.optional(), taskId: taskId.optional() }))
      .output(z.array(workspaceDetail)),
    recorded: base
      .route({
        method: 'GET',
        path: '/workspace-records',
        summary: 'All workspaces as recorded, without asking git',
      })
      .input(z.strictObject({ projectId: projectId.optional(), taskId: taskId.optional() }))
      .output(z.array(workspace)),
    get: base
      .route({ method: 'GET', path: '/workspaces/{workspaceId}' })
      .input(z.strictObject({ workspaceId }))
      .output(workspaceDetail),
    remove: base
      .route({
        method: 'DELETE',
        path: '/workspaces/{workspaceId}',
        summary: 'Remove a worktree; refused while dirty or unmerged unless `discard`, and then the work is kept first',
      })
      .input(z.strictObject({ workspaceId, discard: z.boolean().optional() }))
      .output(workspaceDetail),
    open: base
      .route({
        method: 'POST',
        path: '/workspaces/{workspaceId}/open',
        summary: 'Open a workspace in an editor, a terminal or the file manager of this machine',
      })
      .input(z.strictObject({ workspaceId, in: z.enum(['editor', 'terminal', 'files']) }))
      .output(z.object({ words: z.string() })),
    changes: base
      .route({
        method: 'GET',
        path: '/workspaces/{workspaceId}/changes',
        summary: 'The files that differ from the base commit, uncommitted and untracked ones included',
      })
      .input(z.strictObject({ workspaceId }))
      .output(workspaceChanges),
    fileDiff: base
      .route({
        method: 'GET',
        path: '/workspaces/{workspaceId}/diff',
        summary: 'How one file differs from the base commit, as a unified diff of at most 1 MB',
      })
      .input(z.strictObject({ workspaceId, path: z.string().min(1).max(4096) }))
      .output(fileDiff),
  },
  agents: {
    list: base
      .route({ method: 'GET', path: '/agents', summary: 'The agents that can be chosen' })
      .output(z.array(agent)),
    get: base
      .route({ method: 'GET', path: '/agents/{name}', summary: 'One agent, with its program checked again' })
      .input(z.strictObject({ name: z.string().min(1).max(64) }))
      .output(agentDetail),
  },
  settings: {
    list: base
      .route({ method: 'GET', path: '/settings', summary: 'Every setting with its value and default' })
      .output(z.array(settingEntry)),
    get: base
      .route({ method: 'GET', path: '/settings/{key}' })
      .input(z.strictObject({ key: z.string().max(64) }))
      .output(settingEntry),
    set: base
      .route({
        method: 'PUT',
        path: '/settings/{key}',
        summary: 'Set a setting; a value of undefined restores the default',
      })
      .input(z.strictObject({ key: z.string().max(64), value: z.unknown().optional() }))
      .output(settingEntry),
  },
  events: {
    /**
     * All events after a sequence number, then every new one as it is stored, without a gap or a repeat. With `live`,
     * streaming text too. After a lost connection, call again with the last `seq` that arrived.
     */
    subscribe: base
      .route({ method: 'GET', path: '/events', summary: 'Events as they happen (server-sent events over HTTP)' })
      .input(
        z.strictObject({
          after: z
            .number()
            .int()
            .min(0)
            .optional()
            .describe('Last sequence number already known; left out: only new events'),
          taskId: taskId.optional(),
          live: z.boolean().default(false),
        }),
      )
      .output(eventIterator(streamMessage)),
  },
};
export type Api = typeof api;

type Procedure<I, O> = { '~orpc': { inputSchema?: I | undefined; outputSchema?: O | undefined } };
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Answered<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What the call `Noun.Verb` is given after its input was checked, and what it returns. */
export type CallInput<N extends keyof Api, V extends keyof Api[N]> =
  Api[N][V] extends Procedure<infer I, unknown> ? Parsed<I> : never;
export type CallOutput<N extends keyof Api, V extends keyof Api[N]> =
  Api[N][V] extends Procedure<unknown, infer O> ? Answered<O> : never;
