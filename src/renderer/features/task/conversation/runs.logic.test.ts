import { expect, test } from 'vitest';
import type { Shown } from './fold-work.logic.ts';
import { openFrom, wantsOlder, withRuns } from './runs.logic.ts';

const row = (key: number, run: number, kind: 'text' | 'run' = 'text') =>
  (kind === 'run'
    ? { kind, key: String(key), at: key, run, mode: 'resume' }
    : { kind, key: String(key), at: key, run, content: { text: '', bytes: 0, blob: null }, parent: null }) as Shown;
const none = new Set<number>();

test('earlier runs are a line each, with their rows below where one is opened', () => {
  const shown = [row(1, 1, 'run'), row(2, 1), row(3, 2, 'run'), row(4, 2), row(5, 3, 'run'), row(6, 3)];
  const keys = (opened: ReadonlySet<number>) => withRuns(shown, { from: 3, opened }).map(({ key }) => key);
  expect(keys(none)).toEqual(['run 1', 'run 2', '5', '6']);
  expect(keys(new Set([1]))).toEqual(['run 1', '2', 'run 2', '5', '6']);
  expect(withRuns(shown, { from: 1, opened: none })).toBe(shown);
  // Those of which nothing is loaded have their line as well.
  expect(withRuns(shown.slice(4), { from: 3, opened: none }).map(({ key }) => key)).toEqual([
    'run 1',
    'run 2',
    '5',
    '6',
  ]);
});

test('what is older is asked for only where it would be seen', () => {
  const shown = [row(3, 2), row(5, 3)];
  expect(wantsOlder(shown, { from: 3, opened: none })).toBe(false);
  expect(wantsOlder(shown, { from: 3, opened: new Set([1]) })).toBe(true);
  expect(wantsOlder(shown, { from: 2, opened: none })).toBe(true);
  expect(wantsOlder([], { from: 3, opened: none })).toBe(true);
});

test('a run that was only interrupted is shown with the one that went on', () => {
  const runs = (['fresh', 'recovery', 'recovery', 'rerun'] as const).map((mode, at) => ({ no: at + 1, mode }));
  expect(openFrom(4, runs[3] ?? null, runs)).toBe(4);
  expect(openFrom(3, runs[2] ?? null, runs)).toBe(1);
  expect(openFrom(1, null, [])).toBe(1);
});
