import { expect, it } from 'vitest';
import { cpuMs } from '../../../../test/support/cpu-time.ts';
import { type Entry, findEntries, readRecent, scoreOf, withRecent } from './find.logic.ts';

const entry = (id: string, title: string, at = 0, more = ''): Entry => ({ id, title, at, more });
const ids = (entries: Entry[], query: string, recent: string[] = []) =>
  findEntries(entries, query, recent, 10).map((found) => found.entry.id);

it('finds by the beginnings of words and by parts, in this order, and by no scattered letters', () => {
  const entries = [
    entry('letters', 'Sort every test twice'),
    entry('far', 'Connect the payment service'),
    entry('part', 'Reset the counters'),
    entry('word', 'Change settings'),
    entry('first', 'Settings'),
    entry('none', 'New task'),
  ];
  expect(ids(entries, 'set')).toEqual(['first', 'word', 'part']);
  expect(ids(entries, 'price')).toEqual([]);
  expect(ids(entries, 'settings')).toEqual(['first', 'word']);
});

it('wants every word, in the title or beside it', () => {
  const entries = [entry('a', 'Fix the date picker', 0, 'a1b2 sample'), entry('b', 'Fix the door', 0, 'b1b2 sample')];
  expect(ids(entries, 'fix picker')).toEqual(['a']);
  expect(ids(entries, 'SAMPLE b1b2')).toEqual(['b']);
  expect(ids(entries, 'fix window')).toEqual([]);
});

it('puts what was used lately first, then the newest', () => {
  const entries = [entry('old', 'Fix it', 1), entry('new', 'Fix it', 2), entry('used', 'Fix it', 0)];
  expect(ids(entries, 'fix')).toEqual(['new', 'old', 'used']);
  expect(ids(entries, 'fix', ['used'])).toEqual(['used', 'new', 'old']);
  expect(ids(entries, '', ['used'])).toEqual(['used', 'new', 'old']);
});

it('does not prefer what stands a few letters further to the left', () => {
  const named = (id: string, verb: string, at = 0) => ({ ...entry(id, `${verb}: Show prices`, at), more: verb });
  const entries = [named('archive', 'Archive'), named('delete', 'Delete', -1), named('mark', 'Mark done')];
  expect(ids(entries, 'price')).toEqual(['archive', 'mark', 'delete']);
  expect(ids(entries, 'delete')).toEqual(['delete']);
});

it('takes one or two letters for the beginning of a word only', () => {
  expect(scoreOf('board of tasks', 'ta')).not.toBeNull();
  expect(scoreOf('board of tasks', 'sk')).toBeNull();
  expect(scoreOf('board of tasks', 'ask')).not.toBeNull();
});

it('is fast with 10,000 tasks', () => {
  const entries = Array.from({ length: 10_000 }, (_, index) =>
    entry(`task:${index}`, `Task number ${index}: mend the ${index % 7} windows of house ${index % 97}`, index),
  );
  findEntries(entries, 'warm', [], 30);
  const began = cpuMs();
  const found = findEntries(entries, 'mend house 42', [], 30);
  const took = cpuMs() - began;
  expect(found).toHaveLength(30);
  expect(took).toBeLessThan(400);
});

it('remembers the last ones, each once', () => {
  expect(withRecent(['a', 'b', 'c'], 'b', 3)).toEqual(['b', 'a', 'c']);
  expect(withRecent(['a', 'b', 'c'], 'd', 3)).toEqual(['d', 'a', 'b']);
  expect(readRecent('["a",1]')).toEqual(['a']);
  expect(readRecent('{')).toEqual([]);
  expect(readRecent(null)).toEqual([]);
});
