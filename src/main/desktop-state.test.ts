import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { readDesktopState } from './desktop-state.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

const write = (text: string) => writeFile(path.join(folder.path, 'desktop.json'), text);

/** A file that tells how often it was written. */
function createStore() {
  const written: unknown[] = [];
  return {
    written,
    set store(value: unknown) {
      written.push(value);
    },
    get store(): never {
      throw new Error('Nobody reads it again.');
    },
  };
}

it('knows what the file says, and what it does not say as it is at first', async () => {
  await write('{"toldOfTray":true}');
  const desktopState = readDesktopState(folder.path);
  expect(desktopState.get('toldOfTray')).toBe(true);
  expect(desktopState.get('board')).toEqual({ place: null, maximized: false, zoom: 0 });
});

it.each([[''], ['{"toldOf'], ['null'], ['[1]'], ['7']])('begins anew where the file says %j', async (text) => {
  await write(text);
  const desktopState = readDesktopState(folder.path);
  expect([desktopState.get('board').zoom, desktopState.get('seenAt'), desktopState.get('toldOfTray')]).toEqual([
    0,
    0,
    false,
  ]);
});

it('writes what was set before there was a file, once there is one, and nothing that was not set', () => {
  const [desktopState, quiet] = [readDesktopState(folder.path), readDesktopState(folder.path)];
  desktopState.set('seenAt', 5);
  const [store, untouched] = [createStore(), createStore()];
  desktopState.keepIn(store as never);
  quiet.keepIn(untouched as never);
  expect(store.written).toEqual([expect.objectContaining({ seenAt: 5, toldOfTray: false })]);
  expect(untouched.written).toEqual([]);
  desktopState.set('toldOfTray', true);
  expect(store.written.at(-1)).toMatchObject({ seenAt: 5, toldOfTray: true });
});
