import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LoggedPause, pauseState } from '../../contract/pause/state.ts';
import { describePause } from '../../contract/words/pause.ts';
import { migrations } from '../db/migrations/list.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { createPause } from './pause.ts';

let folder: string;
let opened: OpenDatabase;
let told: Pick<LoggedPause, 'by' | 'event'>[];
let retries: (() => boolean)[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drover-pause-'));
  opened = open();
  told = [];
  retries = [];
});
afterEach(() => {
  opened.close();
  rmSync(folder, { recursive: true });
});

function open(at = folder, steps = migrations): OpenDatabase {
  const found = openDatabase(at, steps);
  if (!found.ok) throw new Error(found.rejection.message);
  return found.value;
}

function make() {
  const { db, file } = opened;
  return createPause({
    db,
    file,
    now: () => 1000 + told.length,
    changed: (what) => void told.push(what),
    again: (write) => void retries.push(write),
  });
}

test('says who paused and resumed, when and where, and remembers it', () => {
  const pause = make();
  expect(pause.state()).toEqual({ paused: false, since: null });
  pause.set(true, { from: 'tray' });
  pause.set(true, { from: 'window' });
  expect(make().state()).toEqual({
    paused: true,
    since: { seq: 1, at: 1000, by: 'user', event: { type: 'drover.paused', from: 'tray' } },
  });
  pause.set(false, { from: 'command-line' });
  expect(told).toEqual(pause.log({ limit: 10 }).toReversed());
  expect(pause.log({ limit: 10 }).map(describePause)).toEqual([
    'Resumed by you on the command line',
    'Paused by you in the tray',
  ]);
  expect(pause.log({ limit: 10, before: 2 })).toHaveLength(1);
});

test('a repeated command gets its answer again and does nothing', () => {
  const pause = make();
  const paused = pause.set(true, { from: 'api', commandId: 'c1' });
  pause.set(true, { from: 'api', commandId: 'c2' });
  pause.set(false, { from: 'api', commandId: 'c3' });
  expect(pause.set(true, { from: 'api', commandId: 'c1' })).toEqual(paused);
  expect(pause.set(true, { from: 'api', commandId: 'c2' })).toEqual(paused);
  expect(make().isPaused()).toBe(false);
  expect(told).toHaveLength(2);
});

test('a pause that cannot be written holds all the same, and is written when it can be', () => {
  const pause = make();
  opened.db.pragma('query_only = on');
  expect(pause.set(true, { from: 'tray', commandId: 'c1' })).toMatchObject({ ok: true, value: { paused: true } });
  expect(pause.isPaused()).toBe(true);
  expect(told.map(describePause)).toEqual(['Paused by you in the tray']);
  pause.set(true, { from: 'window' });
  expect(retries.map((write) => write())).toEqual([false]);
  opened.db.pragma('query_only = off');
  expect(retries.map((write) => write())).toEqual([true]);
  expect(pause.state()).toMatchObject({ paused: true, since: { seq: 1, event: { from: 'tray' } } });
  expect(make().isPaused()).toBe(true);

  opened.db.pragma('query_only = on');
  expect(pause.set(false, { from: 'tray' })).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
  expect(pause.isPaused()).toBe(true);
});

test('a pause that could not be written is over when it is resumed', () => {
  const pause = make();
  opened.db.pragma('query_only = on');
  pause.set(true, { from: 'tray' });
  expect(pause.set(false, { from: 'window' })).toEqual({ ok: true, value: { paused: false, since: null } });
  opened.db.pragma('query_only = off');
  expect(retries.map((write) => write())).toEqual([true]);
  expect(make().isPaused()).toBe(false);
  expect(told.map(describePause)).toEqual(['Paused by you in the tray', 'Resumed by you in the window']);
});

test.each([
  ['true', true],
  ['false', false],
  [null, false],
])('the pause of an old database, the setting task.paused as %s, is taken over', (value, paused) => {
  const old = path.join(folder, 'old');
  mkdirSync(old);
  const before = Date.now();
  const older = open(old, migrations.slice(0, 12));
  if (value !== null) older.db.prepare("INSERT INTO settings (key, value) VALUES ('task.paused', ?)").run(value);
  older.close();
  const newer = open(old);
  const pause = createPause({ ...newer, now: () => 5, changed: () => {}, again: () => {} });
  const state = pauseState.parse(pause.state());
  expect(state).toMatchObject({ paused, since: paused ? { by: 'user', event: { from: null } } : null });
  if (paused) expect(state.since?.at).toBeGreaterThanOrEqual(before - 1000);
  expect(newer.db.prepare('SELECT * FROM settings').all()).toEqual([]);
  expect(pause.set(false, { from: 'window' })).toMatchObject({ ok: true, value: { paused: false } });
  newer.close();
});
