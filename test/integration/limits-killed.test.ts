import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/contract/task/events.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { createRepository } from '../support/repository.ts';
import { createTempFolder } from '../support/temp.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
let daemon: TestDaemon | null = null;
afterEach(async () => {
  await daemon?.stop();
  await folder.remove();
  daemon = null;
});

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await drover(data, folder.path, [...args, '--json']);
  if (code !== 0) throw new Error(`drover ${args.join(' ')} exited with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

test('killed while a run is being ended for its limit: what it left is ended, and it is not run again', async () => {
  folder = await createTempFolder();
  data = path.join(folder.path, 'data');
  const repository = await createRepository(folder.path);
  daemon = await startDaemon(data, folder.path);
  await json('project', 'add', repository.path, '--name', 'sample');
  await json('project', 'set', 'sample', '--memory', '300MB');
  const create = ['task', 'create', 'demo: uses mb=400', '--item', 'one', '--project', 'sample', '--agent', 'demo'];
  const { id } = await json<Task>(...create);

  const seen = new AbortController();
  await drover(data, folder.path, ['task', 'log', id, '--follow', '--json'], {
    signal: seen.signal,
    onLine(line) {
      if ((JSON.parse(line) as LoggedEvent).event.type === 'limit.exceeded') seen.abort();
    },
  });
  // What it has started ignores SIGTERM, so the run is not over yet.
  await daemon.kill();
  daemon = await startDaemon(data, folder.path);
  const { code } = await drover(data, folder.path, ['task', 'wait', id]);
  expect(code).toBe(4);
  const { task } = await json<{ task: Task }>('task', 'show', id);
  expect(task).toMatchObject({ status: 'failed', runCount: 1, outcome: { code: 'over-limit' } });
  expect(task.outcome?.words).toMatch(/^It used \d+ MB of memory; its limit is 300 MB\.$/);
  expect(await markedProcesses(`${id}.1`)).toEqual([]);
});
