import { expect, it } from 'vitest';
import { readSize, sizeAfter } from './split.logic.ts';

const range = { least: 220, usual: 300, most: 520, step: 16 };

it('keeps the size within its limits, by keys and as it was written down', () => {
  const after = (key: string, size = 400) => sizeAfter(range, key, size, 'ArrowLeft', 'ArrowRight');
  expect(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Enter', 'x'].map((key) => after(key))).toEqual([
    384,
    416,
    range.least,
    range.most,
    range.usual,
    null,
  ]);
  expect(after('ArrowLeft', range.least)).toBe(range.least);
  expect(sizeAfter(range, 'ArrowUp', 300, 'ArrowDown', 'ArrowUp')).toBe(316);
  expect(['333', '9999', '1', 'wide', null].map((text) => readSize(range, text))).toEqual([
    333,
    range.most,
    range.least,
    range.usual,
    range.usual,
  ]);
});
