import type { Client } from '../../../contract/client.ts';
import { filter, route } from '../../app/window-state.ts';
import { actOnce } from '../../state/act.ts';
import type { Store } from '../../state/store.ts';
import { readStored, writeStored } from '../../ui/stored.ts';
import { createValue } from '../../ui/value.ts';
import { showTerminal } from './layouts.ts';

const OPEN = 'terminals.panel';

/** Whether the terminals at the foot of the window are shown; kept over a reload. */
export const panelOpen = createValue(readStored(OPEN) !== null);
/** The project that a person has chosen for them; null follows what the window shows. */
export const panelProject = createValue<string | null>(null);
/** Whether the terminals that are shown next take the focus: a person has asked for them just now. */
export const panelTakesFocus = createValue(false);

const placeNow = () => `${route.get().taskId} ${filter.get().projectId}`;
let place = placeNow();
/** Who goes elsewhere wants the terminals from there. */
function follow(): void {
  if (placeNow() === place) return;
  place = placeNow();
  panelProject.set(null);
}
route.subscribe(follow);
filter.subscribe(follow);

/** What had the focus before the panel. */
let cameFrom: HTMLElement | null = null;

export function openPanel(from: HTMLElement): void {
  if (!panelOpen.get()) cameFrom = from;
  panelTakesFocus.set(true);
  panelOpen.set(true);
  writeStored(OPEN, 'on');
}

/** Hides the panel; the focus, if it is in there, goes back to where it was. */
export function closePanel(): void {
  const inside = document.activeElement?.closest('[data-panel]') != null;
  panelOpen.set(false);
  writeStored(OPEN, null);
  if (inside && cameFrom?.isConnected) cameFrom.focus();
  cameFrom = null;
}

export function togglePanel(target: HTMLElement): void {
  if (panelOpen.get()) closePanel();
  else openPanel(target);
}

/** The project of what the window shows, or else the first one; null while there is none. */
export function usualProject({ tasks, projects }: Pick<Store, 'tasks' | 'projects'>): string | null {
  const task = tasks.list.get().summaries.get(route.get().taskId ?? '');
  return task?.projectId ?? filter.get().projectId ?? projects.get()?.[0]?.id ?? null;
}

/** Opens one more terminal in the folder of a project, in the panel. */
export async function openProjectTerminal(client: Client, projectId: string, from: HTMLElement): Promise<void> {
  const opened = await actOnce(() => client.terminals.open({ projectId }));
  if (!opened) return;
  panelProject.set(projectId);
  showTerminal(projectId, opened.id);
  openPanel(from);
}
