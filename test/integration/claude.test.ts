import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/contract/task/derive.ts';
import { claudeEnvironment, claudeProgram } from '../support/claude.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import type { Scenario, ScriptedTurn } from '../support/scripted-api/scenario.ts';
import { type ScriptedApi, startScriptedApi } from '../support/scripted-api/server.ts';
import { createTempFolder } from '../support/temp.ts';

let api: ScriptedApi;
let home: Awaited<ReturnType<typeof createTempFolder>>;
let drover: TestHost;

async function start(scenario: Scenario): Promise<void> {
  api = await startScriptedApi(scenario);
  const program = await claudeProgram();
  const env = claudeEnvironment({
    program,
    home: home.path,
    baseUrl: api.baseUrl,
    extra: { DROVER_LOGIN_ENV: '0', TMPDIR: home.path, ...IDENTITY },
  });
  drover = await createHost({ env });
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Agent',
  GIT_AUTHOR_EMAIL: 'a@example.invalid',
  GIT_COMMITTER_NAME: 'Agent',
  GIT_COMMITTER_EMAIL: 'a@example.invalid',
};

beforeEach(async () => {
  home = await createTempFolder();
});
afterEach(async () => {
  await drover?.remove();
  await api?.stop();
  await home.remove();
});

const script = (turns: ScriptedTurn[]): Scenario => ({ sessions: [{ name: 'main', turns }] });
const set = (item: string, status: string) => ({ tool: 'mcp__drover__item_set', input: { item, status } });

