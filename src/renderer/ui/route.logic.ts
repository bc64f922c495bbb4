import { NEW_TASK_ADDRESS, taskAddress } from '../../contract/desktop.ts';
import { taskId as taskIdShape } from '../../contract/ids.ts';

/** The ways to see all tasks. */
export type View = 'board' | 'list';

/** Where the window is: what the part of the address after `#` says. */
export interface Route {
  /** What fills the middle; null keeps the view that was there. */
  readonly place: View | 'settings' | null;
  readonly taskId: string | null;
  /** Whether the task has the whole width. */
  readonly wide: boolean;
  readonly newTask: boolean;
}

const NOWHERE: Route = { place: null, taskId: null, wide: false, newTask: false };

/** Never fails: an address that is not known is the board. */
export function readRoute(hash: string): Route {
  const parts = hash.replace(/^#\/?/, '').split('/');
  const [first = '', second = '', third = ''] = parts;
  if (first === 'board' || first === 'list' || first === 'settings') return { ...NOWHERE, place: first };
  if (first === 'tasks' && taskIdShape.safeParse(second).success) {
    return { ...NOWHERE, taskId: second, wide: third === 'wide' };
  }
  if (`#/${parts.join('/')}` === NEW_TASK_ADDRESS) return { ...NOWHERE, newTask: true };
  return NOWHERE;
}

export function writeRoute(route: Partial<Route>): string {
  if (route.newTask) return NEW_TASK_ADDRESS;
  if (route.taskId) return `${taskAddress(route.taskId)}${route.wide ? '/wide' : ''}`;
  return `#/${route.place ?? 'board'}`;
}
