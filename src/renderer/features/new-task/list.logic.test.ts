import { expect, it } from 'vitest';
import { linesOfList } from './list.logic.ts';

it.each([
  ['plain lines', 'one\r\ntwo\n\nthree', ['one', 'two', 'three']],
  ['bullets', '- one\n* two\n+ three\n• four\n– five\n◦ six', ['one', 'two', 'three', 'four', 'five', 'six']],
  ['numbers', '1. one\n2) two\n(3) three\n10. ten', ['one', 'two', 'three', 'ten']],
  ['letters', 'a) one\nb. two\niv) four', ['one', 'two', 'four']],
  [
    'check boxes',
    '- [ ] one\n- [x] two\n[ ] three\n1. [X] four\n☐ five\n✔ six',
    ['one', 'two', 'three', 'four', 'five', 'six'],
  ],
  ['nested', '- one\n  - two\n    1. three', ['one', 'two', 'three']],
  ['wrapped lines', '- one that\n  goes on\n- two', ['one that goes on', 'two']],
  ['headings and rules', '## Plan\n\n---\n\n1. one\n***', ['Plan', 'one']],
  ['quotes', '> - one\n> - two', ['one', 'two']],
  ['bold and code', '- **one**\n- `two`\n- **three** and **four**', ['one', 'two', '**three** and **four**']],
  ['empty bullets', '- one\n-\n- \n- [ ]', ['one']],
  ['a dash within', 'seven - eight', ['seven - eight']],
  ['a number within', '3 files are left', ['3 files are left']],
  ['a fence', '```\n- one\n```', ['one']],
  ['nothing', ' \n ', []],
])('%s', (_what, text, items) => {
  expect(linesOfList(text)).toEqual(items);
});
