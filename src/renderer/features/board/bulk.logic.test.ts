import { expect, it } from 'vitest';
import { aSummary } from '../../../../test/support/summary.ts';
import { doneWords, fitting, namedTitles, refusedLines } from './bulk.logic.ts';

const tasks = [
  aSummary('d1'),
  aSummary('q1', { status: 'queued' }),
  aSummary('r1', { status: 'running' }),
  aSummary('c1', { status: 'completed' }),
  aSummary('f1', { status: 'failed', archivedAt: 5 }),
];

it.each([
  ['start', 'd1'],
  ['stop', 'q1 r1'],
  ['archive', 'd1 c1'],
  ['restore', 'f1'],
  ['delete', 'd1 c1 f1'],
] as const)('%s fits %s', (action, ids) => {
  expect(
    fitting(action, tasks)
      .map(({ id }) => id)
      .join(' '),
  ).toBe(ids);
});

it('says what was done', () => {
  expect(doneWords('archive', [{ title: 'A' }, { title: 'B' }])).toBe('2 tasks archived.');
  expect(doneWords('restore', [{ title: 'A'.repeat(80) }])).toBe(`“${'A'.repeat(59)}…” restored.`);
});

it('names what goes and what was refused, up to six', () => {
  const many = Array.from({ length: 8 }, (_, no) => ({ title: `T${no}`, words: 'No.' }));
  expect(refusedLines(many.slice(0, 1))).toEqual(['“T0”: No.']);
  expect(refusedLines(many).slice(-2)).toEqual(['“T5”: No.', 'And 2 tasks more.']);
  expect(namedTitles(many).at(-1)).toBe('and 2 more');
});
