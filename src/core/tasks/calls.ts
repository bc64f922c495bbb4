import { randomUUID } from 'node:crypto';
import type { Agent } from '../../contract/agent/state.ts';
import type { Attachment } from '../../contract/attachment/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Settings } from '../../contract/settings/state.ts';
import type { ChangedTask } from '../../contract/task/state.ts';
import { createId } from '../base/ids.ts';
import type { CoreApi } from '../core-api.ts';
import type { Log } from '../log/log.ts';
import { noCheckRuns } from './decide.ts';
import { checkSchedule } from './dependencies.ts';
import { resolveEdit, resolveSpec } from './resolve-spec.ts';
import type { CheckBase } from './session-calls.ts';
import { changed, type TaskStore } from './store.ts';

interface Deps {
  store: TaskStore;
  log: Log;
  settings(): Settings;
  project(projectId: string): Result<Project>;
  agents(): Agent[];
  hasWorkspace(taskId: string): boolean;
  /** Given files: `take` gives them to the task, `release` takes them back if task or message does not come to be. */
  attachments: {
    take(ids: readonly string[], taskId: string): Promise<Result<Attachment[]>>;
    release(given: readonly Attachment[]): void;
  };
  checkBase: CheckBase;
  /** Stops the run of a task, if there is one, without writing anything first: true. */
  stopRun(taskId: string): boolean;
  /** Whether a check of the task runs that can be stopped. */
  runsCheck(taskId: string): boolean;
  /** When a stored output was removed, and how large it was; null when it was not. */
  removedOutput(taskId: string, blob: string): { at: number; bytes: number } | null;
}

