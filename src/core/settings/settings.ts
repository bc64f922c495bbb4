import { accept, type Result, reject } from '../../contract/rejection.ts';
import {
  SETTING_WORDS,
  type SettingEntry,
  type SettingKey,
  type Settings,
  settings as settingsSchema,
} from '../../contract/settings/state.ts';
import type { Db } from '../db/open.ts';

/** What a person set, over the defaults. */
export interface SettingsStore {
  /** All values. The same object until something changes. */
  all(): Settings;
  list(): SettingEntry[];
  get(key: string): Result<SettingEntry>;
  /** Sets a value; `undefined` puts the default back. */
  set(key: string, value: unknown): Result<SettingEntry>;
}

export function createSettings({ db, changed }: { db: Db; changed(): void }): SettingsStore {
  const defaults = settingsSchema.parse({});
  const select = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings');
  const put = db.prepare<[string, string]>('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)');
  const remove = db.prepare<[string]>('DELETE FROM settings WHERE key = ?');
  let current = read();

  /** A stored value that this Drover does not understand gives way to the default. */
  function read(): Settings {
    const known: Record<string, unknown> = {};
    for (const row of select.all()) {
      if (!isKey(row.key)) continue;
      const parsed = settingsSchema.shape[row.key].safeParse(JSON.parse(row.value));
      if (parsed.success) known[row.key] = parsed.data;
    }
    return settingsSchema.parse(known);
  }

  const entry = (key: SettingKey): SettingEntry => ({
    key,
    value: current[key],
    default: defaults[key],
    words: SETTING_WORDS[key],
  });

  return {
    all: () => current,
    list: () => Object.keys(defaults).filter(isKey).map(entry),
    get: (key) => (isKey(key) ? accept(entry(key)) : unknown(key)),
    set(key, value) {
      if (!isKey(key)) return unknown(key);
      if (value === undefined) remove.run(key);
      else {
        const parsed = settingsSchema.shape[key].safeParse(value);
        if (!parsed.success) {
          const issue =
            parsed.error.issues[0]?.message.replace(/^Invalid (input|option): /, '') ?? 'not a value for it';
          return reject('invalid', `${key} cannot be ${JSON.stringify(value)}: ${issue}.`);
        }
        put.run(key, JSON.stringify(parsed.data));
      }
      current = read();
      changed();
      return accept(entry(key));
    },
  };
}

function isKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_WORDS, key);
}

function unknown(key: string): Result<never> {
  return reject('not-found', `There is no setting ${key}.`, Object.keys(SETTING_WORDS));
}
