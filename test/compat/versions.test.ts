import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { taskEvent } from '../../src/contract/task/events.ts';
import { migrations } from '../../src/core/db/migrations/list.ts';
import { readTask } from '../../src/core/tasks/rebuild.ts';
import { drover, startDaemon } from '../support/daemon.ts';
import { createTempFolder } from '../support/temp.ts';
import { dump, load } from './dump.ts';
import { fillDataFolder } from './one-of-each.ts';

/**
 * Data folders as earlier versions have written them, one a folder named after its schema, and what the command shows of
 * them. `DROVER_RECORD=1 npm test -- test/compat` writes that of this version, to be kept when it is released.
 */
const VERSIONS = path.join(import.meta.dirname, 'versions');

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
beforeEach(async () => {
  folder = await createTempFolder();
  data = path.join(folder.path, 'data');
  await mkdir(data);
});
afterEach(() => folder.remove());

/** All that the command tells of the tasks of a data folder, with the command lines. */
async function shown(): Promise<string> {
  const daemon = await startDaemon(data, folder.path);
  const env = { TZ: 'UTC', COLUMNS: '120', NO_COLOR: '1' };
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await drover(data, folder.path, args, { env });
    if (code !== 0) throw new Error(`drover ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
    return `$ drover ${args.join(' ')}\n${stdout}${stderr}`;
  };
  try {
    const of = async (args: string[], id: RegExp) => [...new Set((await run(...args)).match(id) ?? [])].sort();
    const [open, archived, approvals] = await Promise.all([
      of(['task', 'list', '--all', '--json'], /\ba0000000\d\b/g),
      of(['task', 'list', '--archived', '--json'], /\ba0000000\d\b/g),
      of(['approval', 'list', '--all', '--json'], /\bq0000000\d\b/g),
    ]);
    const lines = [
      ['project', 'show', 'sample'],
      ['rule', 'list', '--project', 'sample'],
      ...[...open, ...archived].flatMap((task) => [
        ['task', 'show', task],
        ['task', 'runs', task],
        ['task', 'log', task, '--full'],
        ['message', 'list', task],
      ]),
      ...approvals.map((approval) => ['approval', 'show', approval]),
    ];
    const told = await Promise.all(lines.map((line) => run(...line)));
    return told.join('\n').replaceAll(folder.path, '/home/sample');
  } finally {
    await daemon.stop();
  }
}

/** Tasks whose stored state this version cannot read, and would make again from the log. */
function damagedIn(file: string): string[] {
  const db = new Database(file, { readonly: true });
  try {
    return db
      .prepare<[], { id: string; state: string; goal: string }>(
        'SELECT id, state, goal FROM tasks JOIN goals ON goals.task_id = tasks.id',
      )
      .all()
      .filter(({ state, goal }) => readTask(state, goal) === null)
      .map(({ id }) => id);
  } finally {
    db.close();
  }
}

if (process.env.DROVER_RECORD) {
  it('writes what this version keeps and shows', async () => {
    fillDataFolder(data);
    const to = path.join(VERSIONS, String(migrations.length).padStart(3, '0'));
    mkdirSync(to, { recursive: true });
    writeFileSync(path.join(to, 'drover.sql'), dump(path.join(data, 'drover.db')));
    writeFileSync(path.join(to, 'shown.txt'), await shown());
  });
}

describe.each(readdirSync(VERSIONS).sort())('a data folder of schema %s', (version) => {
  const read = (name: string) => readFileSync(path.join(VERSIONS, version, name), 'utf8');

  it('is shown as it was', async () => {
    const file = path.join(data, 'drover.db');
    load(file, read('drover.sql'));
    expect(damagedIn(file)).toEqual([]);
    expect(await shown()).toBe(read('shown.txt'));
  });
});

it('every kind of event stands in that of the newest schema', () => {
  const newest = readdirSync(VERSIONS).sort().at(-1) ?? '';
  const sql = readFileSync(path.join(VERSIONS, newest, 'drover.sql'), 'utf8');
  const missing = taskEvent.options
    .map((option) => option.shape.type.value)
    .filter((type) => !sql.includes(`"type":"${type}"`));
  expect(missing).toEqual([]);
});
