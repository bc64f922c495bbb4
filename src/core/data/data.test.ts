import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../test/support/temp.ts';
import type { Result } from '../../contract/rejection.ts';
import { folderSize } from '../base/folder-size.ts';
import { PERSON } from '../core-api.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { backUp } from './back-up.ts';
import { createDataCalls } from './calls.ts';

const NOW = Date.UTC(2026, 2, 1, 12, 30, 5);

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
beforeEach(async () => {
  folder = await createTempFolder();
  opened = must(openDatabase(folder.path));
});
afterEach(async () => {
  opened.close();
  await folder.remove();
});

function must<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}

test('a copy of the database is whole and one file, while it is written to', async () => {
  const { db } = opened;
  const put = db.prepare('INSERT INTO blobs (id, part, task_id, text) VALUES (?, 0, ?, ?)');
  for (let n = 0; n < 300; n += 1) put.run(`x${n}`, 'a00000001', 'long '.repeat(10_000));
  const backups = path.join(folder.path, 'backups');
  const copying = backUp(db, backups, new Date(NOW));
  let written = 300;
  for (let done = false; !done; written += 1) {
    done = await Promise.race([
      copying.then(() => true),
      new Promise<boolean>((resolve) => setImmediate(resolve, false)),
    ]);
    put.run(`x${written}`, 'a00000001', 'late');
  }
  const made = must(await copying);
  expect(made.path).toBe(path.join(backups, 'drover-2026-03-01-123005.sqlite'));
  expect(await readdir(backups)).toEqual(['drover-2026-03-01-123005.sqlite']);
  expect((await stat(made.path)).mode & 0o777).toBe(0o600);
  expect((await stat(made.path)).size).toBe(made.bytes);
  const copy = new Database(made.path, { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.pragma('user_version', { simple: true })).toBe(db.pragma('user_version', { simple: true }));
  const { n } = copy.prepare('SELECT count(*) AS n FROM blobs').get() as { n: number };
  expect(n).toBeGreaterThanOrEqual(300);
  copy.close();
  expect(must(await backUp(db, backups, new Date(NOW))).path).toMatch(/123005-2\.sqlite$/);
});

test('a place that cannot be written is refused with words, and nothing is left', async () => {
  await writeFile(path.join(folder.path, 'backups'), 'a file');
  expect(await backUp(opened.db, path.join(folder.path, 'backups'), new Date(NOW))).toMatchObject({ ok: false });
});

test('describes where the data is and how much room it takes, without walking through everything', async () => {
  const write = async (name: string, bytes: number) => {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, Buffer.alloc(bytes));
  };
  await write('logs/drover.log', 100);
  await write('logs/drover.log.1', 20);
  await write('workspaces/p/t/src/a.ts', 7);
  await write('workspaces/p/t/b.ts', 3);
  await write('backups/drover-1.sqlite', 9);
  await write('backups/notes.txt', 1);
  const calls = createDataCalls({
    db: opened.db,
    file: opened.file,
    dataFolder: folder.path,
    now: () => NOW,
    attachments: () => 55,
    workspaces: () => 1,
  });
  const described = must(await calls.describe(undefined, PERSON));
  expect(described).toMatchObject({
    folder: folder.path,
    attachments: 55,
    logs: 120,
    workspaces: { count: 1, bytes: 10 },
    backups: [{ path: path.join(folder.path, 'backups', 'drover-1.sqlite'), bytes: 9 }],
  });
  expect(described.database).toBeGreaterThanOrEqual((await stat(opened.file)).size);
  expect(await folderSize(path.join(folder.path, 'workspaces'), 3)).toBeNull();
  expect(await folderSize(path.join(folder.path, 'gone'), 3)).toBe(0);
});
