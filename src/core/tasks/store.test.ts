import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aNewTask } from '../../../test/support/task.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import type { StreamMessage } from '../../contract/stream/state.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { fold } from '../../contract/task/fold.ts';
import type { Task } from '../../contract/task/state.ts';
import { createClock } from '../base/clock.ts';
import { createId } from '../base/ids.ts';
import { type OpenDatabase, openDatabase } from '../db/open.ts';
import { createHub, type Hub } from '../log/hub.ts';
import { createLog, type Log } from '../log/log.ts';
import { createTaskStore, type TaskStore } from './store.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
let log: Log;
let hub: Hub;
let store: TaskStore;

function reopen(): void {
  opened?.close();
  const outcome = openDatabase(folder.path);
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  opened = outcome.value;
  log = createLog(opened.db);
  hub = createHub(log);
  store = createTaskStore({ db: opened.db, file: opened.file, log, hub, clock: createClock() });
}

beforeEach(async () => {
  folder = await createTempFolder();
  reopen();
});
afterEach(async () => {
  opened.close();
  await folder.remove();
});

function create(id: string, goal = 'G', projectId = 'p00000001'): TaskCommand {
  return { type: 'task.create', start: false, task: aNewTask(id, { projectId, goal, title: goal.slice(0, 40) }) };
}

function must<T>(outcome: { ok: true; value: T } | { ok: false; rejection: { message: string } }): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}

