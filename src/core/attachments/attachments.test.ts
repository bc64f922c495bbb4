import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import { MAX_ATTACHMENT_BYTES } from '../../contract/attachment/state.ts';
import type { Result } from '../../contract/rejection.ts';
import { silentLogger } from '../base/logger.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { type Attachments, createAttachments } from './attachments.ts';
import { safeName } from './safe-name.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
let attachments: Attachments;
let now = 0;
const tasks = new Set<string>();
beforeEach(async () => {
  folder = await createTempFolder();
  opened = value(openDatabase(folder.path));
  now = 1_000_000;
  tasks.clear();
  attachments = createAttachments({
    db: opened.db,
    dataFolder: folder.path,
    now: () => now,
    logger: silentLogger,
    hasTask: (id) => tasks.has(id),
  });
});
afterEach(async () => {
  opened.close();
  await folder.remove();
});

function value<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}
const refusal = (outcome: Result<unknown>) => (outcome.ok ? null : outcome.rejection);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const add = async (name: string, text = 'hello') => value(await attachments.add({ name, base64: base64(text) }));
const files = async () =>
  existsSync(join(folder.path, 'attachments')) ? readdir(join(folder.path, 'attachments')) : [];

describe('adding', () => {
  test('keeps the content in a folder of its own, for this user only', async () => {
    const added = await add('Screen shot.PNG', 'pixels');
    expect(added).toMatchObject({ name: 'Screen shot.PNG', bytes: 6, type: 'image/png' });
    expect(added.path).toBe(join(folder.path, 'attachments', added.id, 'Screen shot.PNG'));
    expect(await readFile(added.path, 'utf8')).toBe('pixels');
    expect((await stat(added.path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(added.path))).mode & 0o777).toBe(0o700);
    expect((await add('empty', '')).bytes).toBe(0);
    expect(attachments.size()).toBe(6);
  });

  test('a name never leads out of its folder', async () => {
    for (const name of [
      '../../evil',
      '/etc/passwd',
      'a\\..\\b',
      '..',
      '.',
      'C:\\x\\y.txt',
      'x\u0000y',
      '\u202egnp.exe',
    ]) {
      const { path, id } = await add(name);
      expect(dirname(path)).toBe(join(folder.path, 'attachments', id));
      expect(existsSync(path), name).toBe(true);
    }
  });

  test('what is no base64, and what is too large, is refused and leaves nothing', async () => {
    for (const bad of ['a', 'ab=c', '====', 'aGk=\n', 'hällo!!!', 'aGk']) {
      expect(refusal(await attachments.add({ name: 'x', base64: bad }))?.code, bad).toBe('invalid');
    }
    const large = Buffer.alloc(MAX_ATTACHMENT_BYTES + 1).toString('base64');
    expect(refusal(await attachments.add({ name: 'big.bin', base64: large }))).toMatchObject({
      code: 'invalid',
      message: 'big.bin is larger than 10 MiB, the most that can be attached.',
    });
    expect(await files()).toEqual([]);
  });

  test('files without a task are limited in number', async () => {
    for (let n = 0; n < 200; n += 1) await add(`${n}`);
    expect(refusal(await attachments.add({ name: 'x', base64: '' }))?.code).toBe('conflict');
  });
});

describe('a task', () => {
  test('takes files; then they cannot be removed, and go with it', async () => {
    const [one, two] = [await add('one'), await add('two')];
    expect(value(await attachments.take([two.id, one.id, two.id], 'a00000001'))).toEqual([two, one]);
    expect(refusal(await attachments.remove(one.id))).toMatchObject({ code: 'conflict' });
    await attachments.forget('a00000001');
    expect(await files()).toEqual([]);
    expect(refusal(await attachments.remove(one.id))).toMatchObject({ code: 'not-found' });
  });

  test('a file of another task is copied, so that each task has its own', async () => {
    const one = await add('one.txt', 'text');
    value(await attachments.take([one.id], 'a00000001'));
    const [copy] = value(await attachments.take([one.id], 'a00000002'));
    expect(copy).toMatchObject({ name: 'one.txt', bytes: 4 });
    expect(copy?.id).not.toBe(one.id);
    await attachments.forget('a00000001');
    expect(await readFile(copy?.path ?? '', 'utf8')).toBe('text');
  });

  test('takes all or none', async () => {
    const [one, other] = [await add('one'), await add('other')];
    value(await attachments.take([other.id], 'a00000009'));
    expect(refusal(await attachments.take([one.id, other.id, 'fgone0000'], 'a00000001'))?.code).toBe('not-found');
    expect(value(await attachments.remove(one.id))).toEqual({ attachmentId: one.id });
    expect(await files()).toEqual([other.id]);
    const again = await add('again');
    attachments.release(value(await attachments.take([again.id], 'a00000003')));
    expect(value(await attachments.remove(again.id))).toEqual({ attachmentId: again.id });
  });
});

test('tidying forgets what no task has taken within a day, and what is left of tasks that are gone', async () => {
  const [old, left, kept] = [await add('old'), await add('left'), await add('kept')];
  value(await attachments.take([kept.id], 'a00000001'));
  value(await attachments.take([left.id], 'a00000002'));
  tasks.add('a00000001');
  now += 24 * 60 * 60 * 1000 + 1;
  const fresh = await add('fresh');
  await attachments.tidy();
  expect((await files()).sort()).toEqual([kept.id, fresh.id].sort());
  expect(old.id).not.toBe(left.id);
});

test('a safe name is one plain part that keeps its ending', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = safeName(given);
      expect(basename(name)).toBe(name);
      expect(['', '.', '..']).not.toContain(name);
      expect(name).not.toMatch(/\p{Cc}|\p{Cf}|[<>:"|?*`\\/]/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      expect(safeName(name)).toBe(name);
    }),
  );
  expect(safeName(`${'ü'.repeat(300)}.png`)).toMatch(/^ü+\.png$/);
  expect(safeName('CON.txt')).toBe('_CON.txt');
  expect(safeName('notes . ')).toBe('notes');
});
