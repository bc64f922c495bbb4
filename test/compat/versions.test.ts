import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { taskEvent } from '../../src/contract/task/events.ts';
import { migrations } from '../../src/core/db/migrations/list.ts';
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
    const tasks = [
      ...(await of(['task', 'list', '--all', '--json'], /\ba0000000\d\b/g)),
      ...(await of(['task', 'list', '--archived', '--json'], /\ba0000000\d\b/g)),
    ];
    const approvals = await of(['approval', 'list', '--all', '--json'], /\bq0000000\d\b/g);
    const told = [await run('project', 'show', 'sample'), await run('rule', 'list', '--project', 'sample')];
    for (const task of tasks) {
      told.push(await run('task', 'show', task), await run('task', 'runs', task));
      told.push(await run('task', 'log', task, '--full'), await run('message', 'list', task));
    }
    for (const approval of approvals) told.push(await run('approval', 'show', approval));
    return told.join('\n').replaceAll(folder.path, '/home/sample');
  } finally {
    await daemon.stop();
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
    load(path.join(data, 'drover.db'), read('drover.sql'));
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
