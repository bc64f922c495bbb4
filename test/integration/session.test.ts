import { existsSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { agentOf } from '../../src/core/core-api.ts';
import { type ClaudeHost, createClaudeHost } from '../support/claude-host.ts';
import { must, USER } from '../support/host.ts';
import { markedProcesses } from '../support/marked-processes.ts';
import type { RequestFacts } from '../support/scripted-api/facts.ts';
import { always, script } from '../support/scripted-api/scenario.ts';

let host: ClaudeHost;
afterEach(() => host.remove());

const said = (words: string) => (facts: RequestFacts) =>
  facts.lastPrompt.includes(words) && facts.toolResults.length === 0;
const allTexts = (facts: RequestFacts) => facts.texts.map(({ text }) => text).join('\n');

async function begin(): Promise<void> {
  host = await createClaudeHost(() =>
    script(
      { when: said('REMEMBER ALPHA'), steps: [{ text: 'I know ALPHA.' }] },
      { when: said('and BETA'), steps: [{ text: 'I know BETA too.' }] },
      {
        when: said('Finish what we began'),
        steps: [{ tool: 'mcp__drover__item_set', input: { item: '1', status: 'completed' } }],
      },
      always('Done.'),
    ),
  );
  // Used in a terminal before: else it would ask how it should look.
  writeFileSync(path.join(host.home, '.claude.json'), '{"hasCompletedOnboarding":true}');
}

/** Opens a session and waits until the person has it. */
async function open(spec: { branch?: string; base?: string } = {}): Promise<string> {
  const { drover } = host;
  const { id } = must(await drover.core.api.sessions.open({ projectId: drover.projectId, ...spec }, USER));
  await drover.event(id, 'phase.changed', ({ phase }) => phase === 'taken');
  return id;
}

async function type(taskId: string, text: string): Promise<void> {
  const { terminals } = host.drover.core.api;
  const running = must(await terminals.list({ taskId }, USER)).find(({ state }) => state.kind === 'running');
  must(await terminals.send({ terminalId: running?.id ?? '', text: `${text}\r` }, USER));
}

test('a session is a person’s from the start, is opened again when they end it, and gets a goal with which Drover continues in it', async () => {
  await begin();
  const { drover, api } = host;
  const { sessions, tasks, workspaces } = drover.core.api;
  const refused = await sessions.open({ projectId: drover.projectId }, agentOf('a00000000'));
  expect(refused).toMatchObject({ ok: false, rejection: { code: 'forbidden' } });

  const id = await open();
  const held = await drover.get(id);
  expect(held).toMatchObject({
    status: 'running',
    phase: 'taken',
    goal: '',
    items: [],
    run: { holder: 'person', turns: 0 },
  });
  expect(held.title).toMatch(/^Session in /);
  expect(must(await tasks.list({ limit: 5 }, USER)).tasks).toMatchObject([{ id, session: 'person', noGoal: true }]);

  await type(id, 'REMEMBER ALPHA');
  const first = await api.waitFor(said('REMEMBER ALPHA'));
  await drover.event(id, 'entry.text', ({ content }) => content.text.includes('I know ALPHA'));
  expect(await sessions.giveBack({ taskId: id }, USER)).toMatchObject({
    ok: false,
    rejection: { code: 'wrong-state', message: expect.stringContaining('Set a goal first') },
  });
  must(await tasks.edit({ taskId: id, edit: { title: 'Look around' } }, USER));

  // They end the program: it is theirs all the same, and opens again with its memory.
  await type(id, '/exit');
  await drover.event(id, 'notice.recorded', ({ code }) => code === 'session-closed');
  expect(await drover.get(id)).toMatchObject({ phase: 'taken', run: { holder: 'person' } });
  must(await sessions.takeOver({ taskId: id }, USER));
  let times = 0;
  await drover.event(id, 'phase.changed', ({ phase, words }) => phase === 'taken' && words === null && ++times === 2);
  await type(id, 'and BETA');
  const second = await api.waitFor(said('and BETA'));
  expect(second.session).toBe(first.session);
  expect(allTexts(second)).toContain('REMEMBER ALPHA');
  await drover.event(id, 'entry.text', ({ content }) => content.text.includes('BETA too'));

  const folder = held.workspace?.path ?? '';
  await writeFile(path.join(folder, 'loose.txt'), 'mine\n');
  must(await sessions.giveBack({ taskId: id, goal: 'Finish what we began.', items: [{ text: 'one' }] }, USER));
  const task = await drover.settled(id);
  expect(task).toMatchObject({
    status: 'completed',
    title: 'Look around',
    goal: 'Finish what we began.',
    run: { no: 1 },
  });
  expect(task).not.toHaveProperty('goalIsNew');
  const brief = api.requests.find(said('Finish what we began'));
  expect(brief?.session).toBe(first.session);
  expect(allTexts(brief ?? first)).toContain('and BETA');
  expect(brief?.lastPrompt).toContain('The user has begun this session with you');
  expect(brief?.lastPrompt).toMatch(/Files:\n- loose\.txt/);
  expect(brief?.lastPrompt).toMatch(/1\. one/);
  expect(await markedProcesses(`${id}.1`)).toEqual([]);

  // What they left is as safe as that of any task.
  expect(await tasks.remove({ taskId: id }, USER)).toMatchObject({ ok: false, rejection: { code: 'conflict' } });
  const workspaceId = held.workspace?.id ?? '';
  expect(await workspaces.remove({ workspaceId }, USER)).toMatchObject({
    ok: false,
    rejection: { code: 'conflict', message: expect.stringContaining('1 uncommitted change') },
  });
  expect(existsSync(path.join(folder, 'loose.txt'))).toBe(true);
  expect(api.unexpected).toEqual([]);
});

test('a session that was stopped opens again, and a goal that it gets then is what the next run is about', async () => {
  await begin();
  const { drover, api } = host;
  const { sessions, tasks } = drover.core.api;
  const id = await open();
  await type(id, 'REMEMBER ALPHA');
  const first = await api.waitFor(said('REMEMBER ALPHA'));
  await drover.event(id, 'entry.text', ({ content }) => content.text.includes('I know ALPHA'));
  must(await tasks.stop({ taskId: id }, USER));
  expect(await drover.settled(id)).toMatchObject({ status: 'cancelled' });
  expect(await tasks.resume({ taskId: id }, USER)).toMatchObject({ ok: false });

  must(await sessions.takeOver({ taskId: id }, USER));
  await drover.event(id, 'phase.changed', ({ phase, runId }) => phase === 'taken' && runId === `${id}.2`);
  must(await tasks.stop({ taskId: id }, USER));
  expect(await drover.settled(id)).toMatchObject({ status: 'cancelled', run: { no: 2 } });

  const items = [{ text: 'one' }];
  must(await tasks.edit({ taskId: id, edit: { goal: 'Finish what we began.' } }, USER));
  for (const item of items) must(await drover.core.api.items.add({ taskId: id, ...item }, USER));
  must(await tasks.resume({ taskId: id }, USER));
  expect(await drover.settled(id)).toMatchObject({
    status: 'completed',
    title: 'Finish what we began.',
    run: { no: 3 },
  });
  const brief = api.requests.find(said('Finish what we began'));
  expect(brief?.session).toBe(first.session);
  expect(brief?.lastPrompt).toContain('The user has set the goal of this task');
  expect(brief?.lastPrompt).toContain('Use the tools of the `drover` server');
  expect(api.unexpected).toEqual([]);
});

test('a session works on a branch that there is, which stays when its workspace goes', async () => {
  await begin();
  const { drover } = host;
  const { sessions, tasks, workspaces } = drover.core.api;
  const { git } = drover.repository;
  await git('branch', 'fix');
  const tip = (await git('rev-parse', 'fix')).trim();
  const current = (await git('symbolic-ref', '--short', 'HEAD')).trim();
  const refusal = async (spec: object) => {
    const done = await sessions.open({ projectId: drover.projectId, ...spec }, USER);
    return done.ok ? null : done.rejection.message;
  };
  expect(await refusal({ branch: current })).toMatch(
    /is checked out in .*, and git has a branch in one place at a time/,
  );
  expect(await refusal({ branch: 'fixx' })).toEqual(
    expect.stringMatching(/^There is no branch "fixx" in the project .*Similar branches: fix/),
  );
  expect(await refusal({ branch: 'fix', base: current })).toMatch(/name one of the two/);
  expect(must(await tasks.list({ limit: 5 }, USER)).tasks).toEqual([]);

  const id = await open({ branch: 'fix' });
  const { workspace } = await drover.get(id);
  expect(workspace).toMatchObject({ branch: 'fix', baseCommit: tip });
  expect(await refusal({ branch: 'fix' })).toMatch(/is checked out in/);
  must(await tasks.stop({ taskId: id }, USER));
  await drover.settled(id);

  // Nothing was done on it: the folder goes, and the branch is theirs.
  const workspaceId = workspace?.id ?? '';
  expect(must(await workspaces.remove({ workspaceId }, USER))).toMatchObject({ state: 'removed' });
  expect((await git('rev-parse', 'fix')).trim()).toBe(tip);
});
