import { NEW_TASK_ADDRESS } from '../../contract/desktop.ts';
import { EMPTY_FILTER, type TaskFilter } from '../state/filter.logic.ts';
import { readStored, writeStored } from '../ui/stored.ts';
import { createValue } from '../ui/value.ts';
import { type Route, readRoute, smallPageOf, type View, writeRoute } from './route.logic.ts';

/** What belongs to this window only and is no truth about tasks: where it is, what is filtered and selected. */
export const route = createValue<Route>(readRoute(location.hash));
export const view = createValue<View>(readStored('view') === 'list' ? 'list' : 'board');
export const filter = createValue<TaskFilter>(EMPTY_FILTER);
export const selected = createValue<ReadonlySet<string>>(new Set());
/** What this is when it is one of the small windows of the desktop app; null for the board. */
export const smallPage = createValue(smallPageOf(location.hash));
/** The task that was open last: who comes back to the board finds it there. */
export const lastTaskId = createValue<string | null>(null);
export const helpOpen = createValue(false);
export const projectDialogOpen = createValue(false);
export const cleanUpOpen = createValue(false);

let followed: string | null = null;

function follow(): void {
  if (location.hash === followed) return;
  followed = location.hash;
  const next = readRoute(location.hash);
  if (next.place === 'board' || next.place === 'list') {
    view.set(next.place);
    writeStored('view', next.place);
  }
  if (next.taskId) lastTaskId.set(next.taskId);
  route.set(next);
  smallPage.set(smallPageOf(location.hash));
}
follow();
addEventListener('hashchange', follow);

/** At once, and not with the event that tells of it later: the next key counts where this leads. */
export function go(to: Partial<Route>): void {
  location.hash = writeRoute(to);
  follow();
}

export function openTask(taskId: string): void {
  go({ taskId });
}

/** Back to the tasks, without a task or a dialog over them. */
export function goHome(): void {
  go({ place: view.get() });
}

export function openNewTask(): void {
  location.hash = NEW_TASK_ADDRESS;
  follow();
}

/** The dialog of a new task, filled in after another. */
export function openTemplate(taskId: string): void {
  go({ newTask: true, from: taskId });
}

/** The same dialog for a draft that is changed. */
export function openDraft(taskId: string): void {
  go({ newTask: true, edit: taskId });
}

export function openSettings(section: string | null = null, projectId: string | null = null): void {
  go({ place: 'settings', section, projectId });
}

export function toggleSelected(taskId: string): void {
  const next = new Set(selected.get());
  if (!next.delete(taskId)) next.add(taskId);
  selected.set(next);
}

export function clearSelection(): void {
  if (selected.get().size > 0) selected.set(new Set());
}
