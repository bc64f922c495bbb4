import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aTask } from '../../../test/support/task.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import { projectSettings } from '../../contract/project/state.ts';
import { summarize } from '../../contract/task/derive.ts';
import { taskSummary } from '../../contract/task/state.ts';
import { migrations } from './migrations/list.ts';
import { openDatabase } from './open.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  folder = await createTempFolder();
});
afterEach(() => folder.remove());

function refusal(outcome: ReturnType<typeof openDatabase>): string {
  if (outcome.ok) {
    outcome.value.close();
    throw new Error('it opened');
  }
  return outcome.rejection.message;
}

describe('openDatabase', () => {
  test('makes the schema once and opens again', () => {
    const first = openDatabase(folder.path);
    if (!first.ok) throw new Error(first.rejection.message);
    first.value.db.prepare("INSERT INTO settings (key, value) VALUES ('a', '1')").run();
    first.value.close();
    const again = openDatabase(folder.path);
    if (!again.ok) throw new Error(again.rejection.message);
    expect(again.value.db.prepare('SELECT * FROM settings').all()).toEqual([{ key: 'a', value: '1' }]);
    expect(again.value.db.pragma('journal_mode', { simple: true })).toBe('wal');
    again.value.close();
  });

  test('keeps a second host out, and lets it in when the first is gone', () => {
    const first = openDatabase(folder.path);
    if (!first.ok) throw new Error(first.rejection.message);
    expect(refusal(openDatabase(folder.path))).toBe(
      `Another Drover is already running on the data folder ${folder.path}.`,
    );
    first.value.close();
    const second = openDatabase(folder.path);
    expect(second.ok).toBe(true);
    if (second.ok) second.value.close();
  });

  test('leaves a database of a newer Drover as it is', () => {
    const file = path.join(folder.path, 'drover.db');
    const newer = new Database(file);
    newer.pragma('user_version = 999');
    newer.close();
    const before = readFileSync(file);
    expect(refusal(openDatabase(folder.path))).toMatch(/newer Drover \(schema 999, this one knows \d+\)/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('leaves a damaged file as it is', () => {
    const file = path.join(folder.path, 'drover.db');
    writeFileSync(file, 'this is not a database, and long enough to have a header of its own'.repeat(40));
    const before = readFileSync(file);
    expect(refusal(openDatabase(folder.path))).toMatch(/is damaged and was left as it is/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('says when another program has locked the file', () => {
    const made = openDatabase(folder.path, migrations.slice(0, 1));
    if (made.ok) made.value.close();
    const other = new Database(path.join(folder.path, 'drover.db'));
    other.pragma('journal_mode = DELETE');
    other.exec('BEGIN EXCLUSIVE');
    expect(refusal(openDatabase(folder.path))).toMatch(/is locked by another program/);
    other.close();
  });

  test.each([0o022, 0])('is for this user only with umask %o, whatever was there before', (mask) => {
    const before = process.umask(mask);
    const parts = ['drover.db', 'drover.db-wal', 'drover.db-shm', 'host.lock'].map((name) =>
      path.join(folder.path, name),
    );
    try {
      for (const round of [1, 2]) {
        const opened = openDatabase(folder.path);
        if (!opened.ok) throw new Error(opened.rejection.message);
        opened.value.db.prepare("INSERT OR REPLACE INTO settings (key, value) VALUES ('a', '1')").run();
        for (const part of parts) expect([round, part, statSync(part).mode & 0o777]).toEqual([round, part, 0o600]);
        opened.value.close();
        for (const part of [parts[0], parts[3]]) chmodSync(String(part), 0o666);
      }
    } finally {
      process.umask(before);
    }
  });

  test('says when a folder is in the place of the database or the lock', () => {
    for (const name of ['host.lock', 'drover.db']) {
      const at = path.join(folder.path, name);
      rmSync(at, { force: true });
      mkdirSync(at);
      expect(refusal(openDatabase(folder.path))).toMatch(`${at} cannot be used: it is a folder`);
      rmdirSync(at);
    }
  });

  test('says when the data folder cannot be one', () => {
    const file = path.join(folder.path, 'a-file');
    writeFileSync(file, '');
    expect(refusal(openDatabase(path.join(file, 'data')))).toMatch(/is no folder\. Move it away/);
  });

  test('backs up before it changes an older schema, and the rows live on', () => {
    const older = openDatabase(folder.path, migrations.slice(0, 1));
    if (!older.ok) throw new Error(older.rejection.message);
    older.value.db.prepare("INSERT INTO goals (task_id, goal) VALUES ('a00000001', 'keep me')").run();
    older.value.close();
    const newer = openDatabase(folder.path);
    if (!newer.ok) throw new Error(newer.rejection.message);
    expect(newer.value.db.prepare('SELECT goal FROM goals').get()).toEqual({ goal: 'keep me' });
    newer.value.close();
    const [backup] = readdirSync(path.join(folder.path, 'backups'));
    const copy = new Database(path.join(folder.path, 'backups', String(backup)), { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.prepare('SELECT goal FROM goals').get()).toEqual({ goal: 'keep me' });
    copy.close();
  });
});

test('tasks and projects of before places get them, and keep the order of the queue', () => {
  const older = openDatabase(folder.path, migrations.slice(0, 4));
  if (!older.ok) throw new Error(older.rejection.message);
  const insert = older.value.db.prepare(
    `INSERT INTO tasks (id, project_id, status, created_at, queued_seq, title, summary, state)
     VALUES (?, 'p00000001', 'queued', ?, ?, 'T', ?, ?)`,
  );
  const { rank, archivedAt, approvals, stalled, ...summary } = summarize(aTask());
  const { attachments, stall, ...state } = aTask();
  const old = { ...state, rank: undefined, archivedAt: undefined, approvals: undefined };
  insert.run('a00000002', 2000, 5, JSON.stringify({ ...summary, id: 'a00000002' }), JSON.stringify(old));
  insert.run('a00000001', 1000, 7, JSON.stringify(summary), JSON.stringify(old));
  const settings = { setup: [['make']], copy: ['.env'], checks: [], branchPrefix: 'mine/' };
  older.value.db
    .prepare("INSERT INTO projects VALUES ('p00000001', 'P', '/p', 1, ?, 12)")
    .run(JSON.stringify(settings));
  older.value.close();

  const newer = openDatabase(folder.path);
  if (!newer.ok) throw new Error(newer.rejection.message);
  const { db } = newer.value;
  const rows = db.prepare('SELECT id, rank, archived, queued_seq, summary, state FROM tasks ORDER BY rank').all();
  const [first, second] = rows as { id: string; rank: number; summary: string; state: string }[];
  expect(first).toMatchObject({ id: 'a00000001', rank: 1000, archived: 0, queued_seq: 7 });
  expect(second).toMatchObject({ id: 'a00000002', rank: 2000, archived: 0, queued_seq: 5 });
  expect(taskSummary.parse(JSON.parse(first?.summary ?? ''))).toEqual({ ...summarize(aTask()), rank: 1000 });
  expect(JSON.parse(first?.state ?? '')).toEqual({ ...aTask(), rank: 1000 });
  const project = db.prepare('SELECT settings FROM projects').get() as { settings: string };
  expect(projectSettings.parse(JSON.parse(project.settings))).toEqual({
    ...settings,
    quiet: false,
    lifted: [],
    submodules: false,
  });
  newer.value.close();
});

test('released steps of the schema are never edited', () => {
  const hashes = migrations.map(({ id, name, sql }) => [
    id,
    name,
    createHash('sha256').update(sql).digest('hex').slice(0, 12),
  ]);
  expect(hashes.map(([id]) => id)).toEqual(migrations.map((_, index) => index + 1));
  expect(hashes).toMatchInlineSnapshot(`
    [
      [
        1,
        "log",
        "b5adb2e2ebd7",
      ],
      [
        2,
        "projects",
        "a49811874cc6",
      ],
      [
        3,
        "workspaces",
        "c333faa1f4c4",
      ],
      [
        4,
        "settings",
        "019076e4e581",
      ],
      [
        5,
        "places",
        "26fb7b32abe8",
      ],
      [
        6,
        "attachments",
        "fc2ddddfba59",
      ],
      [
        7,
        "approvals",
        "91d04e65db95",
      ],
      [
        8,
        "rules",
        "05276230cd70",
      ],
      [
        9,
        "accepted",
        "40c9029a861f",
      ],
      [
        10,
        "workspace-before",
        "d42b2a7ea6be",
      ],
      [
        11,
        "removals",
        "188fb70d6524",
      ],
      [
        12,
        "messages",
        "bf8d88d9bc11",
      ],
      [
        13,
        "pauses",
        "6bd165d5d1a9",
      ],
      [
        14,
        "host",
        "f2eba19f1e1d",
      ],
      [
        15,
        "agent-limits",
        "01ce6cd340c9",
      ],
      [
        16,
        "outputs",
        "dfdb38278c07",
      ],
      [
        17,
        "checkpoints",
        "d280f2b6ab3c",
      ],
    ]
  `);
});
