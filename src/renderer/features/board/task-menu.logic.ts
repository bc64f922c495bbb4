import { isUnsettled } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import type { ActionName } from '../../app/actions.logic.ts';
import { labels } from './labels.ts';
import { lacksGoal, type SessionAct, type SessionTask } from './session.logic.ts';
import { actionsOf, canAccept, canLand, canRename, waitsByChoice } from './task-actions.logic.ts';

const words = labels.menu;

/** What can be chosen in a menu of a task. */
export type MenuAction =
  | 'open'
  | 'start'
  | 'startNow'
  | 'stop'
  | 'resume'
  | 'takeOver'
  | 'openSession'
  | 'openAgain'
  | 'giveBack'
  | 'done'
  | 'undone'
  | 'land'
  | 'undoLanding'
  | 'edit'
  | 'schedule'
  | 'rename'
  | 'rerun'
  | 'editor'
  | 'copyBranch'
  | 'duplicate'
  | 'archive'
  | 'restore'
  | 'delete';

export interface MenuLine {
  readonly action: MenuAction;
  readonly words: string;
  /** The action whose keys do the same. */
  readonly keys?: ActionName;
}

/** What the menu of a task follows from. */
export type MenuTask = Pick<
  TaskSummary,
  'title' | 'projectId' | 'archivedAt' | 'acceptedAt' | 'branch' | 'waiting' | 'schedule' | 'landed'
> &
  SessionTask;

const KEYS: Partial<Record<MenuAction, ActionName>> = {
  start: 'task.main',
  stop: 'task.main',
  resume: 'task.main',
  takeOver: 'task.session',
  openSession: 'task.session',
  openAgain: 'task.session',
  giveBack: 'task.session',
  done: 'task.done',
  undone: 'task.done',
  land: 'task.land',
  edit: 'task.edit',
  schedule: 'task.schedule',
  rename: 'task.rename',
  rerun: 'task.rerun',
  duplicate: 'task.duplicate',
  archive: 'task.archive',
  restore: 'task.archive',
  delete: 'task.delete',
};

/**
 * The lines of the menu of a task, in groups: the same list for a card, a row and the open task. `isOpen` leaves out
 * what that shows as buttons; `session` is what can be done about its session, null for nothing.
 */
export function menuOf(task: MenuTask, isOpen = false, session: SessionAct | null = null): MenuLine[][] {
  const able = actionsOf(task);
  const has = (action: MenuAction) => able.some((one) => one === action);
  const isSettled = !isUnsettled(task.status);
  const groups: (MenuAction | false)[][] = [
    isOpen
      ? []
      : [
          'open',
          has('start') && 'start',
          waitsByChoice(task) && 'startNow',
          has('stop') && 'stop',
          has('resume') && 'resume',
        ],
    [
      session !== null && (!isOpen || (session === 'openSession' && !lacksGoal(task))) && session,
      task.status === 'draft' && 'edit',
      (task.status === 'draft' || task.status === 'queued') && 'schedule',
      canLand(task) && 'land',
      task.landed !== undefined && isSettled && 'undoLanding',
      canAccept(task) && 'done',
      task.acceptedAt !== null && 'undone',
      has('rerun') && 'rerun',
      canRename(task) && 'rename',
      'duplicate',
    ],
    task.branch === null ? [] : ['editor', 'copyBranch'],
    isSettled ? [task.archivedAt === null ? 'archive' : 'restore', 'delete'] : [],
  ];
  return groups
    .map((group) => group.filter((action) => action !== false))
    .filter((group) => group.length > 0)
    .map((group) => group.map(lineOf));
}

function lineOf(action: MenuAction): MenuLine {
  const keys = KEYS[action];
  return { action, words: words[action], ...(keys ? { keys } : {}) };
}
