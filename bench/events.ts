import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createClock } from '../src/core/base/clock.ts';
import { openDatabase } from '../src/core/db/open.ts';
import { createHub } from '../src/core/log/hub.ts';
import { createLog } from '../src/core/log/log.ts';
import { createTaskStore } from '../src/core/tasks/store.ts';
import { must } from '../test/support/host.ts';
import type { Bench, Figure } from './bench.ts';
import { beginRun } from './support/fill.ts';
import { interleave, median } from './support/statistics.ts';

const LIMIT_SHARE = 60;
const TEXT = 'An agent says something of a usual length here. '.repeat(11).slice(0, 500);

/**
 * Events stored one by one, each with its projections in a transaction of its own, against a bare insert by the same
 * library with the same settings: one table without an index, rows of the same size, one in a transaction. An entry of
 * the conversation, which is nearly every event, changes no projection; a change of an item rewrites the row of its task,
 * and so at least twice as many pages as a bare insert of its few bytes, which is why it is shown without a limit.
 */
export const events: Bench = {
  name: 'events',
  async run({ quick, folder, scope }) {
    const { db, file, close } = must(openDatabase(join(folder, 'data')));
    scope.add(close);
    const log = createLog(db);
    const clock = createClock();
    const store = createTaskStore({ db, file, log, hub: createHub(log), clock });
    const { taskId, runId } = beginRun(store, { items: 5, projectId: 'p00000001' });

    let entries = 0;
    const storeEntry = () => {
      entries += 1;
      const content = log.keep(taskId, TEXT);
      const entry = { type: 'entry.text' as const, runId, entryId: `entry-${entries}`, content, parent: null };
      must(store.dispatch(taskId, { type: 'run.record', runId, events: [entry] }));
    };
    let changes = 0;
    const changeItem = () => {
      changes += 1;
      const status = changes % 2 === 1 ? 'in_progress' : 'pending';
      must(store.dispatch(taskId, { type: 'item.set', itemId: '1', status, reason: null, by: 'agent' }));
    };
    storeEntry();
    changeItem();
    const [entry, change] = log.read({ after: log.seq() - 2, limit: 2 }).map(({ event }) => JSON.stringify(event));
    const bare = createBareInsert(join(folder, 'bare.db'));
    scope.add(bare.close);

    const batch = quick ? 500 : 5000;
    const rate = (job: () => void) => async () => {
      const began = performance.now();
      for (let count = 0; count < batch; count += 1) job();
      return (batch / (performance.now() - began)) * 1000;
    };
    const rates = await interleave(quick ? 5 : 15, 2, {
      bareEntry: rate(() => bare.insert(taskId, clock.now(), entry ?? '')),
      entry: rate(storeEntry),
      bareChange: rate(() => bare.insert(taskId, clock.now(), change ?? '')),
      change: rate(changeItem),
    });

    const figure = (what: string, ours: number[], theirs: number[], limit: number | null): Figure => ({
      what: `${what}, stored singly, of a bare insert`,
      measured: (median(ours) / median(theirs)) * 100,
      unit: '%',
      limit,
      comparison: 'at least',
      note: `${Math.round(median(ours))} events/s, bare insert ${Math.round(median(theirs))} rows/s; medians of ${ours.length} times ${batch}`,
    });
    return [
      figure('entries of the conversation', rates.entry, rates.bareEntry, LIMIT_SHARE),
      figure('changes of items', rates.change, rates.bareChange, null),
    ];
  },
};

/** The settings of the connection are those of `openDatabase`. */
function createBareInsert(file: string) {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('journal_size_limit = 33554432');
  db.exec(
    'CREATE TABLE bare (seq INTEGER PRIMARY KEY, task_id TEXT NOT NULL, at INTEGER NOT NULL, data TEXT NOT NULL)',
  );
  const statement = db.prepare<[string, number, string]>('INSERT INTO bare (task_id, at, data) VALUES (?, ?, ?)');
  return { insert: statement.run.bind(statement), close: () => void db.close() };
}
