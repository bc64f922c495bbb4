import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Approval } from '../../src/contract/approval/state.ts';
import type { LoggedEvent } from '../../src/contract/task/events.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { claudeEnvironment, claudeProgram } from '../support/claude.ts';
import { drover, startDaemon, type TestDaemon } from '../support/daemon.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import { createRepository } from '../support/repository.ts';
import { always, type Scenario, type Step } from '../support/scripted-api/scenario.ts';
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

/** The first question of a task that waits, other than those in `not`. */
async function asked(taskId: string, not: readonly string[] = []): Promise<string> {
  const stop = new AbortController();
  let found = '';
  await drover(data, folder.path, ['task', 'log', taskId, '--follow', '--json'], {
    signal: stop.signal,
    onLine(line) {
      const { event } = JSON.parse(line) as LoggedEvent;
      if (event.type !== 'approval.requested' || not.includes(event.approvalId)) return;
      found = event.approvalId;
      stop.abort();
    },
  });
  return found;
}

/** A model that makes `step` its first call, and again when it is told that it was interrupted. */
const insisting = (step: Step): Scenario => ({
  sessions: [
    {
      name: 'main',
      turns: [{ when: { lastPrompt: /You were interrupted/ }, steps: [step] }, { steps: [step] }, always('Done.')],
    },
  ],
});

test.each<[string, Step, string]>([
  ['Write', { tool: 'Write', input: { file_path: 'a.txt', content: 'x\n' } }, 'ask'],
  ['Bash', { tool: 'Bash', input: { command: 'mkfifo a.txt', description: 'Make' } }, 'ask'],
  ['a plan', { tool: 'ExitPlanMode', input: {} }, 'plan'],
  [
    'a question',
    {
      tool: 'AskUserQuestion',
      input: {
        questions: [
          {
            question: 'Go?',
            header: 'Go',
            multiSelect: false,
            options: [
              { label: 'Yes', description: '' },
              { label: 'No', description: '' },
            ],
          },
        ],
      },
    },
    'auto',
  ],
])(
  '%s: killed while it waits, it has not happened, is expired with the reason, and is asked anew',
  async (_, step, autonomy) => {
    folder = await createTempFolder();
    data = path.join(folder.path, 'data');
    const repository = await createRepository(folder.path);
    api = await startScriptedApi(insisting(step));
    const env = claudeEnvironment({
      program: await claudeProgram(),
      home: folder.path,
      baseUrl: api.baseUrl,
      extra: { TMPDIR: folder.path, CLAUDE_CODE_TMPDIR: folder.path },
    });
    daemon = await startDaemon(data, folder.path, env);
    await json('project', 'add', repository.path, '--name', 'sample');
    const create = ['task', 'create', 'Go.', '--project', 'sample', '--agent', 'claude', '--autonomy', autonomy];
    const { id } = await json<Task>(...create);
    const first = await asked(id);
    await daemon.kill();
    daemon = await startDaemon(data, folder.path, env);
    const second = await asked(id, [first]);
    expect(await markedProcesses(`${id}.1`)).toEqual([]);

    const { approvals } = await json<{ approvals: Approval[] }>('approval', 'list', '--all', '--task', id);
    const pending = approvals.filter(({ status }) => status === 'pending');
    expect(pending.map((one) => one.id)).toEqual([second]);
    const old = approvals.find((one) => one.id === first);
    expect(old).toMatchObject({ status: 'expired', decision: { by: 'drover', from: null } });
    // Said by the sweep of what is left, or, where the agent has ended by then, by the end of its run.
    expect(old?.decision?.words).toMatch(
      /^(Not run: Drover was killed before anyone answered|Drover was killed .* Not run: nobody had answered)\.$/,
    );
    const told = api.requests.find((request) => /You were interrupted/.test(request.lastPrompt));
    expect(told?.lastPrompt).toContain('none of it was done');

    // The same text, but another question: the old answer is out of reach.
    const late = await drover(data, folder.path, ['approval', 'allow', first]);
    expect(late.code).toBe(3);
    expect(late.stderr).toContain('is over');
    const { task } = await json<{ task: Task }>('task', 'show', id);
    expect(task.approvals.map((one) => one.id)).toEqual([second]);
    expect(existsSync(path.join(task.workspace?.path ?? '', 'a.txt'))).toBe(false);

    const tool = step && 'tool' in step ? step.tool : '';
    // There is nothing to approve in a plan without a text.
    const verb = tool === 'AskUserQuestion' ? 'answer' : tool === 'ExitPlanMode' ? 'deny' : 'allow';
    await json('approval', verb, second, ...(verb === 'answer' ? ['Yes'] : []));
    expect((await drover(data, folder.path, ['task', 'wait', id])).code).toBe(0);
    const written = existsSync(path.join(task.workspace?.path ?? '', 'a.txt'));
    expect(written).toBe(autonomy === 'ask');
  },
);
