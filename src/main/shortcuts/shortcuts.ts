/** What the system does with keys for the whole desktop; Electron's `globalShortcut` fits. */
export interface KeyRegistry {
  /** False, or a throw, when the keys cannot be had. */
  register(keys: string, act: () => void): boolean;
  unregister(keys: string): void;
}

export interface Shortcut {
  /** What it does, in a few words: `Quick capture`. */
  words: string;
  act(): void;
}

export interface ShortcutsOptions<Name extends string> {
  registry: KeyRegistry;
  shortcuts: Readonly<Record<Name, Shortcut>>;
  /** Says that keys cannot be had. */
  tell(title: string, body: string): void;
}

export interface Shortcuts<Name extends string> {
  /** The keys that are wanted now; null for none. Only what has changed is done, so that nothing is told twice. */
  set(wanted: Readonly<Record<Name, string | null>>): void;
  close(): void;
}

/** Keys that work whichever window has the keyboard. They can be changed at any time. */
export function createShortcuts<Name extends string>(options: ShortcutsOptions<Name>): Shortcuts<Name> {
  const { registry, shortcuts } = options;
  const names = Object.keys(shortcuts) as Name[];
  const wanted = new Map<Name, string | null>();
  const held = new Map<Name, string>();

  function release(name: Name): void {
    const keys = held.get(name);
    held.delete(name);
    if (keys !== undefined) registry.unregister(keys);
  }

  function take(name: Name, keys: string): void {
    const { words, act } = shortcuts[name];
    const other = [...held].find(([, theirs]) => theirs.toLowerCase() === keys.toLowerCase())?.[0];
    if (other !== undefined) {
      options.tell(`No keys for “${words}”`, `${keys} is already used for “${shortcuts[other].words}”.`);
      return;
    }
    try {
      if (registry.register(keys, act)) {
        held.set(name, keys);
        return;
      }
      options.tell(`No keys for “${words}”`, `${keys} is used by another program. Choose others in the settings.`);
    } catch {
      options.tell(
        `No keys for “${words}”`,
        `“${keys}” are no keys that can be pressed. Choose others in the settings.`,
      );
    }
  }

  return {
    set(now) {
      const changed = names.filter((name) => now[name] !== wanted.get(name));
      // First all that go, so that two can change places.
      for (const name of changed) release(name);
      for (const name of changed) {
        const keys = now[name];
        wanted.set(name, keys);
        if (keys !== null) take(name, keys);
      }
    },
    close() {
      for (const name of names) release(name);
    },
  };
}