describe('Claude Code, from goal to finished branch', () => {
  test('does one of two items, claims to be done, is nudged, does the other', async () => {
    let workspace = '';
    await start(
      script([
        {
          steps: () => [
            { text: 'I begin with the first.' },
            { tool: 'Write', input: { file_path: path.join(workspace, 'one.txt'), content: 'one\n' } },
          ],
        },
        { when: { toolResultOf: 'Write' }, steps: [set('1', 'completed')] },
        { when: { toolResultOf: 'mcp__drover__item_set' }, steps: [{ text: 'ALL DONE! Everything is finished.' }] },
        {
          when: { lastPrompt: /not completed/ },
          steps: () => [{ tool: 'Write', input: { file_path: path.join(workspace, 'two.txt'), content: 'two\n' } }],
        },
        {
          when: { toolResultOf: 'Write' },
          steps: [
            { tool: 'Bash', input: { command: 'git add -A && git commit -q -m "Both items"', description: 'Commit' } },
          ],
        },
        { when: { toolResultOf: 'Bash' }, steps: [set('2', 'completed')] },
        { times: 'forever', steps: [{ text: 'Now it is really done.' }] },
      ]),
    );
    const { id } = await drover.create(
      {
        goal: 'Write two files.',
        items: [{ text: 'one.txt' }, { text: 'two.txt' }],
        agent: { agent: 'claude' },
      },
      false,
    );
    workspace = path.join(drover.dataFolder, 'workspaces');
    const ready = drover.event(id, 'workspace.ready').then((event) => {
      workspace = event.path;
    });
    must(await drover.core.api.tasks.start({ taskId: id }, USER));
    await ready;
    const task = await drover.settled(id);
    const { names } = must(await drover.core.api.agents.commands({ taskId: id }, USER));
    expect(names).toContain('compact');
    expect(names).not.toContain('clear');

    expect(task.outcome).toMatchObject({ code: 'all-items-completed' });
    expect(exitCodeOf(task.status, task.outcome)).toBe(0);
    const log = await drover.log(id);
    expect(log.flatMap(({ event }) => (event.type === 'verdict.reached' ? [event.decision] : []))).toEqual([
      'nudge',
      'complete',
    ]);
    const branch = String(task.workspace?.branch);
    expect(await drover.repository.git('show', `${branch}:one.txt`)).toBe('one');
    expect(await drover.repository.git('show', `${branch}:two.txt`)).toBe('two');
    expect(await drover.repository.git('log', '--format=%s', `main..${branch}`)).toBe('Both items');
    expect(await drover.repository.git('status', '--porcelain')).toBe('');
    expect(await readFile(path.join(drover.repository.path, 'README.md'), 'utf8')).toBe('# Sample\n');
    expect(await markedProcesses(String(task.run?.id))).toEqual([]);
    expect(task.usage.inputTokens).toBeGreaterThan(0);
    expect(task.costUsd).toBeGreaterThan(0);
    // The claim is in the log as what it is: words.
    expect(log.some(({ event }) => event.type === 'entry.text' && event.content.text.startsWith('ALL DONE!'))).toBe(
      true,
    );
    expect(api.unexpected).toEqual([]);
  });

  test('reads a file that was given with the goal, at every autonomy, although it lies outside the workspace', async () => {
    let file = '';
    await start(
      script([
        { steps: () => [{ tool: 'Read', input: { file_path: file } }] },
        { when: { toolResultOf: 'Read' }, steps: [set('1', 'completed')] },
        { times: 'forever', steps: [{ text: 'I have read it.' }] },
      ]),
    );
    const base64 = Buffer.from('the words in the file\n').toString('base64');
    const added = must(await drover.core.api.attachments.add({ name: 'notes.txt', base64 }, USER));
    file = added.path;
    const { id } = await drover.create({
      goal: 'Read the notes.',
      items: [{ text: 'Read them' }],
      agent: { agent: 'claude' },
      autonomy: 'ask',
      attachments: [added.id],
    });
    expect((await drover.settled(id)).outcome).toMatchObject({ code: 'all-items-completed' });
    const read = await drover.event(id, 'tool.settled');
    expect(read.output.text).toContain('the words in the file');
    expect(api.unexpected).toEqual([]);
  });

  test('is stopped in the middle of a command, and resumes in the same session with its memory', async () => {
    await start(
      script([
        {
          steps: [
            { tool: 'Bash', input: { command: 'echo begun > begun.txt && tail -f begun.txt', description: 'Wait' } },
          ],
        },
        { when: { lastPrompt: /continue this task/ }, steps: [set('1', 'completed')] },
        { times: 'forever', steps: [{ text: 'Done.' }] },
      ]),
    );
    const { id } = await drover.create({
      goal: 'Wait for ever.',
      items: [{ text: 'one' }],
      agent: { agent: 'claude' },
    });
    const { path: workspace } = await drover.event(id, 'workspace.ready');
    await expect.poll(() => existsSync(path.join(workspace, 'begun.txt'))).toBe(true);
    const started = performance.now();
    must(await drover.core.api.tasks.stop({ taskId: id }, USER));
    const stopped = await drover.settled(id);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(stopped).toMatchObject({ status: 'cancelled', outcome: { code: 'by-user' } });
    expect(await markedProcesses(String(stopped.run?.id))).toEqual([]);
    must(await drover.core.api.tasks.resume({ taskId: id }, USER));
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'completed', sessionId: stopped.sessionId, runCount: 2 });
    const resumed = api.requests.find((request) => /continue this task/.test(request.lastPrompt));
    expect(resumed?.texts.some((entry) => entry.text.includes('Wait for ever.'))).toBe(true);
  });

  test('a session that is gone is replaced: a new one begins with the checklist as it stands', async () => {
    await start(
      script([
        { when: { prompt: /earlier session has worked/ }, steps: [set('2', 'completed')] },
        { when: { prompt: /earlier session has worked/ }, times: 'forever', steps: [{ text: 'Done.' }] },
        { steps: [set('1', 'completed')] },
        { when: { toolResultOf: 'mcp__drover__item_set' }, steps: [{ text: 'I stop here.' }] },
        { times: 'forever', steps: [{ text: 'Done.' }] },
      ]),
    );
    const { id } = await drover.create({
      goal: 'Two things.',
      items: [{ text: 'one' }, { text: 'two' }],
      agent: { agent: 'claude' },
      limits: { maxRetries: 0 },
    });
    const first = await drover.settled(id);
    expect(first.outcome?.code).toBe('retries-spent');
    await rm(path.join(home.path, '.claude', 'projects'), { recursive: true, force: true });
    must(await drover.core.api.tasks.resume({ taskId: id }, USER));
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'completed' });
    expect(task.sessionId).not.toBe(first.sessionId);
    expect(await drover.event(id, 'notice.recorded', (event) => event.code === 'session-lost')).toMatchObject({
      level: 'warning',
    });
  });

  test.each([
    [false, 'does not run'],
    [true, 'runs'],
  ])('a hook of the repository (trusted: %s) %s when the agent commits', async (trusted) => {
    await start(
      script([
        { steps: [{ tool: 'Bash', input: { command: 'git commit --allow-empty -m Work', description: 'Commit' } }] },
        { times: 'forever', steps: [{ text: 'Done.' }] },
      ]),
    );
    const ran = path.join(home.path, 'hook-ran');
    const hook = path.join(drover.repository.path, '.git', 'hooks', 'pre-commit');
    await writeFile(hook, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
    must(await drover.core.api.projects.trust({ projectId: drover.projectId, trusted }, USER));
    const { id } = await drover.create({ goal: 'Commit.', agent: { agent: 'claude' } });
    const task = await drover.settled(id);
    expect(await drover.repository.git('log', '--format=%s', `main..${task.workspace?.branch}`)).toBe('Work');
    expect(existsSync(ran)).toBe(trusted);
  });
});

