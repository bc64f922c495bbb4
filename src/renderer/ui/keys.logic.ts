/**
 * Keys as text: modifiers and one key, joined by `+`, in a fixed order, such as `mod+shift+k`, `?` or `delete`. `mod` is
 * Cmd on a Mac and Ctrl elsewhere. A character that needs Shift is written as itself.
 */

/** Whether Cmd stands where other keyboards have Ctrl. */
export const onMac = /mac/i.test(typeof navigator === 'undefined' ? '' : navigator.platform);

/** What is read of a keyboard event. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const ORDER = ['mod', 'ctrl', 'meta', 'alt', 'shift'] as const;
type Modifier = (typeof ORDER)[number];

const NAMES: Readonly<Record<string, string>> = { ' ': 'space', '+': 'plus', Esc: 'escape', Del: 'delete' };
const BARE_MODIFIERS = new Set([
  'Control',
  'Meta',
  'Alt',
  'AltGraph',
  'Shift',
  'CapsLock',
  'Fn',
  'Hyper',
  'Super',
  'OS',
]);

/** The keys of an event as text; null while only modifiers are down, or for a key that has no name. */
export function keysOf(event: KeyPress, mac: boolean): string | null {
  const { key } = event;
  if (BARE_MODIFIERS.has(key) || key === 'Dead' || key === 'Unidentified' || key === 'Process' || key === '')
    return null;
  // With Alt a Mac writes another character; the place of the key on the keyboard tells what was meant.
  const placed = event.altKey ? /^(?:Key([A-Z])|Digit([0-9]))$/.exec(event.code) : null;
  const name = (placed?.[1] ?? placed?.[2] ?? NAMES[key] ?? key).toLowerCase();
  const symbol = name === 'plus' || ([...name].length === 1 && name.toUpperCase() === name && !/[0-9]/.test(name));
  const down: Record<Modifier, boolean> = {
    mod: mac ? event.metaKey : event.ctrlKey,
    ctrl: mac && event.ctrlKey,
    meta: !mac && event.metaKey,
    alt: event.altKey,
    shift: event.shiftKey && !symbol,
  };
  return [...ORDER.filter((modifier) => down[modifier]), name].join('+');
}

const MAC_SYMBOLS: Readonly<Record<Modifier, string>> = { mod: '⌘', ctrl: '⌃', meta: '⌘', alt: '⌥', shift: '⇧' };
const WORDS: Readonly<Record<Modifier, string>> = {
  mod: 'Ctrl',
  ctrl: 'Ctrl',
  meta: 'Super',
  alt: 'Alt',
  shift: 'Shift',
};
const KEY_WORDS: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  plus: '+',
  pageup: 'Page up',
  pagedown: 'Page down',
};

/** The parts of keys as a person reads them: `Ctrl`, `Shift`, `K`. */
export function partsOf(keys: string, mac: boolean): string[] {
  const parts = keys.split('+');
  const name = parts.pop() ?? '';
  const words = mac ? MAC_SYMBOLS : WORDS;
  return [
    ...parts.map((part) => words[part as Modifier] ?? part),
    KEY_WORDS[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
  ];
}

export function writeKeys(keys: string, mac: boolean): string {
  return partsOf(keys, mac).join(mac ? '' : ' ');
}

/** The form that `aria-keyshortcuts` takes. */
export function ariaKeys(keys: string, mac: boolean): string {
  const words: Record<Modifier, string> = {
    mod: mac ? 'Meta' : 'Control',
    ctrl: 'Control',
    meta: 'Meta',
    alt: 'Alt',
    shift: 'Shift',
  };
  const parts = keys.split('+');
  const name = parts.pop() ?? '';
  return [...parts.map((part) => words[part as Modifier] ?? part), name.length === 1 ? name : upperFirst(name)].join(
    '+',
  );
}

/** Whether keys have a modifier with which nothing is typed. */
export function isChord(keys: string): boolean {
  return /(?:^|\+)(?:mod|ctrl|meta)\+/.test(keys) || /^(?:shift\+)?f\d{1,2}$/.test(keys);
}

const MOVING = new Set([
  'tab',
  'enter',
  'space',
  'escape',
  'arrowup',
  'arrowdown',
  'arrowleft',
  'arrowright',
  'home',
  'end',
  'pageup',
  'pagedown',
  'backspace',
]);
const EDITING = new Set(['mod+a', 'mod+c', 'mod+v', 'mod+x', 'mod+z', 'mod+shift+z', 'mod+y']);
const BROWSERS = new Set(['mod+n', 'mod+t', 'mod+w', 'mod+shift+n', 'mod+shift+t', 'mod+shift+w']);

/** Why keys cannot be given to an action; null when they can. */
export function refusalOf(keys: string, inBrowser: boolean): string | null {
  const name = keys.split('+').at(-1) ?? '';
  if (!keys.includes('+') && MOVING.has(name)) return 'This key moves the focus or presses what has it.';
  if (keys === 'shift+tab') return 'These keys move the focus.';
  if (EDITING.has(keys)) return 'These keys edit text.';
  if (inBrowser && BROWSERS.has(keys)) return 'A browser keeps these keys for itself.';
  return null;
}

const ACCELERATOR_MODIFIERS: Readonly<Record<Modifier, string>> = {
  mod: 'CommandOrControl',
  ctrl: 'Control',
  meta: 'Super',
  alt: 'Alt',
  shift: 'Shift',
};
const ACCELERATOR_KEYS: Readonly<Record<string, string>> = {
  arrowup: 'Up',
  arrowdown: 'Down',
  arrowleft: 'Left',
  arrowright: 'Right',
  plus: 'Plus',
  pageup: 'PageUp',
  pagedown: 'PageDown',
};

/** Keys as Electron's accelerators write them: `CommandOrControl+Alt+A`. */
export function toAccelerator(keys: string): string {
  const parts = keys.split('+');
  const name = parts.pop() ?? '';
  return [
    ...parts.map((part) => ACCELERATOR_MODIFIERS[part as Modifier] ?? part),
    ACCELERATOR_KEYS[name] ?? upperFirst(name),
  ].join('+');
}

/** The keys of an accelerator. */
export function fromAccelerator(accelerator: string): string {
  const parts = accelerator.split('+');
  const name = parts.pop() ?? '';
  const modifiers = parts.map((part) => ACCELERATOR_WORDS[part.toLowerCase()]).filter((one) => one !== undefined);
  const key = Object.entries(ACCELERATOR_KEYS).find(([, word]) => word === name)?.[0] ?? name.toLowerCase();
  return [...ORDER.filter((modifier) => modifiers.includes(modifier)), key].join('+');
}

const ACCELERATOR_WORDS: Readonly<Record<string, Modifier>> = {
  commandorcontrol: 'mod',
  cmdorctrl: 'mod',
  control: 'mod',
  ctrl: 'mod',
  command: 'mod',
  cmd: 'mod',
  super: 'meta',
  meta: 'meta',
  alt: 'alt',
  option: 'alt',
  shift: 'shift',
};

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
