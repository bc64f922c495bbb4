import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoggedEvent } from '../../src/contract/task/events.ts';
import { drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { cleanEnvironment } from '../support/host.ts';
import { CLI } from '../support/programs.ts';
import { createRepository } from '../support/repository.ts';
import { createTaskGate } from '../support/task-gate.ts';
import { createTempFolder } from '../support/temp.ts';

let temp: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
let repository: string;
let daemon: TestDaemon | null = null;

beforeEach(async () => {
  temp = await createTempFolder();
  data = path.join(temp.path, 'data');
  repository = (await createRepository(temp.path)).path;
});
afterEach(async () => {
  await daemon?.stop();
  daemon = null;
  await temp.remove();
});

const run = (...args: string[]) => drover(data, temp.path, args, { cwd: repository });

it('serves in the foreground, and ends in good order at a signal that is sent once', async () => {
  const child = spawn(process.execPath, [CLI, 'serve', '--data', data], {
    env: cleanEnvironment(temp.path),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  expect(line).toMatch(/^Drover listens on http:\/\/127\.0\.0\.1:\d+/);
  const status = JSON.parse((await run('status', '--json')).stdout);
  expect(status).toMatchObject({ dataFolder: data });
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(path.join(data, 'endpoint.json'))).toBe(false);
  expect(() => process.kill(status.pid, 0)).toThrow();
  expect(await run('status')).toEqual({
    code: 3,
    stdout: '',
    stderr: 'drover: Drover is not running. Start it with `drover serve`.\n',
  });
});

it('follows a task through the death of Drover, without a gap or a repeat', async () => {
  daemon = await startDaemon(data, temp.path);
  await run('project', 'add', '.');
  const gate = await createTaskGate(temp.path);
  await gate.open('1');
  const items = ['--item', 'one', '--item', 'two', '--item', 'three'];
  const made = await run('task', 'create', gate.directive, '--agent', 'demo', ...items, '--json');
  const { id } = JSON.parse(made.stdout);
  let killed: Promise<void> | null = null;
  const followed = await drover(data, temp.path, ['task', 'log', id, '--follow', '--json'], {
    onLine(line) {
      const { event } = JSON.parse(line) as LoggedEvent;
      if (event.type !== 'item.changed' || event.status !== 'completed' || killed !== null) return;
      killed = (async () => {
        await daemon?.kill();
        daemon = await startDaemon(data, temp.path);
        await gate.open('2', '3');
      })();
    },
  });
  await killed;
  const seen = followed.stdout.trimEnd().split('\n');
  const stored = (await run('task', 'log', id, '--json')).stdout.trimEnd().split('\n');
  expect(followed).toMatchObject({ code: 0, stderr: 'Connection lost, waiting for Drover…\n' });
  expect(seen).toEqual(stored);
  expect(JSON.parse(seen.at(-1) ?? '')).toMatchObject({ event: { type: 'run.settled', status: 'completed' } });
  expect(seen.some((line) => line.includes('"mode":"recovery"'))).toBe(true);
});

it('carries every refusal of the real Drover to the person in words', async () => {
  daemon = await startDaemon(data, temp.path);
  await run('project', 'add', '.');
  for (const args of [
    ['project', 'add', '.'],
    ['project', 'add', temp.path],
    ['task', 'create', 'Go', '--base', 'no-such-branch', '--agent', 'demo'],
    ['task', 'create', 'Go', '--agent', 'nobody'],
    ['task', 'show', 'a00000000'],
    ['config', 'set', 'task.slots', 'many'],
    ['config', 'get', 'no.such'],
    ['workspace', 'show', 'a00000000-1'],
    ['agent', 'show', 'nobody'],
  ]) {
    const { code, stdout, stderr } = await run(...args);
    expect({ args, code, stdout }).toEqual({ args, code: 3, stdout: '' });
    expect(stderr).toMatch(/^drover: \S.*[.)](\nAllowed: .+)?\n$/s);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+|undefined|\[object/);
  }
});

it('sets a setting, and puts its default back', async () => {
  daemon = await startDaemon(data, temp.path);
  expect((await run('config', 'set', 'task.slots', '2')).stdout).toBe('task.slots is 2.\n');
  expect((await run('config', 'unset', 'task.slots')).stdout).toBe('task.slots is 4 again.\n');
});

it('waits for a stop until the task is settled', async () => {
  daemon = await startDaemon(data, temp.path);
  await run('project', 'add', '.');
  const made = await run('task', 'create', 'demo: silent', '--agent', 'demo', '--item', 'one', '--json');
  const { id } = JSON.parse(made.stdout);
  const stopped = await run('task', 'stop', id, '--wait');
  expect(stopped.code).toBe(130);
  expect(JSON.parse((await run('task', 'show', id, '--json')).stdout).task.status).toBe('cancelled');
});
