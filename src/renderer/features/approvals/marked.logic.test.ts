import fc from 'fast-check';
import { expect, it } from 'vitest';
import { revealHidden } from '../../../contract/text.ts';
import { markedPieces } from './marked.logic.ts';

it('cuts at marks, danger before a note', () => {
  const pieces = markedPieces('rm -rf / && ls', [
    { start: 0, end: 14, level: 'note', words: 'a list' },
    { start: 0, end: 8, level: 'danger', words: 'deletes' },
  ]);
  expect(pieces).toEqual([
    { text: 'rm -rf /', level: 'danger', words: 'a list; deletes' },
    { text: ' && ls', level: 'note', words: 'a list' },
  ]);
});

it('shows what is hidden', () => {
  expect(markedPieces('a\u202eb', [])[0]?.text).toBe('a⟨RLO⟩b');
});

it('loses nothing, whatever the marks are', () => {
  const mark = fc.record({
    start: fc.integer({ min: -5, max: 40 }),
    end: fc.integer({ min: -5, max: 40 }),
    level: fc.constantFrom('danger' as const, 'note' as const),
    words: fc.string(),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(mark, { maxLength: 6 }), (text, marks) => {
      const shown = markedPieces(text, marks)
        .map((piece) => piece.text)
        .join('');
      expect(shown).toBe(revealHidden(text));
    }),
  );
});
