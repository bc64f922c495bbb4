import type { SettingEntry } from '../../contract/settings/state.ts';
import { safeLine } from './sanitise.ts';
import { type Cell, table } from './table.ts';
import type { View } from './view.ts';

/** A value as `config set` takes it. */
export function settingValue(value: unknown): string {
  return safeLine(typeof value === 'string' ? value : JSON.stringify(value ?? null));
}

/** Settings as a table; those that differ from the default stand out. */
export function settingTable(view: View, entries: readonly SettingEntry[]): string[] {
  return table(
    view,
    [{ title: 'KEY' }, { title: 'VALUE' }, { title: 'DEFAULT' }, { title: 'MEANING', flexible: true }],
    entries.map((entry) => {
      const value: Cell = { text: settingValue(entry.value) };
      const fallback = settingValue(entry.default);
      if (value.text !== fallback) value.style = 'bold';
      return [
        { text: safeLine(entry.key) },
        value,
        { text: fallback, style: 'dim' as const },
        { text: safeLine(entry.words) },
      ];
    }),
  );
}
