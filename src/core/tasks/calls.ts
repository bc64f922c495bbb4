import { randomUUID } from 'node:crypto';
import type { Agent } from '../../contract/agent/state.ts';
import type { Attachment } from '../../contract/attachment/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { Settings } from '../../contract/settings/state.ts';
import type { Task, TaskSpec } from '../../contract/task/state.ts';
import { firstLine } from '../../contract/text.ts';
import { createId } from '../base/ids.ts';
import type { CoreApi } from '../core-api.ts';
import type { Log } from '../log/log.ts';
import type { Dispatched, TaskStore } from './store.ts';

interface Deps {
  store: TaskStore;
  log: Log;
  settings(): Settings;
  project(projectId: string): Outcome<Project>;
  agents(): Agent[];
  hasWorkspace(taskId: string): boolean;
  /** Files given with the goal: `take` gives them to the task, `release` takes them back if it does not come to be. */
  attachments: {
    take(ids: readonly string[], taskId: string): Promise<Outcome<Attachment[]>>;
    release(taskId: string): void;
  };
  /** Refused when no workspace could begin from `base`; null takes what the project has checked out. */
  checkBase(project: Project, base: string | null): Promise<Outcome<unknown>>;
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
}: Deps): CoreApi['tasks'] {
  const taskOf = (done: Outcome<Dispatched>): Outcome<Task> => (done.ok ? accept(done.value.task) : done);
  const missing = (taskId: string) => reject('not-found', `There is no task ${taskId}.`);

  /** Refuses a choice of agent, model or effort that cannot be. */
  function chooseAgent(choice: TaskSpec['agent']): Outcome<Task['agent']> {
    const defaults = settings();
    const name = choice?.agent ?? defaults['agent.default'];
    const found = agents().find((one) => one.name === name);
    if (!found) {
      const names = agents().map((one) => one.name);
      return reject('not-found', `There is no agent named ${name}. There are ${names.join(', ')}.`, names);
    }
    const isDefault = name === defaults['agent.default'];
    const chosen = {
      agent: name,
      model: choice?.model ?? found.model ?? (isDefault ? defaults['agent.model'] : null),
      effort: choice?.effort ?? found.effort ?? (isDefault ? defaults['agent.effort'] : null),
    };
    const { efforts, models } = found.capabilities;
    if (chosen.effort !== null && efforts.length > 0 && !efforts.includes(chosen.effort)) {
      return reject('invalid', `${name} has no effort ${chosen.effort}. It has ${efforts.join(', ')}.`, efforts);
    }
    if (chosen.model !== null && models.length > 0 && !models.includes(chosen.model)) {
      return reject('invalid', `${name} has no model ${chosen.model}. It has ${models.join(', ')}.`, models);
    }
    return accept(chosen);
  }

  return {
    async create({ commandId, start, ...spec }) {
      const earlier = commandId === undefined ? null : store.taskOfCommand(commandId);
      const found = project(spec.projectId);
      if (!found.ok) return found;
      const chosen = chooseAgent(spec.agent);
      if (!chosen.ok) return chosen;
      if (spec.goal.trim() === '') return reject('invalid', 'The goal is empty.');
      if (earlier === null) {
        const begins = await checkBase(found.value, spec.base ?? null);
        if (!begins.ok) return begins;
      }
      const defaults = settings();
      const id = earlier ?? createId('a');
      // A repeated command gets its earlier answer, and that task has the files already.
      const given = await attachments.take(earlier === null ? (spec.attachments ?? []) : [], id);
      if (!given.ok) return given;
      const done = taskOf(
        store.dispatch(
          id,
          {
            type: 'task.create',
            start: start ?? false,
            task: {
              id,
              projectId: spec.projectId,
              title: spec.title?.trim() || firstLine(spec.goal) || id,
              goal: spec.goal,
              base: spec.base ?? null,
              agent: chosen.value,
              autonomy: spec.autonomy ?? defaults['agent.autonomy'],
              limits: {
                maxRetries: spec.limits?.maxRetries ?? defaults['task.maxRetries'],
                firstResponseMs: spec.limits?.firstResponseMs ?? defaults['task.firstResponseMs'],
                turnMs: spec.limits?.turnMs ?? defaults['task.turnMs'],
                inactivityMs: spec.limits?.inactivityMs ?? defaults['task.inactivityMs'],
              },
              checks: spec.checks ?? [],
              attachments: given.value,
              items: (spec.items ?? []).map((item) => ({ text: item.text, check: item.check ?? null })),
            },
          },
          commandId,
        ),
      );
      if (!done.ok && earlier === null) attachments.release(id);
      return done;
    },
    async edit({ taskId, commandId, edit }) {
      if (edit.agent) {
        const chosen = chooseAgent(edit.agent);
        if (!chosen.ok) return chosen;
      }
      return taskOf(store.dispatch(taskId, { type: 'task.edit', edit }, commandId));
    },
    start: async ({ taskId, commandId }) => taskOf(store.dispatch(taskId, { type: 'task.start' }, commandId)),
    stop: async ({ taskId, commandId }) => taskOf(store.dispatch(taskId, { type: 'task.stop', by: 'user' }, commandId)),
    resume: async ({ taskId, commandId }) => taskOf(store.dispatch(taskId, { type: 'task.resume' }, commandId)),
    rerun: async ({ taskId, commandId }) => taskOf(store.dispatch(taskId, { type: 'task.rerun' }, commandId)),
    move: async ({ taskId, commandId, rank }) => taskOf(store.dispatch(taskId, { type: 'task.move', rank }, commandId)),
    archive: async ({ taskId, commandId, archived }) =>
      taskOf(store.dispatch(taskId, { type: 'task.archive', archived }, commandId)),
    done: async ({ taskId, commandId, done }) =>
      taskOf(store.dispatch(taskId, { type: 'task.accept', accepted: done }, commandId)),
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
    message: async ({ taskId, commandId, text }) =>
      taskOf(store.dispatch(taskId, { type: 'message.queue', id: commandId ?? randomUUID(), text }, commandId)),
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
      if (!found) return reject('not-found', `Task ${taskId} has no stored text ${blob}.`);
      const next = offset + found.text.length;
      return accept({ text: found.text, bytes: found.total, nextOffset: next < found.total ? next : null });
    },
  };
}
