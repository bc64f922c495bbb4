import type { SettingEntry } from '../../../contract/settings/state.ts';
import { quoteCommand } from '../../../contract/words/argv.ts';
import { plural } from '../../../contract/words/measure.ts';
import { writeTime } from '../../ui/time.logic.ts';
import { labels as limits } from '../limits/labels.ts';
import { writeLimit } from '../limits/limits.logic.ts';
import { labels } from './labels.ts';
import { FORM_KEYS, type FormKey, SECTIONS, SETTING_FORMS } from './setting-forms.ts';

/** A value as a person reads it. */
export function valueWords(key: FormKey, value: unknown): string {
  const { control } = SETTING_FORMS[key];
  switch (control.type) {
    case 'switch':
      return value === true ? 'on' : 'off';
    case 'choice':
      return control.options.find((option) => option.value === value)?.label ?? String(value);
    case 'time':
      return value === 0 && control.zero ? control.zero : writeTime(Number(value));
    case 'count':
      return value === null ? control.none : String(value);
    case 'limit':
      return writeLimit(control.limit, typeof value === 'number' ? value : null) || limits.none;
    case 'days':
      return value === null ? control.none : plural(Number(value), 'day');
    case 'number':
      return control.unit ? `${value} ${control.unit}` : String(value);
    case 'text':
      return value === null || value === '' ? (control.none ?? 'none') : String(value);
    case 'command':
      return Array.isArray(value) ? quoteCommand(value.map(String)) : control.none;
    case 'program':
      return Array.isArray(value) ? quoteCommand(value.map(String)) : labels.automatic;
    case 'port':
      return value === 0 ? labels.automatic : String(value);
    case 'agent':
      return String(value);
    case 'model':
    case 'effort':
      return value === null ? labels.default : String(value);
    case 'quiet-until':
      return value === null ? 'off' : 'on';
    case 'global-keys':
      return value === null ? 'none' : String(value);
  }
}

/** Whether every word of the query occurs in the texts, in any case. */
export function fits(query: readonly string[], ...texts: string[]): boolean {
  const text = texts.join(' ').toLowerCase();
  return query.every((word) => text.includes(word));
}

export function wordsOfQuery(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The settings that fit: by what they are called, explained, named in the command line, and set to. */
export function findSettings(entries: readonly SettingEntry[], query: readonly string[]): FormKey[] {
  return FORM_KEYS.filter((key) => {
    const entry = entries.find((one) => one.key === key);
    if (!entry) return false;
    const { section, label, help, control } = SETTING_FORMS[key];
    const title = SECTIONS.find(({ name }) => name === section)?.title ?? '';
    const options =
      control.type === 'choice' ? control.options.map(({ label: words, words: more }) => `${words} ${more ?? ''}`) : [];
    return fits(query, title, label, help, key, entry.words, valueWords(key, entry.value), ...options);
  });
}
