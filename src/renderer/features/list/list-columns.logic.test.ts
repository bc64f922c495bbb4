import { expect, it } from 'vitest';
import { nextSorting, readColumns, readSorting, toggleColumn, writeSorting } from './list-columns.logic.ts';

it('keeps the columns that were chosen, the title always among them', () => {
  expect(readColumns(null)).toContain('cost');
  expect(readColumns('cost nonsense status')).toEqual(['title', 'status', 'cost']);
  expect(toggleColumn(['title', 'cost'], 'status')).toEqual(['title', 'status', 'cost']);
  expect(toggleColumn(['title', 'cost'], 'cost')).toEqual(['title']);
});

it('keeps the order that was chosen', () => {
  expect(readSorting('-cost')).toEqual({ by: 'cost', descending: true });
  expect([readSorting(null), readSorting('nonsense')].map(writeSorting)).toEqual(['-updated', '-updated']);
  expect(writeSorting(nextSorting(readSorting('-cost'), 'cost'))).toBe('cost');
  expect(writeSorting(nextSorting(readSorting('-cost'), 'title'))).toBe('title');
  expect(writeSorting(nextSorting(readSorting('title'), 'time'))).toBe('-time');
});
