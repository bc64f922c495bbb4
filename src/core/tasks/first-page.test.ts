import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost, must, type TestHost } from '../../../test/support/host.ts';
import { PERSON } from '../core-api.ts';
import { readFirstPage } from './first-page.ts';

describe('the first page of tasks, read from the file', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await createHost();
  });
  afterEach(() => host.remove());
  const fromCore = async (limit: number) => must(await host.core.api.tasks.list({ limit, archived: false }, PERSON));
  const fromFile = (limit: number) => JSON.parse(readFirstPage(host.dataFolder, limit) ?? 'null');

  it('is what a core answers, also while it has the file open', async () => {
    expect(fromFile(10)).toEqual(await fromCore(10));
    const ids: string[] = [];
    for (const goal of ['One “quoted”', 'Two\nlines', 'Three']) ids.push((await host.create({ goal }, false)).id);
    must(await host.core.api.tasks.archive({ taskId: String(ids[1]), archived: true }, PERSON));
    const ran = await host.create({ goal: 'Four', items: [{ text: 'one' }] });
    await host.settled(ran.id);
    must(await host.core.api.tasks.remove({ taskId: String(ids[0]) }, PERSON));

    for (const limit of [1, 2, 10]) expect(fromFile(limit)).toEqual(await fromCore(limit));
    expect(fromFile(10).tasks).toHaveLength(2);
    expect(fromFile(1).nextCursor).toEqual(expect.any(String));
  });

  it('is left to the core when the file is of another version', async () => {
    await host.create({ goal: 'One' }, false);
    const file = path.join(host.dataFolder, 'drover.db');
    await host.core.close();
    const db = new Database(file);
    const version = Number(db.pragma('user_version', { simple: true }));
    for (const other of [version - 1, version + 1]) {
      db.pragma(`user_version = ${other}`);
      expect(readFirstPage(host.dataFolder, 10)).toBeNull();
    }
    db.pragma(`user_version = ${version}`);
    db.close();
    expect(fromFile(10).tasks).toHaveLength(1);
  });
});

it('is left to the core when there is no file, or none that can be read', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'drover-test-'));
  try {
    expect(readFirstPage(path.join(folder, 'nowhere'), 10)).toBeNull();
    expect(readFirstPage(folder, 10)).toBeNull();
    await writeFile(path.join(folder, 'drover.db'), 'no database at all, but long enough to be looked at'.repeat(20));
    expect(readFirstPage(folder, 10)).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
