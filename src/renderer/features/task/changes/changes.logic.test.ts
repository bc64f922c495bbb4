import { expect, test } from 'vitest';
import type { ChangedFile } from '../../../../contract/workspace/state.ts';
import { parseDiff } from '../../../../core/git/parse-diff.ts';
import { diffRows, naturally, sumOf } from './changes.logic.ts';

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
  // That it is new is said above it.
  expect(told('new file mode 100644\nBinary files /dev/null and b/x differ\n')).toEqual([
    'A binary file cannot be shown here.',
  ]);
  expect(told('new file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+one\n')).toEqual(['one']);
  expect(told('similarity index 90%\nrename from old\nrename to x\n')).toEqual(['Renamed from old']);
  expect(told('old mode 100644\nnew mode 100755\n')).toEqual(['The file is now executable']);
  expect(told('deleted file mode 100644\n')).toEqual(['The file is deleted']);
  expect(told('new file mode 100755\n')).toEqual(['A new executable file']);
  expect(rows('* Unmerged path x\n').map(({ text }) => text)).toEqual(['* Unmerged path x']);
  expect(rows('')).toEqual([]);
});

const file = (path: string, insertions: number | null = 1): ChangedFile => ({
  path,
  status: 'modified',
  insertions,
  deletions: 0,
  lines: insertions === null ? 'not-counted' : 'counted',
});

test('files stand as people count, and their lines are summed', () => {
  const files = ['page-10', 'b/x', 'page-2', 'page-1', 'a'].map((path) => file(path));
  expect(naturally(files).map(({ path }) => path)).toEqual(['a', 'b/x', 'page-1', 'page-2', 'page-10']);
  expect(sumOf(files, 5)).toEqual({ insertions: 5, deletions: 0, isLeast: false });
  expect(sumOf(files, 6).isLeast).toBe(true);
  expect(sumOf([file('x', null)], 1)).toEqual({ insertions: 0, deletions: 0, isLeast: true });
});
