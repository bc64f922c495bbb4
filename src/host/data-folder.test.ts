import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../test/support/temp.ts';
import { dataFolderOf, makeDataFolder } from './data-folder.ts';
import { endpointFile, readEndpoint, removeEndpoint, writeEndpoint } from './endpoint-file.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
beforeEach(async () => {
  temp = await createTempFolder();
});
afterEach(() => temp.remove());

describe('the data folder', () => {
  test('is the one that is asked for, else the one of the environment, else the system’s', () => {
    expect(dataFolderOf('/a/b', { DROVER_DATA: '/c' })).toBe('/a/b');
    expect(dataFolderOf('b', {})).toBe(path.resolve('b'));
    expect(dataFolderOf(null, { DROVER_DATA: '/c' })).toBe('/c');
    expect(dataFolderOf(null, {})).toMatch(/[/\\]drover\b/);
  });

  test('is made for this user only, and one that is there is left as it is', async () => {
    const folder = path.join(temp.path, 'deep', 'data');
    expect(await makeDataFolder(folder)).toEqual({ ok: true, value: folder });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const open = path.join(temp.path, 'open');
    await mkdir(open, { mode: 0o755 });
    await makeDataFolder(open);
    expect((await stat(open)).mode & 0o777).toBe(0o755);
  });

  test('is refused where something else is', async () => {
    const file = path.join(temp.path, 'file');
    await writeFile(file, '');
    for (const place of [file, path.join(file, 'below')]) {
      const made = await makeDataFolder(place);
      expect(made).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
      expect(made.ok ? '' : made.rejection.message).toContain(place);
    }
  });
});

describe('the endpoint file', () => {
  const content = { url: 'http://127.0.0.1:1', token: 'secret', pid: 1, startTime: 'x', version: '1' };

  test('is readable by this user only, and replaced as a whole', async () => {
    await writeEndpoint(temp.path, { ...content, token: 'old' });
    await writeEndpoint(temp.path, content);
    expect((await stat(endpointFile(temp.path))).mode & 0o777).toBe(0o600);
    expect(await readEndpoint(temp.path)).toEqual(content);
  });

  test('is removed by its writer only', async () => {
    await writeEndpoint(temp.path, content);
    await removeEndpoint(temp.path, 'another');
    expect(await readEndpoint(temp.path)).toEqual(content);
    await removeEndpoint(temp.path, 'secret');
    expect(await readEndpoint(temp.path)).toBeNull();
    await removeEndpoint(temp.path, 'secret');
  });

  test('that is damaged counts as none', async () => {
    await writeFile(endpointFile(temp.path), '{"url":');
    expect(await readEndpoint(temp.path)).toBeNull();
  });
});
