import { useEffect, useRef, useSyncExternalStore } from 'react';
import { ariaKeys, isChord, keysOf, onMac, writeKeys } from '../ui/keys.logic.ts';
import { createValue, type Value } from '../ui/value.ts';
import { ACTIONS, type ActionName, type Keymap, keymapOf } from './actions.logic.ts';

/** What an action does in the part of the window that is shown. */
export interface ActionRun {
  readonly name: ActionName;
  /** `target` is what has the focus; the body when nothing has. */
  run(target: HTMLElement): void;
  /** Whether it can be done while this has the focus; left out: always. */
  applies?(target: HTMLElement): boolean;
  /** Says more than the list does, such as “Stop” where it says “Start, stop or resume”. */
  words?(target: HTMLElement): string;
}

interface Registered {
  current: readonly ActionRun[];
}

/** In the order in which they were given; the newest that applies wins. */
const registered: Registered[] = [];

/** The keys of every action; the window sets it from the settings. */
export const keymap: Value<Keymap> = createValue(keymapOf({}));

/** Offers actions for as long as the component is shown. They may be new ones at every render. */
export function useActions(actions: readonly ActionRun[]): void {
  const held = useRef<readonly ActionRun[]>(actions);
  held.current = actions;
  useEffect(() => {
    registered.push(held);
    return () => {
      registered.splice(registered.indexOf(held), 1);
    };
  }, []);
}

/** What an action does while `target` has the focus; null when it cannot be done now. */
export function findRun(name: ActionName, target: HTMLElement): ActionRun | null {
  for (const { current } of registered.toReversed()) {
    const found = current.find((one) => one.name === name && (one.applies?.(target) ?? true));
    if (found) return found;
  }
  return null;
}

export interface KeyHint {
  /** ` (N)` behind the words of a tooltip; empty without keys. */
  readonly suffix: string;
  readonly aria: string | undefined;
  /** As `Keys` shows them; null without keys. */
  readonly keys: string | null;
}

/** The keys an action has now, for its tooltip. */
export function useKeyHint(name: ActionName): KeyHint {
  const keys = useSyncExternalStore(keymap.subscribe, () => keymap.get()[name]);
  return {
    suffix: keys === null ? '' : ` (${writeKeys(keys, onMac)})`,
    aria: keys === null ? undefined : ariaKeys(keys, onMac),
    keys,
  };
}

const TYPING =
  'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=""], [contenteditable=true]';
const OWN_KEYS = '[role=menu], [role=listbox], [data-own-keys]';

/**
 * Carries out the action whose keys are pressed, from now on until the answer is called. Nothing happens while a person
 * types, but for chords with Ctrl or Cmd: those come before what has the focus, which may have a use for Enter of its own.
 */
export function listenForKeys(): () => void {
  const chords = (event: KeyboardEvent) => press(event, true);
  const others = (event: KeyboardEvent) => press(event, false);
  addEventListener('keydown', chords, true);
  addEventListener('keydown', others);
  return () => {
    removeEventListener('keydown', chords, true);
    removeEventListener('keydown', others);
  };
}

function press(event: KeyboardEvent, chords: boolean): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const keys = keysOf(event, onMac);
  if (keys === null || isChord(keys) !== chords) return;
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  const own = target.closest('[data-own-keys]');
  if (own && !(chords && own.closest('[data-panel]'))) return;
  if (!chords && (target.closest(TYPING) || target.closest(OWN_KEYS))) return;
  const dialog = document.querySelector('[role=dialog][aria-modal=true], [role=alertdialog][aria-modal=true]') !== null;
  for (const name of Object.keys(ACTIONS) as ActionName[]) {
    if (keymap.get()[name] !== keys || (dialog && !ACTIONS[name].overDialogs)) continue;
    if (own && !ACTIONS[name].leavesPanel) continue;
    const run = findRun(name, target);
    if (run === null) continue;
    event.preventDefault();
    if (chords) event.stopPropagation();
    run.run(target);
    return;
  }
}
