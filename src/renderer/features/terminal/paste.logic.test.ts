import { expect, it } from 'vitest';
import { asksBeforePaste, lineCount } from './paste.logic.ts';

it.each([
  ['one line', 'npm test', false],
  ['one line with its end', 'npm test\n', false],
  ['two lines', 'npm test\nrm -rf build', true],
  ['two lines of a Mac of old', 'a\rb', true],
  ['an escape sequence', 'echo \u001b[201~ now', true],
  ['a tab', 'a\tb', false],
])('asks before %s is pasted into a program that takes it for typing', (_, text, asks) => {
  expect(asksBeforePaste(text, false)).toBe(asks);
  expect(asksBeforePaste(text, true)).toBe(false);
});

it('counts lines as a person does', () => {
  expect([lineCount('a'), lineCount('a\n'), lineCount('a\r\nb\nc')]).toEqual([1, 1, 3]);
});
