import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LoggedEvent, TaskEvent } from '../../src/contract/task/events.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { startPty } from '../../src/core/terminals/pty.ts';
import { claudeEnvironment, claudeProgram } from '../support/claude.ts';
import { drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { cleanEnvironment } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { CLI } from '../support/programs.ts';
import { createRepository } from '../support/repository.ts';
import type { RequestFacts } from '../support/scripted-api/facts.ts';
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

const said = (words: string) => (facts: RequestFacts) =>
  facts.lastPrompt.includes(words) && facts.toolResults.length === 0;
const allTexts = (facts: RequestFacts) => facts.texts.map(({ text }) => text).join('\n');

/** A daemon with one project; `again` kills it and starts another one on its data. */
async function begin(): Promise<{ api: ScriptedApi; again(): Promise<void> }> {
  folder = await createTempFolder();
  data = path.join(folder.path, 'data');
  writeFileSync(path.join(folder.path, '.claude.json'), '{"hasCompletedOnboarding":true}');
  const repository = await createRepository(folder.path);
  const scripted = await startScriptedApi(
    script(
      { when: said('REMEMBER ALPHA'), steps: [{ text: 'I know ALPHA.' }] },
      {
        when: said('The goal is here'),
        steps: [{ tool: 'mcp__drover__item_set', input: { item: '1', status: 'completed' } }],
      },
      always('Done.'),
    ),
  );
  api = scripted;
  const env = claudeEnvironment({
    program: await claudeProgram(),
    home: folder.path,
    baseUrl: scripted.baseUrl,
    extra: { TMPDIR: folder.path, CLAUDE_CODE_TMPDIR: folder.path },
  });
  daemon = await startDaemon(data, folder.path, env);
  await json('project', 'add', repository.path, '--name', 'sample');
  return {
    api: scripted,
    async again() {
      await daemon?.kill();
      daemon = await startDaemon(data, folder.path, env);
    },
  };
}

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await drover(data, folder.path, [...args, '--json']);
  if (code !== 0) throw new Error(`drover ${args.join(' ')} exited with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

const show = async (id: string) => (await json<{ task: Task }>('task', 'show', id)).task;

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

const taken = (id: string, no: number) => (event: TaskEvent) =>
  event.type === 'phase.changed' && event.phase === 'taken' && event.words === null && event.runId === `${id}.${no}`;

async function type(taskId: string, text: string): Promise<void> {
  const terminals = await json<{ id: string; state: { kind: string } }[]>('terminal', 'list', '--task', taskId);
  const running = terminals.find(({ state }) => state.kind === 'running');
  await json('terminal', 'send', running?.id ?? '', '--enter', text);
}

/** The command on a terminal of its own. */
function onTerminal(...args: string[]) {
  const pty = startPty({
    program: process.execPath,
    args: [CLI, ...args],
    cwd: folder.path,
    env: { ...cleanEnvironment(folder.path), DROVER_DATA: data },
    cols: 120,
    rows: 40,
  });
  let text = '';
  const looking = new Set<() => void>();
  pty.onData((bytes) => {
    text += Buffer.from(bytes).toString();
    for (const look of looking) look();
  });
  return {
    pty,
    text: () => text,
    until: (wanted: RegExp) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!wanted.test(text)) return;
          looking.delete(look);
          resolve();
        };
        looking.add(look);
        look();
      }),
  };
}

test('killed when it opens, before anything is said and after, a session is theirs again with its memory; with a goal it runs', async () => {
  const { api: served, again } = await begin();
  const { id } = await json<Task>('session', 'open', '--project', 'sample');
  await again();
  const { run, goal } = await show(id);
  expect(goal).toBe('');
  // Where the kill came before the run began, it is the first.
  const first = run?.no ?? 1;
  await until(id, taken(id, first));

  await again();
  await until(id, taken(id, first + 1));
  await type(id, 'REMEMBER ALPHA');
  const asked = await served.waitFor(said('REMEMBER ALPHA'));
  await until(id, (event) => event.type === 'entry.text' && event.content.text.includes('I know ALPHA'));

  await again();
  await until(id, taken(id, first + 2));
  expect(await show(id)).toMatchObject({ status: 'running', goal: '', run: { holder: 'person', turns: 0 } });
  expect(await drover(data, folder.path, ['session', 'give-back', id])).toMatchObject({
    code: expect.any(Number),
    stderr: expect.stringContaining('Set a goal first'),
  });

  // Given back with a goal, and killed then: it is the loop's, and the goal is said.
  await json('session', 'give-back', id, '--goal', 'The goal is here.', '--item', 'one');
  await again();
  expect((await drover(data, folder.path, ['task', 'wait', id])).code).toBe(0);
  const task = await show(id);
  expect(task).toMatchObject({ status: 'completed', title: 'The goal is here.', items: [{ text: 'one' }] });
  const brief = served.requests.find(said('The goal is here'));
  expect(brief?.session).toBe(asked.session);
  expect(allTexts(brief ?? asked)).toContain('REMEMBER ALPHA');
  for (let no = 1; no <= (task.run?.no ?? 0); no += 1) expect(await markedProcesses(`${id}.${no}`)).toEqual([]);
  expect(served.unexpected).toEqual([]);
});

test('the command attaches to a session that it opens, takes over, or opens again', async () => {
  const { api: served } = await begin();
  const opened = onTerminal('session', 'open', '--project', 'sample', '--title', 'By hand', '--attach');
  await opened.until(/\[\?2004h/);
  opened.pty.write('REMEMBER ALPHA\r');
  await served.waitFor(said('REMEMBER ALPHA'));
  opened.pty.write('\x1d');
  expect(await opened.pty.exited).toEqual({ code: 0, signal: null });
  expect(opened.text()).toMatch(/Detached\. `drover terminal attach k[0-9a-z]{8}` attaches again\./);
  const { tasks } = await json<{ tasks: Task[] }>('task', 'list');
  const id = tasks[0]?.id ?? '';
  expect(await show(id)).toMatchObject({ title: 'By hand', phase: 'taken' });
  await until(id, (event) => event.type === 'entry.text' && event.content.text.includes('I know ALPHA'));

  // They have it: the command is before the same screen.
  const again = onTerminal('session', 'take-over', id, '--attach');
  await again.until(/REMEMBER ALPHA/);
  again.pty.write('/exit\r');
  await again.until(/The agent ended/);
  expect((await again.pty.exited).code).toBe(0);
  await until(id, (event) => event.type === 'notice.recorded' && event.code === 'session-closed');

  const reopened = onTerminal('session', 'take-over', id, '--attach');
  await reopened.until(/REMEMBER ALPHA/);
  reopened.pty.write('\x1d');
  expect((await reopened.pty.exited).code).toBe(0);
  expect(await show(id)).toMatchObject({ phase: 'taken', phaseWords: null, run: { no: 1 } });

  // One that has been stopped gets a run for it.
  await json('task', 'stop', id, '--wait').catch(() => {});
  expect((await show(id)).status).toBe('cancelled');
  const next = onTerminal('session', 'take-over', id, '--attach');
  await next.until(/REMEMBER ALPHA/);
  next.pty.write('\x1d');
  expect((await next.pty.exited).code).toBe(0);
  expect(await show(id)).toMatchObject({ phase: 'taken', run: { no: 2, holder: 'person' } });
  expect(served.unexpected).toEqual([]);
});
