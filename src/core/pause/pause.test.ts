import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoggedPause } from '../../contract/pause/state.ts';
import { describePause } from '../../contract/words/pause.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { createPause } from './pause.ts';

let folder: string;
let opened: OpenDatabase;
let told: LoggedPause[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drover-pause-'));
  opened = open();
  told = [];
});
afterEach(() => {
  opened.close();
  rmSync(folder, { recursive: true });
});

function open(): OpenDatabase {
  const found = openDatabase(folder);
  if (!found.ok) throw new Error(found.rejection.message);
  return found.value;
}

function make() {
  const { db, file } = opened;
  return createPause({ db, file, now: () => 1000 + told.length, changed: (logged) => void told.push(logged) });
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
