import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LoggedEvent, TaskEvent } from '../../src/contract/task/events.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { claudeEnvironment, claudeProgram } from '../support/claude.ts';
import { drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { createRepository } from '../support/repository.ts';
import { always, script } from '../support/scripted-api/scenario.ts';
import { type ScriptedApi, startScriptedApi } from '../support/scripted-api/server.ts';
import { createTempFolder } from '../support/temp.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
let daemon: TestDaemon | null = null;
let api: ScriptedApi | null = null;
afterEach(async () => {
  await daemon?.stop();
  await api?.stop();
  await folder.remove();
  daemon = null;
  api = null;
});

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await drover(data, folder.path, [...args, '--json']);
  if (code !== 0) throw new Error(`drover ${args.join(' ')} exited with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Resolves when an event is in the log, or comes. */
async function until(taskId: string, wanted: (event: TaskEvent) => boolean): Promise<void> {
  const stop = new AbortController();
  await drover(data, folder.path, ['task', 'log', taskId, '--follow', '--json'], {
    signal: stop.signal,
    onLine(line) {
      if (wanted((JSON.parse(line) as LoggedEvent).event)) stop.abort();
    },
  });
}

test('killed when it is asked for, while they have it, and when it is given back: theirs until then, the loop’s from then on', async () => {
  folder = await createTempFolder();
  data = path.join(folder.path, 'data');
  writeFileSync(path.join(folder.path, '.claude.json'), '{"hasCompletedOnboarding":true}');
  const repository = await createRepository(folder.path);
  const item = { tool: 'mcp__drover__item_set', input: { item: '1', status: 'completed' } };
  api = await startScriptedApi(
    script(
      { when: { lastPrompt: /You were interrupted/ }, steps: [item] },
      { steps: [{ text: 'I begin.\n' }, { stall: true }] },
      always('Done.'),
    ),
  );
  const env = claudeEnvironment({
    program: await claudeProgram(),
    home: folder.path,
    baseUrl: api.baseUrl,
    extra: { TMPDIR: folder.path, CLAUDE_CODE_TMPDIR: folder.path },
  });
  daemon = await startDaemon(data, folder.path, env);
  await json('project', 'add', repository.path, '--name', 'sample');
  const create = ['task', 'create', 'Go.', '--item', 'one', '--project', 'sample', '--agent', 'claude'];
  const { id } = await json<Task>(...create);
  const again = async () => {
    await daemon?.kill();
    daemon = await startDaemon(data, folder.path, env);
  };
  const isTaken = (no: number) =>
    until(id, (event) => event.type === 'phase.changed' && event.phase === 'taken' && event.runId === `${id}.${no}`);

  await until(id, (event) => event.type === 'session.started');
  await json('session', 'take-over', id);
  await again();
  await isTaken(2);
  const taken = (await json<{ task: Task }>('task', 'show', id)).task;
  expect(taken).toMatchObject({ status: 'running', run: { holder: 'person', turns: 0 } });

  await again();
  await isTaken(3);
  expect(await markedProcesses(`${id}.2`)).toEqual([]);

  await json('session', 'give-back', id);
  await again();
  const { code } = await drover(data, folder.path, ['task', 'wait', id]);
  expect(code).toBe(0);
  const { task } = await json<{ task: Task }>('task', 'show', id);
  expect(task).toMatchObject({ status: 'completed', sessionId: taken.sessionId });
  // Nothing was asked of the agent while it was theirs, and each thing once.
  const { events } = { events: (await drover(data, folder.path, ['task', 'log', id, '--json'])).stdout };
  const turns = events.split('\n').filter((line) => line.includes('"turn.requested"'));
  expect(turns).toHaveLength(2);
  expect(new Set(api.requests.map(({ session }) => session))).toEqual(new Set([taken.sessionId]));
  for (let no = 1; no <= (task.run?.no ?? 0); no += 1) expect(await markedProcesses(`${id}.${no}`)).toEqual([]);
  expect(api.unexpected).toEqual([]);
});
