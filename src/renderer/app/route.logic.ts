import {
  CAPTURE_ADDRESS,
  NEEDS_YOU_ADDRESS,
  NEW_TASK_ADDRESS,
  POP_UP_ADDRESS,
  taskAddress,
} from '../../contract/desktop.ts';
import { ID_PATTERNS } from '../../contract/id-patterns.ts';

/** The ways to see all tasks. */
export type View = 'board' | 'list';
/** Pages that stand in the place of the tasks. */
export type Page = 'settings' | 'needs-you' | 'welcome';

/** Where the window is: what the part of the address after `#` says. */
export interface Route {
  /** What fills the middle; null keeps the view that was there. */
  readonly place: View | Page | null;
  readonly taskId: string | null;
  readonly newTask: boolean;
  /** With the new task: the task it is made after, or the draft that is changed. */
  readonly from: string | null;
  readonly edit: string | null;
  /** The part of the settings that is shown, and in it one project; only with the place `settings`. */
  readonly section: string | null;
  readonly projectId: string | null;
  /** What is looked at of what needs a person, an approval or a task, by its id; only with the place `needs-you`. */
  readonly needId: string | null;
}

const NOWHERE: Route = {
  place: null,
  taskId: null,
  newTask: false,
  from: null,
  edit: null,
  section: null,
  projectId: null,
  needId: null,
};

/** Places that are one word in the address. */
const PLACES: readonly (View | Page)[] = ['board', 'list', 'settings', 'needs-you', 'welcome'];

/** Where links of earlier versions lead now. */
const MOVED: Readonly<Record<string, string>> = {
  approvals: 'needs-you',
  rules: 'settings/rules',
  audit: 'settings/audit',
};

/** Never fails: an address that is not known is the board. */
export function readRoute(hash: string): Route {
  const path = hash
    .replace(/^#\/?/, '')
    .replace(/^[a-z]+/, (word) => (Object.hasOwn(MOVED, word) ? (MOVED[word] ?? word) : word));
  const [first = '', second = '', third = ''] = path.split('/');
  const place = PLACES.find((one) => one === first);
  if (place === 'needs-you') {
    const isKnown = ID_PATTERNS.approval.test(second) || ID_PATTERNS.task.test(second);
    return { ...NOWHERE, place, needId: isKnown ? second : null };
  }
  if (place === 'settings') {
    return {
      ...NOWHERE,
      place,
      section: /^[a-z]+$/.test(second) ? second : null,
      projectId: ID_PATTERNS.project.test(third) ? third : null,
    };
  }
  if (place) return { ...NOWHERE, place };
  if (first === 'tasks' && ID_PATTERNS.task.test(second)) {
    return { ...NOWHERE, taskId: second };
  }
  const [address = '', query] = hash.split('?');
  if (address === NEW_TASK_ADDRESS) {
    const words = new URLSearchParams(query);
    return { ...NOWHERE, newTask: true, from: taskIn(words, 'from'), edit: taskIn(words, 'edit') };
  }
  return NOWHERE;
}

function taskIn(words: URLSearchParams, name: string): string | null {
  const id = words.get(name);
  return id !== null && ID_PATTERNS.task.test(id) ? id : null;
}

export function writeRoute(route: Partial<Route>): string {
  if (route.newTask && route.edit) return `${NEW_TASK_ADDRESS}?edit=${route.edit}`;
  if (route.newTask && route.from) return `${NEW_TASK_ADDRESS}?from=${route.from}`;
  if (route.newTask) return NEW_TASK_ADDRESS;
  if (route.taskId) return taskAddress(route.taskId);
  if (route.place === 'needs-you') return [NEEDS_YOU_ADDRESS, route.needId].filter(Boolean).join('/');
  if (route.place === 'settings') {
    return ['#/settings', route.section, route.section && route.projectId].filter(Boolean).join('/');
  }
  return `#/${route.place ?? 'board'}`;
}

/** The small windows of the desktop app have a page of their own; null in the board. */
export function smallPageOf(hash: string): 'pop-up' | 'capture' | null {
  if (hash === POP_UP_ADDRESS) return 'pop-up';
  return hash === CAPTURE_ADDRESS ? 'capture' : null;
}
