import { describe, expect, it } from 'vitest';
import { createPaint, noPaint, wantsColour } from './paint.ts';
import { fields, table } from './table.ts';

const view = { paint: noPaint, columns: Number.POSITIVE_INFINITY, now: 0 };
const COLUMNS = [{ title: 'ID' }, { title: 'N', align: 'right' as const }, { title: 'TITLE', flexible: true }];
const ROWS = [
  [{ text: 'a1' }, { text: '5' }, { text: 'A title that is long' }],
  [{ text: 'a234' }, { text: '50' }, { text: '日本' }],
];

describe('table', () => {
  it('aligns by columns, without spaces at line ends', () => {
    expect(table(view, COLUMNS, ROWS)).toEqual(['ID     N  TITLE', 'a1     5  A title that is long', 'a234  50  日本']);
  });

  it('cuts the flexible column to the terminal', () => {
    expect(table({ ...view, columns: 20 }, COLUMNS, ROWS)[1]).toBe('a1     5  A title t…');
  });

  it('is not moved by colours', () => {
    const coloured = table(
      { ...view, paint: createPaint(true) },
      [{ title: 'S' }, { title: 'T' }],
      [[{ text: 'ok', style: 'green' }, { text: 'x' }]],
    );
    expect(coloured).toEqual(['\u001b[2mS\u001b[22m   \u001b[2mT\u001b[22m', '\u001b[32mok\u001b[39m  x']);
  });

  it('is nothing without rows', () => {
    expect(table(view, COLUMNS, [])).toEqual([]);
  });
});

describe('fields', () => {
  it('puts values below each other and leaves empty ones out', () => {
    expect(
      fields(view, [
        ['Name', 'x'],
        ['Checks', ['one', 'two']],
        ['None', null],
        ['Empty', ''],
        ['List', []],
      ]),
    ).toEqual(['Name    x', 'Checks  one', '        two']);
  });
});

describe('wantsColour', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { TERM: 'dumb' }, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('terminal %s, %j: %s', (isTerminal, env, expected) => {
    expect(wantsColour(isTerminal, env)).toBe(expected);
  });
});
