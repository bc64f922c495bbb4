import { expect, it } from 'vitest';
import { type KeyPress, zoomAfter } from './zoom-keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  type: 'keyDown',
  key,
  code: '',
  control: true,
  meta: false,
  alt: false,
  ...more,
});

it.each([
  ['+', press('+'), 1.5],
  ['= without shift', press('='), 1.5],
  ['plus on the number pad', press('+', { code: 'NumpadAdd' }), 1.5],
  ['-', press('-'), 0.5],
  ['0', press('0'), 0],
  ['a letter', press('a'), null],
  ['the key coming up', press('+', { type: 'keyUp' }), null],
  ['+ without control', press('+', { control: false }), null],
  ['+ with alt, which writes on some keyboards', press('+', { alt: true }), null],
])('%s', (_name, key, expected) => {
  expect(zoomAfter(1, key, false)).toBe(expected);
});

it('is command on macOS, and has ends', () => {
  expect(zoomAfter(1, press('+'), true)).toBeNull();
  expect(zoomAfter(1, press('+', { control: false, meta: true }), true)).toBe(1.5);
  expect(zoomAfter(5, press('+'), false)).toBe(5);
  expect(zoomAfter(-3, press('-'), false)).toBe(-3);
});
