import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { createStopNotes } from './stop-notes.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let file: string;
beforeEach(async () => {
  folder = await createTempFolder();
  file = join(folder.path, 'stops');
});
afterEach(() => folder.remove());

test('a noted stop is known to the next host, until it is in the log; the file never grows', () => {
  const notes = createStopNotes(file);
  const { size, mode } = statSync(file);
  expect(mode & 0o077).toBe(0);
  for (let n = 0; n < 300; n += 1) notes.add(`a0000000${n % 10}.${n}`);
  notes.add('a00000001.1');
  notes.remove('a00000008.298');
  expect(statSync(file).size).toBe(size);
  const next = createStopNotes(file);
  expect(['a00000001.1', 'a00000009.299', 'a00000008.298', 'a00000000.0'].map(next.has)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a file that was half written, or cannot be one, is no hindrance', () => {
  writeFileSync(file, '["a0000');
  const notes = createStopNotes(file);
  notes.add('a00000001.1');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(['a00000001.1']);
  const nowhere = createStopNotes(join(folder.path, 'gone', 'stops'));
  nowhere.add('a00000001.1');
  expect(nowhere.has('a00000001.1')).toBe(true);
});
