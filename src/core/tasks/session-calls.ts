import type { Agent } from '../../contract/agent/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Settings } from '../../contract/settings/state.ts';
import type { TaskEdit } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';
import { createId } from '../base/ids.ts';
import type { Caller, CoreApi } from '../core-api.ts';
import { hasTerminal, noTerminal } from './choose-agent.ts';
import { resolveEdit, resolveSession } from './resolve-spec.ts';
import { changed, type TaskStore } from './store.ts';

/** Refused when no workspace could begin so; without a base it takes what the project has checked out. */
export type CheckBase = (project: Project, from: Pick<Task, 'base' | 'onBranch'>) => Promise<Result<unknown>>;

interface Deps {
  store: TaskStore;
  settings(): Settings;
  project(projectId: string): Result<Project>;
  agents(): readonly Agent[];
  checkBase: CheckBase;
}

/**
 * The calls by which a person opens a session, or takes over that of a task. No agent may, whatever its carrier lets
 * through.
 */
export function createSessionCalls({ store, settings, project, agents, checkBase }: Deps): CoreApi['sessions'] {
  const defaults = () => ({ settings: settings(), agents: agents() });

  function checkTerminal(taskId: string): Result<null> {
    const { agent } = store.get(taskId)?.agent ?? {};
    const found = agents().find(({ name }) => name === agent);
    return !found || hasTerminal(found) ? accept(null) : noTerminal(found);
  }

  /** The goal with what follows from it; null where none is given. */
  function editOf(taskId: string, goal: string | undefined): Result<TaskEdit | null> {
    const task = store.get(taskId);
    if (goal === undefined || task === null) return accept(null);
    const found = project(task.projectId);
    return resolveEdit({ goal }, task, defaults(), found.ok ? found.value : null);
  }

  return {
    async open({ commandId, ...spec }, caller) {
      const allowed = checkPerson(caller);
      if (!allowed.ok) return allowed;
      const earlier = commandId === undefined ? null : store.taskOfCommand(commandId);
      const found = project(spec.projectId);
      if (!found.ok) return found;
      const id = earlier ?? createId('a');
      const resolved = resolveSession(spec, id, found.value, defaults());
      if (!resolved.ok) return resolved;
      if (earlier === null) {
        const begins = await checkBase(found.value, resolved.value);
        if (!begins.ok) return begins;
      }
      const task = { ...resolved.value, attachments: [] };
      return changed(store.dispatch(id, { type: 'task.create', start: true, to: 'person', task }, commandId));
    },
    async takeOver({ taskId, now, commandId }, caller) {
      const allowed = checkPerson(caller);
      if (!allowed.ok) return allowed;
      const can = checkTerminal(taskId);
      if (!can.ok) return can;
      const command = { type: 'session.hand-over', to: 'person', ...(now ? { now } : {}) } as const;
      return changed(store.dispatch(taskId, command, commandId));
    },
    async giveBack({ taskId, goal, items, commandId }, caller) {
      const allowed = checkPerson(caller);
      if (!allowed.ok) return allowed;
      const edit = editOf(taskId, goal);
      if (!edit.ok) return edit;
      const added = (items ?? []).map(({ text, check }) => ({ text, check: check ?? null }));
      return changed(
        store.dispatch(
          taskId,
          {
            ...{ type: 'session.hand-over', to: 'loop' },
            ...(edit.value === null ? {} : { edit: edit.value }),
            ...(added.length > 0 ? { items: added } : {}),
          } as const,
          commandId,
        ),
      );
    },
  };
}

function checkPerson({ by, taskId }: Caller): Result<null> {
  if (by === 'user' && taskId === null) return accept(null);
  return reject('forbidden', 'A session is opened, taken over and given back by a person: no agent may.');
}
