import { expect, test } from 'vitest';
import { lineArguments } from './editor-lines.ts';
import { OPENERS } from './openers.ts';

const at = { path: '/w/it is.ts', line: 12, column: 5 };

test.each([
  [['code'], ['-g', '/w/it is.ts:12:5']],
  [
    ['code', '--new-window'],
    ['-g', '/w/it is.ts:12:5'],
  ],
  [['/usr/bin/zed'], ['/w/it is.ts:12:5']],
  [['subl'], ['/w/it is.ts:12:5']],
  [['C:\\JetBrains\\idea64.exe'], ['--line', '12', '/w/it is.ts']],
  [['pycharm.sh'], ['--line', '12', '/w/it is.ts']],
  [
    ['kitty', 'nvim'],
    ['+12', '/w/it is.ts'],
  ],
  [['gvim'], ['+12', '/w/it is.ts']],
  [
    ['emacsclient', '-n'],
    ['+12:5', '/w/it is.ts'],
  ],
  [['kate'], ['-l', '12', '-c', '5', '/w/it is.ts']],
  [['my-editor'], null],
])('%j opens a file at its line', (command, expected) => {
  expect(lineArguments(command, at)).toEqual(expected);
});

test('without a column there is none, and without a line nothing is said of it', () => {
  expect(lineArguments(['code'], { path: '/w/a', line: 3 })).toEqual(['-g', '/w/a:3']);
  expect(lineArguments(['emacs'], { path: '/w/a', line: 3 })).toEqual(['+3', '/w/a']);
  expect(lineArguments(['kate'], { path: '/w/a', line: 3 })).toEqual(['-l', '3', '/w/a']);
  expect(lineArguments(['code'], { path: '/w/a' })).toBeNull();
});

test('every editor that is found by itself is known, but those that macOS opens as applications', () => {
  const editors = [...OPENERS.editor.linux, ...OPENERS.editor.darwin].filter(({ application }) => !application);
  expect(editors.filter(({ program }) => lineArguments([program], at) === null)).toEqual([]);
});
