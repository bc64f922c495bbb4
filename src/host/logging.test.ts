import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { createLogging, type Logging } from './logging.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let logging: Logging;
beforeEach(async () => {
  temp = await createTempFolder();
});
afterEach(async () => {
  await logging.close();
  await temp.remove();
});

async function lines(): Promise<Record<string, unknown>[]> {
  await logging.close();
  const text = await readFile(logging.file, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test('writes a line of JSON for each message, with what is bound to the logger', async () => {
  logging = createLogging({ dataFolder: temp.path });
  expect(logging.file).toBe(path.join(temp.path, 'logs', 'drover.log'));
  const run = logging.logger.child({ run: 'a1.1' });
  run.warn('slow\nvery', { ms: 5 });
  run.child({ turn: 2 }).error('broken', { error: new Error('no way', { cause: new Error('because') }) });
  logging.logger.debug('not shown');
  logging.setLevel('debug');
  run.debug('shown now');
  const [slow, broken, shown] = await lines();
  expect(slow).toMatchObject({ level: 40, pid: process.pid, run: 'a1.1', ms: 5, msg: 'slow\nvery' });
  expect(Date.parse(String(slow?.time))).toBeGreaterThan(0);
  expect(broken).toMatchObject({ run: 'a1.1', turn: 2, error: { message: 'no way', cause: { message: 'because' } } });
  expect(shown).toMatchObject({ msg: 'shown now' });
});

test('hides secrets, by their key, by their look and by name', async () => {
  logging = createLogging({ dataFolder: temp.path });
  logging.addSecret('s3cr3t-of-today');
  logging.logger.info('sent Bearer abcdef123456 and s3cr3t-of-today', {
    token: 'hidden-1',
    headers: { Authorization: 'hidden-2', 'x-api-key': 'hidden-3', accept: 'seen-1' },
    env: { ANTHROPIC_API_KEY: 'hidden-4', PATH: 'seen-2' },
    nested: { list: ['sk-ant-hidden55555', 'http://127.0.0.1:1/open?t=hidden-6', 'https://me:hidden-7@host/x'] },
    words: 'ANTHROPIC_AUTH_TOKEN=hidden-8 GITHUB_TOKEN=hidden-9 ghp_hidden0123456789abcd',
    inputTokens: 7,
    error: new Error('failed with s3cr3t-of-today', { cause: { password: 'hidden-10' } }),
  });
  const text = JSON.stringify(await lines());
  expect(text).not.toMatch(/hidden|s3cr3t|abcdef/);
  expect(text).toMatch(/seen-1.*seen-2/s);
  expect(text).toContain('"inputTokens":7');
});

test('survives what cannot be written as JSON', async () => {
  logging = createLogging({ dataFolder: temp.path });
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  logging.logger.info('odd', { circle, big: 10n, none: undefined, call: () => {}, long: 'x'.repeat(100_000) });
  const [odd] = await lines();
  expect(odd).toMatchObject({ msg: 'odd', big: '10' });
  expect(JSON.stringify(odd).length).toBeLessThan(20_000);
});

test('keeps at most five files, readable by this user only', async () => {
  logging = createLogging({ dataFolder: temp.path, fileSize: '1K' });
  const folder = path.dirname(logging.file);
  for (let round = 1; round <= 8; round += 1) {
    logging.logger.info(`round ${round}`, { fill: 'x'.repeat(1100) });
    const turned = Math.min(round, 4);
    await expect.poll(async () => (await readdir(folder)).length).toBeGreaterThanOrEqual(turned);
  }
  await logging.close();
  const files = await readdir(folder);
  expect(files.filter((file) => /^drover\.log(\.[1-4])?$/.test(file)).length).toBe(files.length);
  expect(files.length).toBeLessThanOrEqual(5);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});
