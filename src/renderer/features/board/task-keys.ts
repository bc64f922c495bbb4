import type { TaskSummary } from '../../../contract/task/state.ts';
import { type ActionRun, useActions } from '../../app/actions.ts';
import { openDraft } from '../../app/window-state.ts';
import { useAgents, useStore } from '../../state/hooks.ts';
import { askLand } from '../land/ask-land.tsx';
import { askSchedule } from '../schedule/ask-schedule.tsx';
import { fitting } from './bulk.logic.ts';
import { acceptTasks, archiveTasks } from './bulk.tsx';
import { labels } from './labels.ts';
import { askTitle } from './rename.tsx';
import { type SessionTask, sessionAct } from './session.logic.ts';
import { handOver } from './session-acts.ts';
import {
  ACTION_WORDS,
  actionsOf,
  canAccept,
  canLand,
  canRename,
  mainAction,
  type TaskAction,
} from './task-actions.logic.ts';

type Target = Pick<
  TaskSummary,
  'title' | 'projectId' | 'archivedAt' | 'acceptedAt' | 'schedule' | 'branch' | 'landed'
> &
  SessionTask;

/**
 * Offers what can be done to a task by key and from the palette. `taskOf` says which task is meant while something has
 * the focus; null for none. `together` says which tasks go with it when it is marked as done or put away.
 */
export function useTaskKeys<T extends Target>(
  taskOf: (target: HTMLElement) => T | null,
  onAction: (action: TaskAction, task: T) => void,
  together: (task: T) => readonly T[] = (task) => [task],
): void {
  const store = useStore();
  const agents = useAgents();
  const sessionOf = (target: HTMLElement) => {
    const task = taskOf(target);
    const what = task && sessionAct(task, agents);
    return task && what ? { task, what } : null;
  };
  const of = (name: ActionRun['name'], actionOf: (task: T) => TaskAction | null): ActionRun => ({
    name,
    applies: (target) => found(target, actionOf) !== null,
    words(target) {
      const what = found(target, actionOf);
      return what ? `${ACTION_WORDS[what.action]}: ${what.task.title}` : '';
    },
    run(target) {
      const what = found(target, actionOf);
      if (what) onAction(what.action, what.task);
    },
  });
  const able = (action: TaskAction) => (task: T) => (actionsOf(task).includes(action) ? action : null);

  function found(target: HTMLElement, actionOf: (task: T) => TaskAction | null) {
    const task = taskOf(target);
    const action = task && actionOf(task);
    return task && action ? { task, action } : null;
  }

  useActions([
    of('task.main', mainAction),
    of('task.rerun', able('rerun')),
    of('task.duplicate', able('duplicate')),
    of('task.delete', able('delete')),
    {
      name: 'task.session',
      applies: (target) => sessionOf(target) !== null,
      words(target) {
        const found = sessionOf(target);
        return found ? `${labels.menu[found.what]}: ${found.task.title}` : '';
      },
      run(target) {
        const found = sessionOf(target);
        if (found) void handOver(store.client, found.what, found.task);
      },
    },
    {
      name: 'task.edit',
      applies: (target) => taskOf(target)?.status === 'draft',
      words: (target) => `Edit: ${taskOf(target)?.title}`,
      run(target) {
        const task = taskOf(target);
        if (task) openDraft(task.id);
      },
    },
    {
      name: 'task.rename',
      applies(target) {
        const task = taskOf(target);
        return task !== null && canRename(task);
      },
      words: (target) => `Rename: ${taskOf(target)?.title}`,
      run(target) {
        const task = taskOf(target);
        if (task) askTitle(store.client, task);
      },
    },
    {
      name: 'task.schedule',
      applies: (target) => ['draft', 'queued'].includes(taskOf(target)?.status ?? ''),
      words: (target) => `Schedule: ${taskOf(target)?.title}`,
      run(target) {
        const task = taskOf(target);
        if (task) askSchedule(task);
      },
    },
    {
      name: 'task.land',
      applies(target) {
        const task = taskOf(target);
        return task !== null && canLand(task);
      },
      words: (target) => `${labels.menu.land}: ${taskOf(target)?.title}`,
      run(target) {
        const task = taskOf(target);
        if (task) askLand(task);
      },
    },
    {
      name: 'task.done',
      applies(target) {
        const task = taskOf(target);
        return task !== null && (canAccept(task) || task.acceptedAt !== null);
      },
      words: (target) =>
        `${taskOf(target)?.acceptedAt == null ? 'Mark done' : 'Back to review'}: ${taskOf(target)?.title}`,
      run(target) {
        const task = taskOf(target);
        if (!task) return;
        const action = task.acceptedAt === null ? 'done' : 'undone';
        void acceptTasks(store, fitting(action, together(task)), action === 'done');
      },
    },
    {
      name: 'task.archive',
      applies: (target) => !['queued', 'running'].includes(taskOf(target)?.status ?? 'running'),
      words: (target) => `${taskOf(target)?.archivedAt == null ? 'Archive' : 'Restore'}: ${taskOf(target)?.title}`,
      run(target) {
        const task = taskOf(target);
        if (!task) return;
        const action = task.archivedAt === null ? 'archive' : 'restore';
        void archiveTasks(store, fitting(action, together(task)), action === 'archive');
      },
    },
  ]);
}
