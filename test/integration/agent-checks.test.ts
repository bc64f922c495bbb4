import { existsSync } from 'node:fs';
import { mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Autonomy } from '../../src/contract/agent/state.ts';
import { agentOf, type Caller } from '../../src/core/core-api.ts';
import { answer, approvalsOf, pendingOf } from '../support/approvals.ts';
import { claudeCall } from '../support/claude-call.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';

let host: TestHost;
let taskId: string;
let workspace: string;
let agent: Caller;
/** Runs a command as the agent does; whether it was allowed. */
let runs: (command: string) => Promise<boolean>;

/** An agent that works until its turn is ended, so that its tools can be used meanwhile. */
beforeEach(async () => {
  const backend = createScriptedBackend(
    'scripted',
    ({ ask }, signal) => {
      runs = async (command) => {
        const call = { callId: 'c', ...claudeCall('Bash', { command }), reason: null, signal };
        return (await ask(call)).decision === 'allow';
      };
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ ...YIELDED, result: 'interrupted' }));
      });
    },
    { process: true, approvals: true, clocked: false },
  );
  host = await createHost({ backends: [backend] });
});
afterEach(() => host.remove());

async function begin(autonomy: Autonomy): Promise<void> {
  const task = await host.create({ goal: 'x', agent: { agent: 'scripted' }, autonomy, items: [{ text: 'first' }] });
  taskId = task.id;
  agent = agentOf(taskId);
  await host.event(taskId, 'turn.requested');
  workspace = (await host.get(taskId)).workspace?.path ?? '';
}

const add = (check: string[], text = 'more') => host.core.api.items.add({ taskId, text, check }, agent);
const complete = (itemId: string, by: Caller = agent) =>
  host.core.api.items.set({ taskId, itemId, status: 'completed' }, by);
const texts = async () => (await host.get(taskId)).items.map(({ text }) => text);
const stop = async () => {
  await host.core.api.tasks.stop({ taskId }, USER);
  await host.settled(taskId);
};

test('a check that the agent could run unasked is added, and runs', async () => {
  await begin('auto');
  expect(must(await add(['touch', 'made']))).toMatchObject({ check: ['touch', 'made'], checkBy: 'agent' });
  must(await complete('2'));
  expect(existsSync(join(workspace, 'made'))).toBe(true);
  // Once when it was added, and again before it ran.
  expect((await approvalsOf(host, taskId)).map(({ status }) => status)).toEqual(['allowed', 'allowed']);
});

test('a check that would have to be asked about is asked of the person, who allows, changes or denies it', async () => {
  await begin('ask');
  const allowed = add(['touch', 'made it'], 'allowed');
  const first = await pendingOf(host, taskId);
  expect(first).toMatchObject({ tool: 'Bash', input: { text: expect.stringContaining("touch 'made it'") } });
  expect(first.reason?.words).toContain('Drover would run it as the check of an item that the agent adds.');
  expect(await texts()).toEqual(['first']);
  must(await answer(host, first.id, { type: 'allow' }));
  // A person has answered for it, so nobody is asked again.
  expect(must(await allowed).checkBy).toBeUndefined();
  must(await complete('2'));
  expect(existsSync(join(workspace, 'made it'))).toBe(true);

  const changed = add(['touch', 'theirs'], 'changed');
  const second = await pendingOf(host, taskId, [first.id]);
  must(await answer(host, second.id, { type: 'allow', scope: 'once', input: { command: 'touch mine' } }));
  expect(must(await changed).check).toEqual(['touch', 'mine']);

  const denied = add(['touch', 'no'], 'denied');
  const third = await pendingOf(host, taskId, [first.id, second.id]);
  must(await answer(host, third.id, { type: 'deny', words: 'Not this.' }));
  expect(await denied).toMatchObject({ ok: false, rejection: { code: 'forbidden' } });
  expect(await texts()).toEqual(['first', 'allowed', 'changed']);
});

test('the approval of the command that shows a check counts for exactly that check, once', async () => {
  await begin('ask');
  const asked: string[] = [];
  const next = async (given: Parameters<typeof answer>[2]) => {
    const { id } = await pendingOf(host, taskId, asked);
    asked.push(id);
    must(await answer(host, id, given));
  };
  const allows = async (command: string, given: Parameters<typeof answer>[2] = { type: 'allow' }) => {
    const running = runs(command);
    await next(given);
    expect(await running).toBe(true);
  };
  await allows("drover item add more --check 'touch made'");
  expect(must(await add(['touch', 'made'])).checkBy).toBeUndefined();
  expect((await approvalsOf(host, taskId)).map(({ decision }) => decision?.by)).toEqual(['user', 'user']);

  const isAsked = async (check: string[]) => {
    const waiting = add(check);
    await next({ type: 'deny', words: 'No.' });
    expect(await waiting).toMatchObject({ ok: false });
  };
  // A second time, another check, a part of a longer command, and what the person has changed.
  await isAsked(['touch', 'made']);
  await allows("drover item add more --check 'touch made'");
  await isAsked(['touch', 'other']);
  must(await add(['touch', 'made']));
  await allows("true; drover item add more --check 'touch made'");
  await isAsked(['touch', 'made']);
  await allows("drover item add more --check 'touch made'", {
    type: 'allow',
    scope: 'once',
    input: { command: "drover item add more --check 'touch mine'" },
  });
  await isAsked(['touch', 'made']);
  must(await add(['touch', 'mine']));
});

test('a check that is protected is asked about, whatever has shown it', async () => {
  await begin('ask');
  const running = runs("drover item add more --check 'git push origin main'");
  const first = await pendingOf(host, taskId);
  must(await answer(host, first.id, { type: 'allow' }));
  expect(await running).toBe(true);
  const waiting = add(['git', 'push', 'origin', 'main']);
  const second = await pendingOf(host, taskId, [first.id]);
  must(await answer(host, second.id, { type: 'deny', words: 'No.' }));
  expect(await waiting).toMatchObject({ ok: false });
});

test('a check that a rule denies is refused, and neither is added nor runs', async () => {
  await begin('auto');
  must(
    await host.core.api.rules.add(
      { tool: 'Bash', pattern: 'touch *', decision: 'deny', scope: { type: 'everywhere' } },
      USER,
    ),
  );
  const refused = await add(['touch', 'made']);
  expect(refused).toMatchObject({ ok: false, rejection: { message: expect.stringContaining('A person can add it') } });
  expect(await texts()).toEqual(['first']);
});

test('a check is judged again before it runs: what it leads to may be another place now', async () => {
  await begin('auto');
  await mkdir(join(workspace, 'build'));
  must(await add(['rm', '-f', 'build/precious']));
  await rename(join(workspace, 'build'), join(workspace, 'old'));
  await symlink(host.repository.path, join(workspace, 'build'));
  const waiting = complete('2');
  const asked = await pendingOf(host, taskId);
  must(await answer(host, asked.id, { type: 'deny', words: 'No.' }));
  expect(await waiting).toMatchObject({ ok: false, rejection: { message: expect.stringContaining('was not run') } });
  // Nobody can be asked when the task does not run.
  await stop();
  expect(await complete('2', USER)).toMatchObject({ ok: false });
});

test('a question about a check is over with its run, and the item is not added', async () => {
  await begin('ask');
  const waiting = add(['touch', 'made']);
  await pendingOf(host, taskId);
  await stop();
  expect(await waiting).toMatchObject({ ok: false });
  expect((await approvalsOf(host, taskId)).map(({ status }) => status)).toEqual(['expired']);
  expect(await texts()).toEqual(['first']);
});
