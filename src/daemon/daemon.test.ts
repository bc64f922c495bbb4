import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask, bearer, post } from '../../test/support/loopback.ts';
import { compileCache, DAEMON, DOCTOR } from '../../test/support/programs.ts';
import { createRepository } from '../../test/support/repository.ts';
import { createTempFolder } from '../../test/support/temp.ts';
import { connect } from '../contract/connection/connect.ts';
import { follow } from '../contract/connection/follow.ts';
import type { Endpoint } from '../contract/data-folder.ts';
import { identify } from '../core/process/identity.ts';
import { endpointFile, readEndpoint, writeEndpoint } from '../host/endpoint-file.ts';

/** Real programs: seconds each on a busy machine. */
const STARTING = { timeout: 30_000 };

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
let started: ChildProcess[] = [];
beforeEach(async () => {
  temp = await createTempFolder();
  data = path.join(temp.path, 'data');
});
afterEach(async () => {
  for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  started = [];
  await temp.remove();
});

function start(program: string, args: string[]) {
  const env = { PATH: process.env.PATH, HOME: temp.path, TMPDIR: process.env.TMPDIR, ...compileCache() };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], cwd: temp.path });
  started.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

/** Starts a daemon and waits until it says that it listens. */
async function daemon(...args: string[]) {
  const running = start(DAEMON, ['--data', data, ...args]);
  await expect.poll(() => running.stdout() + running.stderr(), STARTING).toMatch(/listens on .*\n/);
  const endpoint = (await readEndpoint(data)) as Endpoint;
  return { ...running, endpoint, port: Number(new URL(endpoint.url).port) };
}