/** The calls on tasks. */
export function createTaskCalls({
  store,
  log,
  settings,
  project,
  agents,
  hasWorkspace,
  attachments,
  checkBase,
  stopRun,
  runsCheck,
  removedOutput,
}: Deps): CoreApi['tasks'] {
  const missing = (taskId: string) => reject('not-found', `There is no task ${taskId}.`);

  return {
    async create({ commandId, start, ...spec }) {
      const earlier = commandId === undefined ? null : store.taskOfCommand(commandId);
      const found = project(spec.projectId);
      if (!found.ok) return found;
      const id = earlier ?? createId('a');
      const resolved = resolveSpec(spec, id, { settings: settings(), agents: agents(), project: found.value });
      if (!resolved.ok) return resolved;
      if (earlier === null) {
        const begins = await checkBase(found.value, resolved.value);
        if (!begins.ok) return begins;
        const follows = checkSchedule(resolved.value, spec.schedule ?? {}, store.get);
        if (!follows.ok) return follows;
      }
      // A repeated command gets its earlier answer, and that task has the files already.
      const given = await attachments.take(earlier === null ? (spec.attachments ?? []) : [], id);
      if (!given.ok) return given;
      const task = { ...resolved.value, attachments: given.value };
      const done = changed(store.dispatch(id, { type: 'task.create', start: start ?? false, task }, commandId));
      if (!done.ok && earlier === null) attachments.release(given.value);
      return done;
    },
    async edit({ taskId, commandId, edit: given }) {
      const task = store.get(taskId);
      if (task === null) return missing(taskId);
      if (commandId !== undefined && store.taskOfCommand(commandId) !== null) {
        return changed(store.dispatch(taskId, { type: 'task.edit', edit: given }, commandId));
      }
      const known = project(task.projectId);
      const resolved = resolveEdit(
        given,
        task,
        { settings: settings(), agents: agents() },
        known.ok ? known.value : null,
      );
      if (!resolved.ok) return resolved;
      const edit = resolved.value;
      if (edit.base !== undefined && edit.base !== task.base) {
        if (!known.ok) return known;
        const begins = await checkBase(known.value, { base: edit.base });
        if (!begins.ok) return begins;
      }
      return changed(store.dispatch(taskId, { type: 'task.edit', edit }, commandId));
    },
    start: async ({ taskId, commandId }) => changed(store.dispatch(taskId, { type: 'task.start' }, commandId)),
    async stopCheck({ taskId, commandId }) {
      const isRepeated = commandId !== undefined && store.taskOfCommand(commandId) !== null;
      if (!isRepeated && store.get(taskId) !== null && !runsCheck(taskId)) {
        return reject('wrong-state', noCheckRuns(taskId));
      }
      return changed(store.dispatch(taskId, { type: 'check.stop' }, commandId));
    },
    async stop({ taskId, commandId }) {
      let done: Result<ChangedTask> | null = null;
      try {
        done = changed(store.dispatch(taskId, { type: 'task.stop', by: 'user' }, commandId));
        if (done.ok || done.rejection.code !== 'unavailable') return done;
      } finally {
        // To stop an agent nothing has to be written: the scheduler tells the log when there is room for it.
        if (done === null) stopRun(taskId);
      }
      const task = store.get(taskId);
      if (!stopRun(taskId) || task === null) return done;
      return accept({ ...task, phase: 'stopping', phaseWords: null, seq: log.seq() });
    },
    resume: async ({ taskId, commandId }) => changed(store.dispatch(taskId, { type: 'task.resume' }, commandId)),
    unblock: async ({ taskId, commandId, itemIds, skip }) =>
      changed(
        store.dispatch(taskId, { type: 'task.unblock', itemIds: itemIds ?? null, skip: skip ?? false }, commandId),
      ),
    rerun: async ({ taskId, commandId }) => changed(store.dispatch(taskId, { type: 'task.rerun' }, commandId)),
    move: async ({ taskId, commandId, rank, priority }) =>
      changed(store.dispatch(taskId, { type: 'task.move', rank, priority }, commandId)),
    async schedule({ taskId, commandId, change }) {
      const task = store.get(taskId);
      const isRepeated = commandId !== undefined && store.taskOfCommand(commandId) !== null;
      const follows = task === null || isRepeated ? accept(null) : checkSchedule(task, change, store.get);
      return follows.ok ? changed(store.dispatch(taskId, { type: 'task.schedule', change }, commandId)) : follows;
    },
    archive: async ({ taskId, commandId, archived }) =>
      changed(store.dispatch(taskId, { type: 'task.archive', archived }, commandId)),
    done: async ({ taskId, commandId, done }) =>
      changed(store.dispatch(taskId, { type: 'task.accept', accepted: done }, commandId)),
    async remove({ taskId, commandId, keepWorkspace }) {
      const earlier = commandId === undefined ? null : store.taskOfCommand(commandId);
      if (earlier === taskId && store.get(taskId) === null) return accept({ taskId });
      const done = store.dispatch(
        taskId,
        { type: 'task.delete', keepWorkspace: keepWorkspace ?? false, hasWorkspace: hasWorkspace(taskId) },
        commandId,
      );
      return done.ok ? accept({ taskId }) : done;
    },
    async message({ taskId, commandId, text, attachments: ids = [] }) {
      if (store.get(taskId) === null) return missing(taskId);
      const isRepeated = commandId !== undefined && store.taskOfCommand(commandId) !== null;
      const given = await attachments.take(isRepeated ? [] : ids, taskId);
      if (!given.ok) return given;
      const command = { type: 'message.queue', id: commandId ?? randomUUID(), text, attachments: given.value } as const;
      const done = changed(store.dispatch(taskId, command, commandId));
      if (!done.ok) attachments.release(given.value);
      return done;
    },
    list: async (filter) => accept({ ...store.list(filter), fromSeq: log.seq() }),
    async get({ taskId }) {
      const task = store.get(taskId);
      return task ? accept({ task, fromSeq: log.seq() }) : missing(taskId);
    },
    runs: async ({ taskId }) => (store.get(taskId) ? accept(store.runs(taskId)) : missing(taskId)),
    async log({ taskId, after, before, limit }) {
      if (!store.get(taskId)) return missing(taskId);
      if (before !== undefined) return accept({ events: log.readBefore({ taskId, before, limit }), nextAfter: null });
      const events = log.read({ taskId, after, limit });
      return accept({ events, nextAfter: events.length === limit ? (events.at(-1)?.seq ?? null) : null });
    },
    async blob({ taskId, blob, offset, limit }) {
      const found = log.readBlob(taskId, blob, offset, limit);
      if (!found) {
        const removed = removedOutput(taskId, blob);
        if (removed !== null)
          return accept({ text: '', bytes: removed.bytes, nextOffset: null, removedAt: removed.at });
        return reject('not-found', `Task ${taskId} has no stored text ${blob}.`);
      }
      const next = offset + found.text.length;
      return accept({ text: found.text, bytes: found.total, nextOffset: next < found.total ? next : null });
    },
  };
}
