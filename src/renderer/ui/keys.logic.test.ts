import { describe, expect, it } from 'vitest';
import { ariaKeys, fromAccelerator, isChord, keysOf, refusalOf, toAccelerator, writeKeys } from './keys.logic.ts';

const press = (key: string, more: Partial<Parameters<typeof keysOf>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('the keys of an event', () => {
  it.each([
    [press('n'), 'n'],
    [press('N', { shiftKey: true }), 'shift+n'],
    [press('?', { shiftKey: true }), '?'],
    [press('1'), '1'],
    [press('+', { shiftKey: true }), 'plus'],
    [press(' ', { ctrlKey: true }), 'mod+space'],
    [press('K', { ctrlKey: true, shiftKey: true }), 'mod+shift+k'],
    [press('Delete'), 'delete'],
    [press('å', { altKey: true, code: 'KeyA' }), 'alt+a'],
    [press('F5'), 'f5'],
    [press('ß'), 'ß'],
    [press('Shift', { shiftKey: true }), null],
    [press('Dead'), null],
  ])('%j are %s', (event, keys) => {
    expect(keysOf(event, false)).toBe(keys);
  });

  it('has Cmd for Ctrl on a Mac', () => {
    expect(keysOf(press('k', { metaKey: true }), true)).toBe('mod+k');
    expect(keysOf(press('k', { ctrlKey: true }), true)).toBe('ctrl+k');
    expect(keysOf(press('k', { metaKey: true }), false)).toBe('meta+k');
  });
});

it('writes them for people and for screen readers', () => {
  expect(writeKeys('mod+shift+k', false)).toBe('Ctrl Shift K');
  expect(writeKeys('mod+shift+arrowup', true)).toBe('⌘⇧↑');
  expect(ariaKeys('mod+k', false)).toBe('Control+k');
  expect(ariaKeys('shift+delete', false)).toBe('Shift+Delete');
});

it('knows with which keys nothing is typed', () => {
  expect(['mod+k', 'ctrl+k', 'f5', 'shift+f2'].map(isChord)).toEqual([true, true, true, true]);
  expect(['k', 'shift+k', 'alt+k', 'delete', 'f'].map(isChord)).toEqual([false, false, false, false, false]);
});

it.each([
  ['tab', false, true],
  ['mod+tab', false, false],
  ['enter', false, true],
  ['mod+enter', false, false],
  ['mod+c', false, true],
  ['mod+w', true, true],
  ['mod+w', false, false],
  ['k', true, false],
])('%s, in a browser %s, is refused: %s', (keys, inBrowser, refused) => {
  expect(refusalOf(keys, inBrowser) !== null).toBe(refused);
});

it.each([
  ['mod+alt+a', 'CommandOrControl+Alt+A'],
  ['mod+shift+space', 'CommandOrControl+Shift+Space'],
  ['meta+arrowup', 'Super+Up'],
  ['alt+plus', 'Alt+Plus'],
  ['f9', 'F9'],
])('%s is the accelerator %s and back', (keys, accelerator) => {
  expect(toAccelerator(keys)).toBe(accelerator);
  expect(fromAccelerator(accelerator)).toBe(keys);
});
