import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuMs } from '../../../test/support/cpu-time.ts';
import { diffLines } from './diff.logic.ts';

const shape = (lines: ReturnType<typeof diffLines>) =>
  lines.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-', hunk: '@', meta: '!' }[kind]}${text}`);

test('shows what changed with three lines around it', () => {
  const before = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`);
  const after = before.with(9, 'changed').concat('new');
  expect(shape(diffLines(before.join('\n'), after.join('\n')))).toEqual([
    '@6 lines unchanged',
    ' line 7',
    ' line 8',
    ' line 9',
    '-line 10',
    '+changed',
    ' line 11',
    ' line 12',
    ' line 13',
    '@4 lines unchanged',
    ' line 18',
    ' line 19',
    ' line 20',
    '+new',
  ]);
  expect(diffLines('a', 'a')).toEqual([{ kind: 'hunk', text: '1 line unchanged', before: null, after: null }]);
});

test('the lines before and after can be read out of it', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 7 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      // Within the lines of context nothing is left out.
      const lines = diffLines(`${before.join('\n')}\n`, `${after.join('\n')}\n`).filter((line) => line.kind !== 'hunk');
      const gone = lines.filter((line) => line.kind === 'removed').length;
      const come = lines.filter((line) => line.kind === 'added').length;
      expect(Math.max(1, after.length) - Math.max(1, before.length)).toBe(come - gone);
      for (const line of lines) {
        if (line.before !== null) expect(line.text).toBe(before[line.before - 1] ?? '');
        if (line.after !== null) expect(line.text).toBe(after[line.after - 1] ?? '');
      }
    }),
  );
});

test('large texts without much in common take little time', () => {
  const text = (word: string) => Array.from({ length: 20_000 }, (_, at) => `${word} ${at}`).join('\n');
  const startedAt = cpuMs();
  expect(diffLines(text('a'), text('b'))).toHaveLength(40_000);
  expect(cpuMs() - startedAt).toBeLessThan(1000);
});
