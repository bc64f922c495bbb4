import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuMs } from '../../../test/support/cpu-time.ts';
import { diffLines, parseDiff } from './diff.logic.ts';

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

test('reads what git writes', () => {
  const lines = parseDiff(
    'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@ main\n one\n-two\n--- three\n+2\n+++ 3\n\\ No newline at end of file\n@@ -9 +9 @@\n nine\n',
  );
  expect(shape(lines)).toEqual(
    ['@Line 1: main', ' one', '-two', '--- three', '+2', '+++ 3', '!No newline at end of file', '@Line 9', ' nine'].map(
      (line) => line.replace(/^--- three/, '--- three'),
    ),
  );
  expect(lines.find((line) => line.text === '2')).toMatchObject({ before: null, after: 2 });
  const told = (text: string) => parseDiff(`diff --git a/x b/x\n${text}`).map((line) => line.text);
  expect(told('new file mode 100644\nBinary files /dev/null and b/x differ\n')).toEqual([
    'A new file',
    'This file is not text: what it holds is not shown.',
  ]);
  expect(told('similarity index 90%\nrename from old\nrename to x\n')).toEqual(['It was named old']);
  expect(told('old mode 100644\nnew mode 100755\n')).toEqual(['The file can now be run']);
  expect(told('deleted file mode 100644\n')).toEqual(['The file is deleted']);
  expect(parseDiff('')).toEqual([]);
});
