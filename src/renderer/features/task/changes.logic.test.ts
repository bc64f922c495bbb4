import { expect, test } from 'vitest';
import { parseDiff } from '../../../core/git/parse-diff.ts';
import { diffRows } from './changes.logic.ts';

const rows = (text: string) => diffRows(parseDiff(text));

test('a diff is shown with its line numbers, and what became of the file in words', () => {
  const lines = rows(
    'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@ main\n one\n-two\n--- three\n+2\n+++ 3\n\\ No newline at end of file\n@@ -9 +9 @@\n nine\n',
  );
  const signs = { same: ' ', added: '+', removed: '-', hunk: '@', meta: '!' };
  expect(lines.map(({ kind, text }) => `${signs[kind]}${text}`)).toEqual([
    ...['@Line 1: main', ' one', '-two', '--- three', '+2', '+++ 3', '!No newline at end of file', '@Line 9', ' nine'],
  ]);
  expect(lines.find(({ text }) => text === '2')).toMatchObject({ before: null, after: 2 });
  expect(lines.at(-1)).toMatchObject({ before: 9, after: 9 });
  const told = (text: string) => rows(`diff --git a/x b/x\n${text}`).map((line) => line.text);
  expect(told('new file mode 100644\nBinary files /dev/null and b/x differ\n')).toEqual([
    'A new file',
    'This file is not text: what it holds is not shown.',
  ]);
  expect(told('similarity index 90%\nrename from old\nrename to x\n')).toEqual(['It was named old']);
  expect(told('old mode 100644\nnew mode 100755\n')).toEqual(['The file can now be run']);
  expect(told('deleted file mode 100644\n')).toEqual(['The file is deleted']);
  expect(told('new file mode 100755\n')).toEqual(['A new file that can be run']);
  expect(rows('* Unmerged path x\n').map(({ text }) => text)).toEqual(['* Unmerged path x']);
  expect(rows('')).toEqual([]);
});
