import { type RefObject, useEffect } from 'react';
import { CAPTURE_ADDRESS } from '../../../contract/desktop.ts';
import { keymapOf } from '../../app/actions.logic.ts';
import { keymap, listenForKeys, useActions } from '../../app/actions.ts';
import { typeAhead } from '../../app/type-ahead.ts';
import {
  cleanUpOpen,
  clearSelection,
  filter,
  go,
  goHome,
  helpOpen,
  openNewTask,
  openSettings,
  projectDialogOpen,
  route,
  selected,
} from '../../app/window-state.ts';
import { actOnce } from '../../state/act.ts';
import { EMPTY_FILTER } from '../../state/filter.logic.ts';
import { useSettings, useStore } from '../../state/hooks.ts';
import { openSession } from '../board/session-acts.ts';
import { openProjectTerminal, togglePanel, usualProject } from '../terminal/panel-state.ts';
import { setPaused } from './pause.tsx';

/** The actions that are there wherever one is in the window, and the listening for the keys of all actions. */
export function useShellKeys(searchRef: RefObject<HTMLInputElement | null>): void {
  const store = useStore();
  const { client } = store;
  const isPaused = () => store.pause.get()?.paused === true;
  const settings = useSettings();
  const value = (key: string) => settings?.find((entry) => entry.key === key)?.value;
  const changed = value('window.keys');
  useEffect(() => keymap.set(keymapOf(changed)), [changed]);
  useEffect(listenForKeys, []);
  useEffect(refuseFiles, []);
  useEffect(() => {
    // A dialog that the key closes may be gone by the time the key gets here.
    let inDialog = false;
    const look = (event: KeyboardEvent) => {
      if (event.key === 'Escape') inDialog = document.querySelector('[role=dialog]') !== null;
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !inDialog) leave(event.target, searchRef.current);
    };
    addEventListener('keydown', look, true);
    // Not at the window: a tooltip that is shown lets the key go no further than the document.
    document.addEventListener('keydown', onEscape);
    return () => {
      removeEventListener('keydown', look, true);
      document.removeEventListener('keydown', onEscape);
    };
  }, [searchRef]);

  const set = (key: string, to: unknown) => void actOnce(() => client.settings.set({ key, value: to }));
  useActions([
    {
      name: 'task.new',
      run() {
        openNewTask();
        typeAhead(() => document.querySelector('[role=dialog] textarea'));
      },
    },
    {
      name: 'session.open',
      applies: () => usualProject(store) !== null,
      run: () => void openSession(client, { projectId: usualProject(store) ?? '' }),
    },
    { name: 'tasks.search', applies: () => searchRef.current !== null, run: () => searchRef.current?.focus() },
    { name: 'go.board', run: () => go({ place: 'board' }) },
    { name: 'go.list', run: () => go({ place: 'list' }) },
    { name: 'go.approvals', run: () => go({ place: 'needs-you' }) },
    { name: 'go.rules', run: () => openSettings('rules') },
    { name: 'go.audit', run: () => openSettings('audit') },
    { name: 'go.settings', run: () => openSettings() },
    { name: 'go.shortcuts', run: () => openSettings('shortcuts') },
    {
      name: 'data.clean-up',
      run() {
        openSettings('data');
        cleanUpOpen.set(true);
      },
    },
    { name: 'go.welcome', run: () => go({ place: 'welcome' }) },
    {
      name: 'go.capture',
      run() {
        location.hash = CAPTURE_ADDRESS;
      },
    },
    { name: 'project.add', run: () => projectDialogOpen.set(true) },
    { name: 'terminals.panel', run: togglePanel },
    {
      name: 'terminals.open',
      applies: () => usualProject(store) !== null,
      run: (target) => void openProjectTerminal(client, usualProject(store) ?? '', target),
    },
    { name: 'filters.clear', run: () => filter.set(EMPTY_FILTER) },
    { name: 'pause', applies: () => !isPaused(), run: () => setPaused(store, true) },
    { name: 'unpause', applies: isPaused, run: () => setPaused(store, false) },
    { name: 'colors', run: () => set('appearance.colors', isDark() ? 'light' : 'dark') },
    { name: 'help', run: () => helpOpen.set(true) },
  ]);
}

/** A file dropped where nothing takes it would be opened in the place of the window. */
function refuseFiles(): () => void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  addEventListener('dragover', refuse);
  addEventListener('drop', refuse);
  return () => {
    removeEventListener('dragover', refuse);
    removeEventListener('drop', refuse);
  };
}

function isDark(): boolean {
  return document.documentElement.dataset.mantineColorScheme === 'dark';
}

/** Escape: out of the search first, then out of the selection, then out of what is open. */
function leave(target: EventTarget | null, search: HTMLInputElement | null): void {
  if (target === search && search !== null) {
    filter.set({ ...filter.get(), text: '' });
    search.blur();
    return;
  }
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [role=menu], [role=listbox]')) return;
  if (selected.get().size > 0) clearSelection();
  else if (route.get().taskId || !['board', 'list', null].includes(route.get().place)) goHome();
}
