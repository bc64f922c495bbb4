import { chmod, chown, mkdir, stat, writeFile } from 'node:fs/promises';
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

  test('is made for this user only', async () => {
    const folder = path.join(temp.path, 'deep', 'data');
    expect(await makeDataFolder(folder)).toEqual({ ok: true, value: folder });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('one that is there is closed to others, with all of Drover’s own in it', async () => {
    const folder = path.join(temp.path, 'open');
    const files = [
      'drover.db',
      'drover.db-wal',
      'drover.db-shm',
      'host.lock',
      'endpoint.json',
      'sessions.json',
      'last-port',
      'logs/drover.log',
      'logs/drover.log.1',
      'backups/drover-1.sqlite',
      'attachments/f1/notes.txt',
    ];
    for (const file of [...files, 'mine.txt', 'workspaces/p/run.sh']) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true, mode: 0o755 });
      await writeFile(path.join(folder, file), '', { mode: 0o644 });
      await chmod(path.join(folder, file), 0o666);
    }
    await chmod(folder, 0o777);
    expect(await makeDataFolder(folder)).toMatchObject({ ok: true });
    const mode = async (name: string) => (await stat(path.join(folder, name))).mode & 0o777;
    for (const name of ['.', 'logs', 'backups', 'attachments', 'attachments/f1', 'workspaces']) {
      expect([name, await mode(name)]).toEqual([name, 0o700]);
    }
    for (const name of files) expect([name, await mode(name)]).toEqual([name, 0o600]);
    // The rights of a checkout are part of it.
    expect(await mode('workspaces/p/run.sh')).toBe(0o666);
    expect(await mode('mine.txt')).toBe(0o666);
  });

  test('is refused when it is another user’s, and so is what another user left in it', async () => {
    const isRoot = process.getuid?.() === 0;
    const others = isRoot ? path.join(temp.path, 'others') : '/';
    if (isRoot) {
      await mkdir(others);
      await chown(others, 65534, 65534);
    }
    const refused = await makeDataFolder(others);
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'unavailable' } });
    expect(refused.ok ? '' : refused.rejection.message).toMatch(/^The folder .* belongs to .*sudo chown -R/);
    if (!isRoot) return;
    for (const name of ['drover.db', 'logs/drover.log', 'backups/x.sqlite']) {
      const folder = path.join(temp.path, name.replaceAll('/', '-'));
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, '');
      await chown(file, 65534, 65534);
      const sentence = await makeDataFolder(folder);
      expect(sentence.ok ? '' : sentence.rejection.message).toContain(`The file ${file} belongs to another user`);
    }
  });

  test('is refused where something else is', async () => {
    const file = path.join(temp.path, 'file');
    await writeFile(file, '');
    const withLogs = path.join(temp.path, 'with-logs');
    await mkdir(withLogs);
    await writeFile(path.join(withLogs, 'logs'), '');
    for (const place of [file, path.join(file, 'below'), withLogs]) {
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
