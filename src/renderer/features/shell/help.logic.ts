import {
  ACTION_NAMES,
  ACTIONS,
  FIXED_KEYS,
  KEY_CONTEXTS,
  type KeyContext,
  type Keymap,
} from '../../app/actions.logic.ts';
import { partsOf } from '../../ui/keys.logic.ts';

export interface Shortcut {
  readonly words: string;
  readonly keys: readonly string[];
}

export interface ShortcutGroup {
  readonly place: KeyContext;
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

/**
 * Every key that does something now, by where it counts: those that have all words of the query in what they do, in
 * where they count or in the names of their keys.
 */
export function findShortcuts(keymap: Keymap, query: string, mac: boolean): ShortcutGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (title: string, { words: what, keys }: Shortcut) => {
    const names = keys.flatMap((one) => partsOf(one, mac)).map((name) => name.toLowerCase());
    const text = `${title} ${what}`.toLowerCase();
    return words.every((word) => (word.length > 1 && text.includes(word)) || names.includes(word));
  };
  return (Object.keys(KEY_CONTEXTS) as KeyContext[])
    .map((place) => {
      const title = KEY_CONTEXTS[place];
      const all: Shortcut[] = [
        ...ACTION_NAMES.flatMap((name) => {
          const keys = keymap[name];
          return ACTIONS[name].place === place && keys ? [{ words: ACTIONS[name].words, keys: [keys] }] : [];
        }),
        ...FIXED_KEYS.filter((fixed) => fixed.place === place),
      ];
      return { place, title, shortcuts: all.filter((one) => fits(title, one)) };
    })
    .filter(({ shortcuts }) => shortcuts.length > 0);
}
