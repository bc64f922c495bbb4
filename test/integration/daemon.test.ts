import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/contract/task/events.ts';
import type { Task } from '../../src/contract/task/state.ts';
import type { Workspace } from '../../src/contract/workspace/state.ts';
import { isAlive } from '../../src/core/process/identity.ts';
import { claudeEnvironment, claudeProgram } from '../support/claude.ts';
import { type DroverResult, drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';
import { startScriptedApi } from '../support/scripted-api/server.ts';
import { createTaskGate, type TaskGate } from '../support/task-gate.ts';
import { createTempFolder } from '../support/temp.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let data: string;
let repository: TestRepository;
let gate: TaskGate;
let daemon: TestDaemon | null = null;

const run = (...args: string[]): Promise<DroverResult> => drover(data, folder.path, args);
async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, '--json');
  if (code !== 0) throw new Error(`drover ${args.join(' ')} exited with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}
const logOf = async (taskId: string): Promise<LoggedEvent[]> =>
  (await run('task', 'log', taskId, '--json')).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LoggedEvent);

beforeEach(async () => {
  folder = await createTempFolder();
  data = path.join(folder.path, 'data folder');
  repository = await createRepository(folder.path);
  gate = await createTaskGate(folder.path);
  daemon = await startDaemon(data, folder.path);
  await json('project', 'add', repository.path, '--name', 'sample');
});
afterEach(async () => {
  await daemon?.stop();
  await folder.remove();
});

/** A task of three items whose agent does only what the gate lets it do. */
async function createHeld(...more: string[]): Promise<string> {
  const { id } = await json<Task>(
    'task',
    'create',
    `Take your time.\n${gate.directive}`,
    '--project',
    'sample',
    '--agent',
    'demo',
    '--item',
    'One',
    '--item',
    'Two',
    '--item',
    'Three',
    ...more,
  );
  return id;
}

describe('a daemon that is killed', () => {
  test('loses no event, leaves no agent, resumes by itself in the same session, and repeats nothing', async () => {
    await gate.open('1');
    const id = await createHeld();
    const seen: LoggedEvent[] = [];
    let completedOne: () => void = () => {};
    const oneCompleted = new Promise<void>((resolve) => {
      completedOne = resolve;
    });
    const following = drover(data, folder.path, ['task', 'log', id, '--follow', '--json'], {
      onLine(line) {
        const logged = JSON.parse(line) as LoggedEvent;
        seen.push(logged);
        if (logged.event.type === 'item.changed' && logged.event.status === 'completed') completedOne();
      },
    });
    await oneCompleted;
    const before = await json<{ task: Task }>('task', 'show', id).then(
      (answer) => ('task' in answer ? answer.task : answer) as Task,
    );
    const agent = before.run?.process;
    if (!agent) throw new Error('no agent is recorded');
    const shown = [...seen];
    await daemon?.kill();
    daemon = await startDaemon(data, folder.path);
    expect((await stat(path.join(data, 'endpoint.json'))).mode & 0o777).toBe(0o600);

    await gate.open('2', '3');
    const waited = await run('task', 'wait', id);
    expect(waited.code).toBe(0);
    expect(await markedProcesses(`${id}.1`)).toEqual([]);
    expect(await markedProcesses(`${id}.2`)).toEqual([]);
    // The one who buries it may be slow: it is an orphan.
    expect(isAlive(agent)).toBe(false);

    // The window says so.
    expect(await json<{ recovered: object }>('status')).toMatchObject({ recovered: { taskIds: [id], resumed: true } });

    const followed = await following;
    expect(followed.code).toBe(0);
    const log = await logOf(id);
    expect(log.slice(0, shown.length)).toEqual(shown);
    // The follower saw the whole log once, across the death of the daemon.
    expect(seen.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
    const events = log.map(({ event }) => event);
    expect(events.filter((event) => event.type === 'run.started')).toMatchObject([
      { no: 1, mode: 'fresh' },
      { no: 2, mode: 'recovery' },
    ]);
    expect(events.filter((event) => event.type === 'workspace.ready')).toMatchObject([
      { reused: false },
      { reused: true },
    ]);
    const sessions = new Set(events.flatMap((event) => (event.type === 'session.started' ? [event.sessionId] : [])));
    expect(sessions.size).toBe(1);
    // No item was completed twice.
    const completions = events.flatMap((event) =>
      event.type === 'item.changed' && event.status === 'completed' ? [event.itemId] : [],
    );
    expect(completions.sort()).toEqual(['1', '2', '3']);
    const [workspace] = await json<Workspace[]>('workspace', 'list');
    const subjects = await repository.git('log', '--format=%s', `main..${workspace?.branch}`);
    expect(new Set(subjects.split('\n')).size).toBe(subjects.split('\n').length);
  });

  test('with the setting "wait" it leaves the task for the user', async () => {
    await json('config', 'set', 'task.recovery', 'wait');
    const id = await createHeld();
    await waitFor(id, 'turn.requested');
    await daemon?.kill();
    daemon = await startDaemon(data, folder.path);
    const waited = await run('task', 'wait', id);
    expect(waited.code).toBe(4);
    expect(await markedProcesses(`${id}.1`)).toEqual([]);
    await gate.open('1', '2', '3');
    expect((await run('task', 'resume', id, '--wait')).code).toBe(0);
  });

  test('a second daemon on the same data folder is refused with a sentence', async () => {
    await expect(startDaemon(data, folder.path)).rejects.toThrow(/ended with 3: .*already running/);
    expect((await run('status')).code).toBe(0);
  });

  test('a program that took over the recorded pid is left alone', async () => {
    const id = await createHeld();
    await waitFor(id, 'agent.started');
    await daemon?.kill();
    // What is recorded now names this very process, with a start time that is not its own.
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(path.join(data, 'drover.db'));
    const row = db.prepare('SELECT state FROM tasks WHERE id = ?').get(id) as { state: string };
    const state = JSON.parse(row.state) as Task;
    if (state.run) state.run.process = { pid: process.pid, startTime: 'another' };
    db.prepare('UPDATE tasks SET state = ? WHERE id = ?').run(JSON.stringify(state), id);
    db.close();
    await gate.open('1', '2', '3');
    daemon = await startDaemon(data, folder.path);
    expect((await run('task', 'wait', id)).code).toBe(0);
  });
});

describe('a daemon that is killed while Claude Code works', () => {
  test('ends Claude and its command, and goes on in the same session with its memory', async () => {
    await daemon?.stop();
    const api = await startScriptedApi({
      sessions: [
        {
          name: 'main',
          turns: [
            {
              steps: [
                { text: 'I wait.' },
                { tool: 'Bash', input: { command: 'echo begun > begun.txt; tail -f begun.txt', description: 'Wait' } },
              ],
            },
            {
              when: { lastPrompt: /You were interrupted/ },
              steps: [{ tool: 'mcp__drover__item_set', input: { item: '1', status: 'completed' } }],
            },
            { times: 'forever', steps: [{ text: 'Done.' }] },
          ],
        },
      ],
    });
    try {
      const env = claudeEnvironment({
        program: await claudeProgram(),
        home: folder.path,
        baseUrl: api.baseUrl,
        extra: { TMPDIR: folder.path },
      });
      daemon = await startDaemon(data, folder.path, env);
      const { id } = await json<Task>(
        'task',
        'create',
        'Wait for me.',
        '--project',
        'sample',
        '--agent',
        'claude',
        '--item',
        'One',
      );
      await waitFor(id, 'approval.settled');
      await daemon.kill();
      daemon = await startDaemon(data, folder.path, env);
      expect((await run('task', 'wait', id)).code).toBe(0);
      expect(await markedProcesses(`${id}.1`)).toEqual([]);
      expect(await markedProcesses(`${id}.2`)).toEqual([]);
      const sessions = new Set(
        (await logOf(id)).flatMap(({ event }) => (event.type === 'session.started' ? [event.sessionId] : [])),
      );
      expect(sessions.size).toBe(1);
      const resumed = api.requests.find((request) => /You were interrupted/.test(request.lastPrompt));
      expect(resumed?.texts.some((entry) => entry.text.includes('Wait for me.'))).toBe(true);
    } finally {
      await daemon?.stop();
      await api.stop();
    }
  });
});

describe('the command', () => {
  test('creates, waits and answers with the exit code of the outcome', async () => {
    const base = ['task', 'create', '--project', 'sample', '--agent', 'demo', '--item', 'One', '--wait'];
    expect((await run(...base, 'demo: instant')).code).toBe(0);
    expect((await run(...base, '--retries', '0', 'demo: stubborn')).code).toBe(1);
    expect((await run(...base, 'demo: block')).code).toBe(2);
    expect((await run(...base, 'demo: fail')).code).toBe(4);
    expect((await run(...base, '--base', 'nowhere', 'x')).code).toBe(3);
    expect((await run(...base, '--agent', 'nobody', 'x')).code).toBe(3);
    expect((await run('task', 'show', 'a00000000')).code).toBe(3);
    await daemon?.stop();
    const { code, stderr } = await run('status');
    expect(code).toBe(3);
    expect(stderr).toMatch(/Drover is not running/);
  });

  test.each([
    ['a shell expression', '$(touch pwned) `touch pwned`; touch pwned'],
    ['quotes and newlines', `It's "quoted"\nand 'more'`],
    ['emoji and right-to-left', '🦊 שלום \u202e evil'],
    ['a leading dash', '--force'],
  ])('a goal with %s is only a text', async (_what, goal) => {
    const file = path.join(folder.path, 'goal.txt');
    await writeFile(file, `${goal}\ndemo: instant`);
    const { code, stdout, stderr } = await run(
      'task',
      'create',
      '--file',
      file,
      '--project',
      'sample',
      '--agent',
      'demo',
      '--item',
      goal,
      '--wait',
      '--json',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const tasks = await json<{ tasks: { id: string }[] }>('task', 'list');
    const log = await logOf(String(tasks.tasks[0]?.id));
    const created = log[0]?.event;
    if (created?.type !== 'task.created') throw new Error(stdout);
    expect(created.task.goal.startsWith(goal)).toBe(true);
    expect(created.items[0]?.text).toBe(goal);
    await expect(stat(path.join(repository.path, 'pwned'))).rejects.toThrow();
    expect(await repository.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/drover')).toMatch(
      /^drover\/[a-z0-9-]+$/,
    );
  });

  test('a goal of 200 KB reaches the agent whole', async () => {
    const file = path.join(folder.path, 'goal.txt');
    const goal = `demo: instant\n${'A long goal. '.repeat(16_000)}the end`;
    await writeFile(file, goal);
    const task = await json<Task>('task', 'create', '--file', file, '--project', 'sample', '--agent', 'demo');
    expect((await run('task', 'wait', task.id)).code).toBe(0);
    const prompt = (await logOf(task.id)).find(({ event }) => event.type === 'turn.requested')?.event;
    if (prompt?.type !== 'turn.requested') throw new Error('no turn');
    expect(prompt.prompt.bytes).toBeGreaterThan(goal.length);
    expect(prompt.prompt.blob).not.toBeNull();
  });
});

test('the log file has no secret in it', async () => {
  const { token } = JSON.parse(await readFile(path.join(data, 'endpoint.json'), 'utf8')) as { token: string };
  await gate.open('1', '2', '3');
  const id = await createHeld('--wait');
  expect(id).toMatch(/^a/);
  const log = await readFile(path.join(data, 'logs', 'drover.log'), 'utf8');
  expect(log).toContain('listening');
  expect(log).not.toContain(token);
  expect(log).not.toMatch(/DROVER_TASK_TOKEN|Bearer [A-Za-z0-9_-]{20,}/);
});

/** Follows the log until an event of the type is there. */
async function waitFor(taskId: string, type: string): Promise<void> {
  const found = new AbortController();
  await drover(data, folder.path, ['task', 'log', taskId, '--follow', '--json'], {
    signal: found.signal,
    onLine(line) {
      if ((JSON.parse(line) as LoggedEvent).event.type === type) found.abort();
    },
  });
  expect(found.signal.aborted).toBe(true);
}
