import { type RefObject, useEffect } from 'react';
import { CAPTURE_ADDRESS } from '../../../contract/desktop.ts';
import { actOnce } from '../../state/act.ts';
import { EMPTY_FILTER } from '../../state/filter.logic.ts';
import { useSession, useSettings } from '../../state/hooks.ts';
import { keymapOf } from '../../ui/actions.logic.ts';
import { keymap, listenForKeys, useActions } from '../../ui/actions.ts';
import { typeAhead } from '../../ui/type-ahead.ts';
import {
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
} from '../../ui/window-state.ts';
import { setPaused } from './pause.tsx';

/** The actions that are there wherever one is in the window, and the listening for the keys of all actions. */
export function useShellKeys(searchRef: RefObject<HTMLInputElement | null>): void {
  const session = useSession();
  const { client } = session;
  const isPaused = () => session.pause.get()?.paused === true;
  const settings = useSettings();
  const value = (key: string) => settings?.find((entry) => entry.key === key)?.value;
  const changed = value('window.keys');
  useEffect(() => keymap.set(keymapOf(changed)), [changed]);
  useEffect(listenForKeys, []);
  useEffect(refuseFiles, []);
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) leave(event.target, searchRef.current);
    };
    // Not at the window: a tooltip that is shown lets the key go no further than the document.
    document.addEventListener('keydown', onEscape);
    return () => document.removeEventListener('keydown', onEscape);
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
    { name: 'tasks.search', run: () => searchRef.current?.focus() },
    { name: 'go.board', run: () => go({ place: 'board' }) },
    { name: 'go.list', run: () => go({ place: 'list' }) },
    { name: 'go.approvals', run: () => go({ place: 'approvals' }) },
    { name: 'go.rules', run: () => go({ place: 'rules' }) },
    { name: 'go.audit', run: () => go({ place: 'audit' }) },
    { name: 'go.settings', run: () => openSettings() },
    { name: 'go.shortcuts', run: () => openSettings('shortcuts') },
    { name: 'go.welcome', run: () => go({ place: 'welcome' }) },
    {
      name: 'go.capture',
      run() {
        location.hash = CAPTURE_ADDRESS;
      },
    },
    { name: 'project.add', run: () => projectDialogOpen.set(true) },
    { name: 'filters.clear', run: () => filter.set(EMPTY_FILTER) },
    { name: 'pause', applies: () => !isPaused(), run: () => setPaused(session, true) },
    { name: 'unpause', applies: isPaused, run: () => setPaused(session, false) },
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
  if (document.querySelector('[role=dialog]')) return;
  if (target === search && search !== null) {
    filter.set({ ...filter.get(), text: '' });
    search.blur();
    return;
  }
  if (target instanceof HTMLElement && target.closest('input, textarea, select, [role=menu], [role=listbox]')) return;
  if (selected.get().size > 0) clearSelection();
  else if (route.get().taskId || !['board', 'list', null].includes(route.get().place)) goHome();
}