describe('Claude Code, when things fail', () => {
  test('a wrong key stops at once and says what to do', async () => {
    await start(script([{ times: 'forever', error: { status: 401 } }]));
    const { id } = await drover.create({ goal: 'x', items: [{ text: 'one' }], agent: { agent: 'claude' } });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'backend-error' } });
    expect(`${task.outcome?.words} ${task.outcome?.hint}`).toMatch(/log in|key/i);
    expect(exitCodeOf(task.status, task.outcome)).toBe(4);
  });

  test('silence is ended by the clock, and no process is left', async () => {
    await start(script([{ times: 'forever', stall: true }]));
    const { id } = await drover.create({
      goal: 'x',
      items: [{ text: 'one' }],
      agent: { agent: 'claude' },
      limits: { firstResponseMs: 1500 },
    });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'no-first-response' } });
    expect(await markedProcesses(String(task.run?.id))).toEqual([]);
  });

  test('what its commands start counts: over its limit the run is ended, and no process is left', async () => {
    const command = 'for n in $(seq 60); do sleep 100000 & done; wait';
    await start(script([{ steps: [{ tool: 'Bash', input: { command, description: 'Start many' } }] }]));
    const { id } = await drover.create({ goal: 'x', agent: { agent: 'claude' }, limits: { maxProcesses: 40 } });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', runCount: 1, outcome: { code: 'over-limit' } });
    expect(task.outcome?.words).toMatch(/^It had \d+ processes; its limit is 40\.$/);
    expect(exitCodeOf(task.status, task.outcome)).toBe(4);
    expect(await markedProcesses(String(task.run?.id))).toEqual([]);
  });

  test('a missing program is said in a sentence with what to do', async () => {
    api = await startScriptedApi(script([]));
    drover = await createHost({ env: { PATH: '/usr/bin:/bin', HOME: home.path, DROVER_LOGIN_ENV: '0' } });
    const { id } = await drover.create({ goal: 'x', agent: { agent: 'claude' } });
    const task = await drover.settled(id);
    expect(task).toMatchObject({ status: 'failed', outcome: { code: 'backend-missing' } });
    expect(task.outcome?.hint).toMatch(/install/i);
  });
});
