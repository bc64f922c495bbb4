import { expect, it } from 'vitest';
import { SETTING_WORDS, type SettingKey, settings } from '../../../contract/settings/state.ts';
import { findSettings, valueWords, wordsOfQuery } from './find.logic.ts';
import { FORM_KEYS, SECTIONS, SETTING_FORMS } from './setting-forms.ts';

const defaults = settings.parse({});
const entries = Object.entries(defaults).map(([key, value]) => ({
  key,
  value,
  default: value,
  words: SETTING_WORDS[key as SettingKey],
}));
const find = (query: string) => findSettings(entries, wordsOfQuery(query));

it('shows every setting but the keys, each in a section that is there', () => {
  expect([...FORM_KEYS, 'window.keys'].sort()).toEqual(Object.keys(defaults).sort());
  for (const key of FORM_KEYS) expect(SECTIONS.map(({ name }) => name)).toContain(SETTING_FORMS[key].section);
});

it.each([
  ['silence', 'task.inactivityMs', 'a word of the label'],
  ['debug', 'log.level', 'a word of a choice'],
  ['task.slots', 'task.slots', 'the key'],
  ['1 h', 'task.turnMs', 'the value'],
  ['APPEARANCE code', 'appearance.codeSize', 'the section, in any case'],
])('finds “%s”: %s', (query, key) => {
  expect(find(query)).toContain(key);
});

it('finds nothing for what is nowhere', () => {
  expect(find('coffee machine')).toEqual([]);
});

it('writes values in words', () => {
  expect(valueWords('attention.reminderMs', 0)).toBe('Off');
  expect(valueWords('attention.reminderMs', 600_000)).toBe('10 min');
  expect(valueWords('desktop.editor', null)).toBe('Automatic');
  expect(valueWords('desktop.editor', ['code', '--new window'])).toBe("code '--new window'");
  expect(valueWords('appearance.colors', 'system')).toBe('Match system');
  expect(valueWords('server.port', 0)).toBe('Automatic');
});
