import { expect, it } from 'vitest';
import { findPaths, pathInside } from './file-paths.logic.ts';

const found = (text: string) => findPaths(text).map(({ words, from, to }) => [words, text.slice(from, to)]);

it.each([
  ['src/a.ts:12:5 - error TS2322: no', [['src/a.ts:12', 'src/a.ts:12:5']]],
  ['src/a.ts(12,5): error TS2322: no', [['src/a.ts:12', 'src/a.ts(12,5)']]],
  ['  File "lib/b.py", line 7, in <module>', [['lib/b.py:7', '"lib/b.py", line 7']]],
  ['    at run (/w/src/c.js:3:14)', [['/w/src/c.js:3', '/w/src/c.js:3:14']]],
  [
    '✗ app/[id]/page.tsx:9 and ./x.go:1.',
    [
      ['app/[id]/page.tsx:9', 'app/[id]/page.tsx:9'],
      ['./x.go:1', './x.go:1'],
    ],
  ],
  ['12:30:05 started, no line here: 5', [['12:30', '12:30:05']]],
  ['nothing', []],
])('finds what is in %s', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

it('tells the line, and the column where there is one', () => {
  const places = (text: string) => findPaths(text).map(({ line, column }) => [line, column]);
  expect(places('src/a.ts:12:5 b.ts(3,7) c.ts:9 File "d.py", line 4 e.ts:0:0')).toEqual([
    [12, 5],
    [9, undefined],
    [1, undefined],
    [3, 7],
    [4, undefined],
  ]);
});

it('reads a line of any length, and not without end', () => {
  expect(findPaths('a:1 '.repeat(100_000)).length).toBe(8);
  expect(findPaths(`${'a'.repeat(1_000_000)}:1`)).toEqual([]);
});

it.each([
  ['src/a.ts', 'src/a.ts'],
  ['./src/a.ts', 'src/a.ts'],
  ['/w/src/a.ts', 'src/a.ts'],
  ['/wider/src/a.ts', null],
  ['/etc/passwd', null],
  ['../a.ts', null],
  ['src/../../a.ts', null],
  ['/w/../a.ts', null],
  ['/w/', null],
])('%s is %s in the folder', (path, inside) => {
  expect(pathInside(path, '/w')).toBe(inside);
});
