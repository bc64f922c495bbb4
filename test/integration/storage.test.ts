import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { silentLogger } from '../../src/core/base/logger.ts';
import { createCore } from '../../src/core/core.ts';
import { cleanEnvironment, createHost, must, type TestHost, USER } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { DEMO_AGENT } from '../support/programs.ts';
import { createTempFolder } from '../support/temp.ts';
import { until } from '../support/until.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
async function host(options?: Parameters<typeof createHost>[0]): Promise<TestHost> {
  const made = await createHost({ ...options, times: { stopGraceMs: 300, writeAgainMs: 20, ...options?.times } });
  closers.push(made.remove);
  return made;
}

/** Another program that is about to write. */
function lock(dataFolder: string): { free(): void } {
  const other = new Database(path.join(dataFolder, 'drover.db'));
  other.exec('BEGIN IMMEDIATE');
  return { free: () => other.close() };
}

test('while another program has the database locked, agents live on, calls wait, and all is written afterwards', {
  timeout: 60_000,
}, async () => {
  let tell = () => {};
  const waits = new Promise<string>((resolve) => {
    tell = () => resolve('waits');
  });
  const logger = { ...silentLogger, warn: (words: string) => void (words.includes('Drover waits for it') && tell()) };
  const drover = await host({ logger, times: { callLockedMs: 60_000 } });
  const { id } = await drover.create({
    goal: 'demo: slow ms=100',
    items: [{ text: 'One' }],
  });
  await drover.event(id, 'entry.text');
  const other = lock(drover.dataFolder);
  const { api } = drover.core;
  const set = api.settings.set({ key: 'task.slots', value: 7 }, USER);
  expect(await Promise.race([set, waits])).toBe('waits');
  expect(await markedProcesses(`${id}.1`)).not.toEqual([]);
  other.free();
  expect(must(await set).value).toBe(7);
  expect(await drover.settled(id)).toMatchObject({ status: 'completed', runCount: 1 });
});

test('a stop while the database is locked ends the agent; calls say who has it when they waited enough', async () => {
  const drover = await host({ times: { callLockedMs: 100 } });
  const { id } = await drover.create({ goal: 'demo: stall' });
  await drover.event(id, 'entry.text');
  const other = lock(drover.dataFolder);
  const { api } = drover.core;
  expect(must(await api.tasks.stop({ taskId: id }, USER))).toMatchObject({ phase: 'stopping' });
  await until(async () => (await markedProcesses(`${id}.1`)).length === 0, 'the end of the agent');
  const refused = await api.settings.set({ key: 'task.slots', value: 7 }, USER);
  expect(refused).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
  expect(refused.ok ? '' : refused.rejection.message).toMatch(/is locked by another program/);
  other.free();
  expect(await drover.settled(id)).toMatchObject({ status: 'cancelled', outcome: { code: 'by-user' } });
});

test('a start waits for another program that has the database locked, with words, and then says so', async () => {
  const drover = await host();
  await drover.close();
  const other = new Database(path.join(drover.dataFolder, 'drover.db'));
  other.pragma('journal_mode = DELETE');
  other.exec('BEGIN EXCLUSIVE');
  const words: string[] = [];
  const options = {
    dataFolder: drover.dataFolder,
    env: cleanEnvironment(drover.dataFolder),
    logger: silentLogger,
    demoAgent: DEMO_AGENT,
    waits: (sentence: string) => words.push(sentence),
  };
  const refused = await createCore({ ...options, times: { startLockedMs: 10 } });
  expect(refused).toMatchObject({ ok: false, rejection: { message: expect.stringMatching(/is locked by another/) } });
  const starting = createCore(options);
  await until(() => words.length > 0, 'words about the lock');
  other.close();
  await must(await starting).close();
});

test('a database whose schema is damaged is refused with a sentence', async () => {
  const drover = await host();
  await drover.close();
  const file = path.join(drover.dataFolder, 'drover.db');
  const damaged = await open(file, 'r+');
  await damaged.write(Buffer.alloc(3900, 0x5a), 0, 3900, 100);
  await damaged.close();
  const { dataFolder } = drover;
  const env = cleanEnvironment(dataFolder);
  const refused = await createCore({ dataFolder, env, logger: silentLogger, demoAgent: DEMO_AGENT });
  expect(refused.ok ? '' : refused.rejection.message).toContain(`${file} is damaged and was left as it is`);
});

test('what a killed Drover left of a copy is removed at the start, and never listed', async () => {
  const drover = await host();
  const backups = path.join(drover.dataFolder, 'backups');
  const whole = must(await drover.core.api.data.backUp(undefined, USER)).path;
  await drover.close();
  const part = path.join(backups, 'drover-2026-01-01-000000.sqlite.part');
  await writeFile(part, 'half');
  await writeFile(path.join(backups, 'drover-schema-3-1.db'), 'half of a copy of before');
  await drover.reopen();
  expect(existsSync(part)).toBe(false);
  const { backups: listed } = must(await drover.core.api.data.describe(undefined, USER));
  expect(listed.map((one) => one.path)).toEqual([whole]);
});