describe('the daemon', () => {
  test('says where it listens, and writes it where only this user can read it', async () => {
    const running = await daemon('--json');
    const { endpoint } = running;
    expect((await stat(endpointFile(data))).mode & 0o777).toBe(0o600);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect(endpoint).toMatchObject({ pid: running.child.pid, version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(endpoint.startTime).toBe(identify(endpoint.pid)?.startTime);

    const [line, json] = running.stdout().trim().split('\n');
    expect(line).toBe(`Drover listens on ${endpoint.url} (data folder ${data})`);
    expect(JSON.parse(json ?? '')).toEqual({
      url: endpoint.url,
      pid: endpoint.pid,
      version: endpoint.version,
      dataFolder: data,
    });
    const status = await ask(running, '/api/status', { token: endpoint.token });
    expect(status.json()).toMatchObject({
      pid: endpoint.pid,
      dataFolder: data,
      logFile: path.join(data, 'logs/drover.log'),
    });

    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(existsSync(endpointFile(data))).toBe(false);
    const log = await readFile(path.join(data, 'logs', 'drover.log'), 'utf8');
    expect(log).toContain('"msg":"listening"');
    expect(log).toContain('"msg":"ended"');
    expect(log).not.toContain(endpoint.token);
  });

  test('answers the calls of the contract, over every carrier, and keeps what it was told', async () => {
    const first = await daemon();
    const { token } = first.endpoint;
    const connection = connect({
      createSocket: () => new WebSocket(`ws://127.0.0.1:${first.port}/rpc`, { headers: bearer(token) }),
    });
    expect(await connection.client.projects.list()).toEqual([]);
    await connection.client.settings.set({ key: 'task.slots', value: 7 });
    await expect(connection.client.settings.set({ key: 'task.slots', value: 'many' })).rejects.toMatchObject({
      code: 'REJECTED',
      data: { code: 'invalid' },
    });
    await expect(connection.client.projects.add({ path: temp.path })).rejects.toMatchObject({ code: 'REJECTED' });
    connection.close();
    const read = await ask(first, '/api/settings/task.slots', { token });
    expect(read.json()).toMatchObject({ key: 'task.slots', value: 7 });
    const listed = await ask(first, '/api/tasks?limit=1', { token });
    expect(listed.json()).toEqual({ tasks: [], nextCursor: null, fromSeq: 0, hits: [] });
    const missing = await post(first, '/api/tasks/a00000001/start', {}, { token });
    expect([missing.status, missing.json().code]).toEqual([409, 'not-found']);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);

    const second = await daemon();
    const again = await ask(second, '/api/settings/task.slots', { token: second.endpoint.token });
    expect(again.json()).toMatchObject({ value: 7 });
    expect((await ask(second, '/api/status', { token })).status).toBe(401);
  });

  test('refuses a second one on the same folder, and leaves the first alone', async () => {
    const first = await daemon();
    const second = await start(DAEMON, ['--data', data]).ended;
    expect(second).toMatchObject({ code: 3, stdout: '' });
    expect(second.stderr).toMatch(/^Another Drover is already running on the data folder .*\.\n$/);
    expect(await readEndpoint(data)).toEqual(first.endpoint);
    expect((await ask(first, '/api/status', { token: first.endpoint.token })).status).toBe(200);
  });

  test('starts again after it was killed, and its file of then is replaced', async () => {
    const first = await daemon();
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await readEndpoint(data)).toEqual(first.endpoint);
    const second = await daemon();
    expect(second.endpoint.token).not.toBe(first.endpoint.token);
  });

  test('is followed through its death without a gap or a repeat', async () => {
    const repository = await createRepository(temp.path);
    let running = await daemon();
    const connection = connect({
      async createSocket() {
        const endpoint = await readEndpoint(data);
        if (endpoint === null) throw new Error('There is no endpoint file.');
        return new WebSocket(`${endpoint.url.replace('http', 'ws')}/rpc`, { headers: bearer(endpoint.token) });
      },
    });
    const { client } = connection;
    const project = await client.projects.add({ path: repository.path });
    const goal = '# Say $(hello) “to” 🙂\n'.repeat(10_000);
    const seen: [number, string][] = [];
    const stop = new AbortController();
    const following = follow(
      client,
      { after: 0 },
      (message) => {
        if (message.type === 'event') seen.push([message.event.seq, message.event.taskId]);
      },
      stop.signal,
    );
    const made: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const task = await client.tasks.create({ projectId: project.id, goal, commandId: `make-${round}` });
      expect(task.goal).toBe(goal);
      made.push(task.id);
      await expect.poll(() => seen.map(([, taskId]) => taskId)).toEqual(made);
      running.child.kill('SIGKILL');
      await running.ended;
      running = await daemon();
      await expect.poll(() => client.tasks.get({ taskId: task.id }).then(() => 'back', String), STARTING).toBe('back');
    }
    // The same command again: the answer of then, and nothing new.
    expect((await client.tasks.create({ projectId: project.id, goal, commandId: 'make-1' })).id).toBe(made[1]);
    stop.abort();
    await following;
    connection.close();
    expect(seen).toEqual(made.map((taskId, index) => [index + 1, taskId]));
  });

  test('says which port is taken, and starts nothing', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const refused = await start(DAEMON, ['--data', data, '--port', String(port)]).ended;
    other.close();
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toMatch(
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is used by another program\\. .*--port.*\\n$`),
    );
    expect(existsSync(endpointFile(data))).toBe(false);
  });

  test.each([
    ['an unknown option', ['--colour', 'red'], /^Unknown option '--colour'\. There are .*\n$/],
    ['a port that is none', ['--port', '99999'], /^--port must be a number .*\n$/],
  ])('refuses %s in one line', async (_, args, words) => {
    const refused = await start(DAEMON, ['--data', data, ...args]).ended;
    expect(refused).toMatchObject({ code: 3, stdout: '', stderr: expect.stringMatching(words) });
    expect(existsSync(data)).toBe(false);
  });

  test('refuses a data folder that is a file, and a database that is none, in one line', async () => {
    await writeFile(path.join(temp.path, 'file'), 'x');
    const atFile = await start(DAEMON, ['--data', path.join(temp.path, 'file')]).ended;
    expect(atFile).toMatchObject({ code: 3, stderr: expect.stringMatching(/^[^\n]*file[^\n]*\n$/) });

    const running = await daemon();
    running.child.kill('SIGTERM');
    await running.ended;
    const database = path.join(data, 'drover.db');
    await writeFile(database, 'this is not a database, however long it may be. '.repeat(100));
    const before = await readFile(database);
    const damaged = await start(DAEMON, ['--data', data]).ended;
    expect(damaged).toMatchObject({ code: 3, stderr: expect.stringMatching(/^[^\n]*is damaged[^\n]*\n$/) });
    expect(await readFile(database)).toEqual(before);
  });

  test('leaves the endpoint file of another host alone when it ends', async () => {
    const running = await daemon();
    const others = { ...running.endpoint, token: 'of-another' };
    await writeEndpoint(data, others);
    running.child.kill('SIGHUP');
    expect((await running.ended).code).toBe(0);
    expect(await readEndpoint(data)).toEqual(others);
  });
});

describe('the doctor', () => {
  test('prints a line for everything, and knows whether Drover runs', async () => {
    const before = await start(DOCTOR, ['--data', data]).ended;
    expect(before.stdout).toMatch(/^ok {6}node .*\nok {6}git {2}/m);
    expect(before.stdout).toMatch(/^ok +drover +not running$/m);
    expect(before).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(data)).toBe(false);

    const running = await daemon();
    const during = await start(DOCTOR, ['--data', data, '--json']).ended;
    const found = JSON.parse(during.stdout) as { name: string; state: string; words: string; hint: string | null }[];
    const words = Object.fromEntries(found.map((line) => [line.name, line.words]));
    expect(words.drover).toContain(`runs at ${running.endpoint.url} (process ${running.child.pid})`);
    expect(words.database).toMatch(/^schema \d+, /);
    expect(words['data folder']).toMatch(/ free\)$/);

    running.child.kill('SIGKILL');
    await running.ended;
    const after = await start(DOCTOR, ['--data', data]).ended;
    expect(after.stdout).toMatch(/^note +drover +not running; process \d+ exited unexpectedly\n +Its tasks continue/m);
  });

  test('says what is broken, and exits with 1', async () => {
    const running = await daemon();
    running.child.kill('SIGTERM');
    await running.ended;
    await writeFile(path.join(data, 'drover.db'), 'this is not a database. '.repeat(100));
    const sick = await start(DOCTOR, ['--data', data]).ended;
    expect(sick.code).toBe(1);
    expect(sick.stdout).toMatch(/^not ok +database .* is damaged/m);
  });
});
