import { expect, test } from 'vitest';
import { piecesOf } from './pieces.logic.ts';

test('pieces are whole lines, and together the text', () => {
  const text = 'one\ntwo\nthree\n';
  expect(piecesOf(text, 9)).toEqual(['one\ntwo\n', 'three\n']);
  expect(piecesOf('', 9)).toEqual([]);
});

test('a line without end is cut, but no letter is', () => {
  const pieces = piecesOf(`a${'😀'.repeat(100)}`, 10);
  expect(pieces.join('')).toBe(`a${'😀'.repeat(100)}`);
  // It throws for half a letter.
  for (const piece of pieces) expect(encodeURIComponent(piece).length).toBeGreaterThan(0);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(10);
});