describe('dispatch', () => {
  test('the projection equals the fold of the log, also after a restart', () => {
    const id = createId('a');
    must(store.dispatch(id, create(id, 'a goal\nof two lines')));
    must(store.dispatch(id, { type: 'task.start' }));
    must(store.dispatch(id, { type: 'run.start', sessionId: 's' }));
    must(store.dispatch(id, { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' }));
    reopen();
    let state: Task | null = null;
    for (const { event, at } of log.read({ after: 0, taskId: id, limit: 100 })) state = fold(state, event, at);
    expect(store.get(id)).toEqual(state);
    expect(store.list({ limit: 10 }).tasks[0]).toMatchObject({
      id,
      status: 'running',
      items: { total: 1, completed: 1 },
    });
    expect(store.runs(id)).toEqual([state?.run]);
  });

  test('a repeated command id gets the same answer and does nothing, also after a restart', () => {
    const id = createId('a');
    const key = randomUUID();
    must(store.dispatch(id, create(id)));
    const first = must(store.dispatch(id, { type: 'item.add', text: 'two', check: null, by: 'user' }, key));
    reopen();
    const again = must(store.dispatch(id, { type: 'item.add', text: 'two', check: null, by: 'user' }, key));
    expect(again.itemId).toBe(first.itemId);
    expect(store.get(id)?.items).toHaveLength(2);
    const refusedKey = randomUUID();
    const refused = store.dispatch(id, { type: 'task.resume' }, refusedKey);
    must(store.dispatch(id, { type: 'task.start' }));
    expect(store.dispatch(id, { type: 'task.resume' }, refusedKey)).toEqual(refused);
  });

  test('a listener that fails changes nothing: the command has happened, and the others hear of it', () => {
    const id = createId('a');
    const heard: string[] = [];
    hub.listen(() => {
      throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    });
    hub.listen(({ event }) => heard.push(event.type));
    expect(must(store.dispatch(id, create(id))).task.id).toBe(id);
    expect(heard).toEqual(['task.created']);
  });

  test('on a full disk nothing happens and a sentence says so', () => {
    const id = createId('a');
    must(store.dispatch(id, create(id)));
    const pages = Number(opened.db.pragma('page_count', { simple: true }));
    opened.db.pragma(`max_page_count = ${pages}`);
    const before = log.seq();
    const refused = store.dispatch(id, { type: 'item.add', text: 'x'.repeat(60_000), check: null, by: 'user' });
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
    if (!refused.ok) expect(refused.rejection.message).toMatch(/^The disk is full: .* Nothing was changed/);
    expect(log.seq()).toBe(before);
    expect(store.get(id)?.items).toHaveLength(1);
  });

  test('deleting erases the log of the task up to its deletion, and tells it', () => {
    const id = createId('a');
    const other = createId('a');
    must(store.dispatch(id, create(id)));
    must(store.dispatch(other, create(other)));
    const told: string[] = [];
    hub.listen((event) => told.push(event.event.type));
    must(store.dispatch(id, { type: 'task.delete', keepWorkspace: false, hasWorkspace: false }));
    expect(told).toEqual(['task.deleted']);
    const left = log.read({ after: 0, taskId: id, limit: 10 });
    expect(left.map(({ seq, event }) => [seq, event.type])).toEqual([[log.seq(), 'task.deleted']]);
    expect(store.get(id)).toBeNull();
    expect(store.list({ limit: 10 }).tasks.map((task) => task.id)).toEqual([other]);
    expect(opened.db.prepare('SELECT count(*) AS n FROM goals').get()).toEqual({ n: 1 });
  });
});

describe('list', () => {
  test('pages through everything once, newest first, with filters', () => {
    const ids = Array.from({ length: 25 }, (_, n) => {
      const id = createId('a');
      must(store.dispatch(id, create(id, n % 2 ? `odd 100% ${n}` : `even ${n}`, n < 5 ? 'p00000001' : 'p00000002')));
      return id;
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = store.list({ limit: 7, cursor });
      seen.push(...page.tasks.map((task) => task.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([...seen].sort()).toEqual([...ids].sort());
    expect(store.list({ limit: 50, projectId: 'p00000001' }).tasks).toHaveLength(5);
    expect(store.list({ limit: 50, search: '100%' }).tasks).toHaveLength(12);
    expect(store.list({ limit: 50, search: '1_0' }).tasks).toHaveLength(0);
    expect(store.list({ limit: 50, status: ['queued'] }).tasks).toHaveLength(0);
  });
});

describe('place and archive', () => {
  test('queued tasks come by rank, also after a restart; archived ones are found apart', () => {
    const ids = ['a00000001', 'a00000002', 'a00000003'];
    for (const id of ids) {
      must(store.dispatch(id, create(id)));
      must(store.dispatch(id, { type: 'task.start' }));
    }
    const first = store.get('a00000001')?.rank ?? 0;
    must(store.dispatch('a00000003', { type: 'task.move', rank: first - 1 }));
    expect(store.idsIn('queued')).toEqual(['a00000003', 'a00000001', 'a00000002']);
    must(store.dispatch('a00000002', { type: 'task.stop', by: 'user' }));
    must(store.dispatch('a00000002', { type: 'task.archive', archived: true }));
    reopen();
    expect(store.idsIn('queued')).toEqual(['a00000003', 'a00000001']);
    const found = (archived?: boolean) =>
      store
        .list({ limit: 10, archived })
        .tasks.map(({ id }) => id)
        .sort();
    expect(found(true)).toEqual(['a00000002']);
    expect(found(false)).toEqual(['a00000001', 'a00000003']);
    expect(found()).toEqual(ids);
    must(store.dispatch('a00000002', { type: 'task.archive', archived: false }));
    expect(found(true)).toEqual([]);
  });
});

describe('stream', () => {
  test('catches up, then follows, without a gap or a repeat, also for a slow reader', async () => {
    const id = createId('a');
    must(store.dispatch(id, create(id)));
    for (let n = 0; n < 450; n += 1)
      must(store.dispatch(id, { type: 'item.note', itemId: '1', text: `n${n}`, by: 'agent' }));
    const stop = new AbortController();
    const seqs: number[] = [];
    let caughtUp = -1;
    for await (const message of hub.stream({ after: 0 }, stop.signal)) {
      if (message.type === 'caught-up') {
        caughtUp = message.seq;
        for (let n = 0; n < 10; n += 1)
          must(store.dispatch(id, { type: 'item.note', itemId: '1', text: `later ${n}`, by: 'agent' }));
      }
      if (message.type === 'event') seqs.push(message.event.seq);
      if (seqs.length === 461) stop.abort();
    }
    expect(caughtUp).toBe(451);
    expect(seqs).toEqual(Array.from({ length: 461 }, (_, n) => n + 1));
  });

  test('merges streaming text per entry while the reader is away, and gives it only to who asked', async () => {
    const stop = new AbortController();
    const live = hub.stream({ live: true }, stop.signal);
    expect(await live.next()).toMatchObject({ value: { type: 'caught-up' } });
    const quiet = hub.stream({}, stop.signal);
    await quiet.next();
    const next = live.next();
    hub.live({ taskId: 'a00000001', entryId: 'e', kind: 'text', text: 'one ' });
    hub.live({ taskId: 'a00000001', entryId: 'e', kind: 'text', text: 'two' });
    expect(await next).toMatchObject({ value: { type: 'live', delta: { text: 'one two' } } });
    hub.changed('projects');
    expect(await quiet.next()).toEqual({
      done: false,
      value: { type: 'changed', what: 'projects' } satisfies StreamMessage,
    });
    stop.abort();
    expect(await quiet.next()).toMatchObject({ done: true });
  });

  test('text for a reader who never reads is bounded', async () => {
    const stop = new AbortController();
    const live = hub.stream({ live: true }, stop.signal);
    await live.next();
    for (let n = 0; n < 100; n += 1)
      hub.live({ taskId: 'a00000001', entryId: 'e', kind: 'text', text: 'x'.repeat(10_000) });
    const { value } = await live.next();
    if (value?.type !== 'live') throw new Error('no text came');
    expect(value.delta.text.length).toBeLessThanOrEqual(256 * 1024);
    stop.abort();
  });
});

describe('long texts', () => {
  test('are kept beside the event and read in parts', () => {
    const text = 'äöü€'.repeat(300_000);
    const kept = log.keep('a00000001', text);
    expect(kept.bytes).toBe(Buffer.byteLength(text));
    expect(kept.text.length).toBeLessThanOrEqual(4096);
    let read = '';
    for (;;) {
      const part = log.readBlob('a00000001', String(kept.blob), read.length, 100_000);
      if (!part || part.text === '') break;
      read += part.text;
    }
    expect(read === text).toBe(true);
    expect(log.readBlob('a00000002', String(kept.blob), 0, 10)).toBeNull();
  });

  test('a text beyond any use is cut, and its size is still told', () => {
    const kept = log.keep('a00000001', 'x'.repeat(20_000_000));
    expect(kept.bytes).toBe(20_000_000);
    expect(log.readBlob('a00000001', String(kept.blob), 0, 1)?.total).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  test('a short text stays with the event', () => {
    expect(log.keep('a00000001', 'short')).toEqual({ text: 'short', bytes: 5, blob: null });
    expect(opened.db.prepare('SELECT count(*) AS n FROM blobs').get()).toEqual({ n: 0 });
  });
});

test('the database can be read by any SQLite while Drover runs', () => {
  const id = createId('a');
  must(store.dispatch(id, create(id)));
  const reader = new Database(opened.file, { readonly: true });
  expect(reader.prepare('SELECT id FROM tasks').get()).toEqual({ id });
  reader.close();
});