test('an edited task follows the rules of a made one', async () => {
  const drover = await host();
  const { api } = drover.core;
  const { id: taskId } = await drover.create({ goal: 'First line\nand more' }, false);
  expect(await api.tasks.edit({ taskId, edit: { base: 'no-such-branch' } }, USER)).toMatchObject({ ok: false });
  expect(await api.tasks.edit({ taskId, edit: { goal: ' \n' } }, USER)).toMatchObject({ ok: false });
  must(await api.settings.set({ key: 'agent.default', value: 'demo' }, USER));
  must(await api.settings.set({ key: 'agent.model', value: 'of-the-settings' }, USER));
  const edit = { title: ' ', agent: { agent: 'demo', model: null, effort: null } };
  expect(must(await api.tasks.edit({ taskId, edit }, USER))).toMatchObject({
    title: 'First line',
    agent: { agent: 'demo', model: 'of-the-settings' },
  });
});

/** A file system of its own that can be filled; null where this user cannot have one. */
async function smallDisk(): Promise<string | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = await createTempFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder.path], { stdio: 'ignore' });
  } catch {
    await folder.remove();
    return null;
  }
  closers.push(async () => {
    execFileSync('umount', ['-l', folder.path]);
    await folder.remove();
  });
  return folder.path;
}

test('with a full disk everything is refused in words, a stop and a pause end agents, and that is written when there is room', async ({
  skip,
}) => {
  const disk = await smallDisk();
  if (disk === null) return skip();
  const dataFolder = path.join(disk, 'data');
  await mkdir(dataFolder);
  const drover = await host({ dataFolder });
  const { id } = await drover.create({ goal: 'demo: stall' });
  const other = await drover.create({ goal: 'demo: stall' });
  for (const one of [id, other.id]) await drover.event(one, 'entry.text');
  const { api } = drover.core;
  const filling = path.join(disk, 'filling');
  await writeFile(filling, Buffer.alloc(32 * 1024 * 1024)).catch(() => {});

  const { projectId } = drover;
  const calls = [
    await api.settings.set({ key: 'task.slots', value: 9 }, USER),
    await api.projects.trust({ projectId, trusted: true }, USER),
    await api.rules.add({ tool: 'Bash', pattern: 'make *', scope: { type: 'everywhere' }, decision: 'allow' }, USER),
    await api.data.backUp(undefined, USER),
  ].filter((call) => !call.ok);
  expect(calls.length).toBeGreaterThan(1);
  for (const call of calls) expect(call.ok ? '' : call.rejection.message).toMatch(/disk is full|could not be/);

  must(await api.tasks.stop({ taskId: id }, USER));
  await until(async () => (await markedProcesses(`${id}.1`)).length === 0, 'the end of the agent');
  expect((await drover.get(id)).status).toBe('running');
  expect(must(await api.pause.begin({ from: 'tray' }, USER)).paused).toBe(true);
  await until(async () => (await markedProcesses(`${other.id}.1`)).length === 0, 'the end of the other agent');
  await rm(filling);
  const task = await until(async () => {
    const now = await drover.get(id);
    return now.status === 'cancelled' && now;
  }, 'the ending in the log');
  expect(task.outcome).toMatchObject({ code: 'by-user' });
  await until(async () => (await drover.get(other.id)).status === 'queued', 'the other task in the queue');
  expect(
    await until(async () => must(await api.pause.get(undefined, USER)).since, 'the pause in the log'),
  ).toMatchObject({
    event: { type: 'drover.paused', from: 'tray' },
  });
});

test('a stop that a full disk kept from the log is known to the next start', async ({ skip }) => {
  const disk = await smallDisk();
  if (disk === null) return skip();
  const dataFolder = path.join(disk, 'data');
  await mkdir(dataFolder);
  const drover = await host({ dataFolder });
  const { id } = await drover.create({ goal: 'demo: stall' });
  await drover.event(id, 'entry.text');
  const filling = path.join(disk, 'filling');
  await writeFile(filling, Buffer.alloc(32 * 1024 * 1024)).catch(() => {});
  must(await drover.core.api.tasks.stop({ taskId: id }, USER));
  // What could not be written is given up here, as it is lost when a host is killed.
  await drover.close();
  await rm(filling);
  await drover.reopen();
  expect(await drover.settled(id)).toMatchObject({ status: 'cancelled', outcome: { code: 'by-user' }, runCount: 1 });
});

test('a data folder on a read-only file system is refused with a sentence', async ({ skip }) => {
  const disk = await smallDisk();
  if (disk === null) return skip();
  const dataFolder = path.join(disk, 'data');
  await mkdir(dataFolder);
  const drover = await host({ dataFolder });
  await drover.close();
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  const options = { dataFolder, env: cleanEnvironment(disk), logger: silentLogger, demoAgent: DEMO_AGENT };
  const refused = await createCore(options);
  expect(refused).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
  expect(refused.ok ? '' : refused.rejection.message).toContain(dataFolder);
});
