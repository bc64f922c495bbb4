import { writeFileSync } from 'node:fs';
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

async function open(): Promise<void> {
  host = await createClaudeHost(() =>
    script(
      { when: said('REMEMBER ALPHA'), steps: [{ text: 'I know ALPHA.\n' }, { stall: true }] },
      { when: said('hello from me'), steps: [{ text: 'Hello, person.' }] },
      {
        when: said('has given it back'),
        steps: [{ tool: 'mcp__drover__item_set', input: { item: '1', status: 'completed' } }],
      },
      always('Done.'),
    ),
  );
  // Used in a terminal before: else it would ask how it should look.
  writeFileSync(path.join(host.home, '.claude.json'), '{"hasCompletedOnboarding":true}');
}

test('a session goes from Drover to a person and back with its memory, and the agent is told what has changed', async () => {
  await open();
  const { drover, api } = host;
  const { sessions, terminals } = drover.core.api;
  const { id } = await host.start({ goal: 'REMEMBER ALPHA.', items: [{ text: 'one' }] });
  await api.waitFor(said('REMEMBER ALPHA'));
  await drover.event(id, 'session.started');

  // Two at once: they get it once.
  const both = await Promise.all([1, 2].map(() => sessions.takeOver({ taskId: id, now: true }, USER)));
  for (const one of both) must(one);
  await drover.event(id, 'phase.changed', ({ phase }) => phase === 'taken');
  const held = await drover.get(id);
  expect(held).toMatchObject({ status: 'running', phase: 'taken', run: { holder: 'person' } });
  expect((await drover.log(id)).filter(({ event }) => event.type === 'session.handed-over')).toHaveLength(1);

  // What ends a task, or takes its workspace, waits until they have given it back.
  const { tasks, workspaces, projects } = drover.core.api;
  for (const refused of [
    await tasks.remove({ taskId: id, keepWorkspace: true }, USER),
    await tasks.archive({ taskId: id, archived: true }, USER),
    await tasks.done({ taskId: id, done: true }, USER),
    await workspaces.remove({ workspaceId: held.workspace?.id ?? '', discard: true }, USER),
    await projects.remove({ projectId: drover.projectId }, USER),
  ]) {
    expect(refused.ok).toBe(false);
  }
  // Its own agent is none of them.
  for (const refused of [
    await sessions.takeOver({ taskId: id }, agentOf(id)),
    await sessions.giveBack({ taskId: id }, agentOf(id)),
  ]) {
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'forbidden' } });
  }

  const [terminal] = must(await terminals.list({ taskId: id }, USER));
  expect(terminal).toMatchObject({ ofAgent: true, state: { kind: 'running' } });
  must(await terminals.send({ terminalId: terminal?.id ?? '', text: 'hello from me\r' }, USER));
  const theirs = await api.waitFor(said('hello from me'));
  expect(allTexts(theirs)).toContain('REMEMBER ALPHA');
  expect(theirs.session).toBe(held.sessionId);
  await drover.event(id, 'entry.text', ({ content }) => content.text.includes('Hello, person.'));
  const folder = held.workspace?.path ?? '';
  await writeFile(path.join(folder, 'meanwhile.txt'), 'mine\n');
  await drover.repository.git('-C', folder, 'add', 'meanwhile.txt');
  await drover.repository.git('-C', folder, 'commit', '-q', '-m', 'Done by hand');
  await writeFile(path.join(folder, 'loose.txt'), 'mine too\n');

  must(await sessions.giveBack({ taskId: id }, USER));
  const task = await drover.settled(id);
  expect(task).toMatchObject({ status: 'completed', sessionId: held.sessionId, run: { no: 1 } });
  const back = api.requests.find(said('has given it back'));
  expect(back?.session).toBe(held.sessionId);
  for (const words of ['REMEMBER ALPHA', 'hello from me', 'Hello, person.']) {
    expect(allTexts(back ?? theirs)).toContain(words);
  }
  expect(back?.lastPrompt).toMatch(/Commits:\n- [0-9a-f]+ Done by hand/);
  expect(back?.lastPrompt).toMatch(/Files:\n- loose\.txt\n- meanwhile\.txt/);
  expect(await markedProcesses(`${id}.1`)).toEqual([]);
  expect(must(await terminals.list({ taskId: id }, USER))).toMatchObject([{ state: { kind: 'exited' } }]);
  expect(api.unexpected).toEqual([]);
});

test('a task that has ended opens for a person; a stop ends it for them, and a program they end waits to be given back', async () => {
  await open();
  const { drover } = host;
  const { sessions, tasks, terminals } = drover.core.api;
  const { id } = await host.start({ goal: 'REMEMBER ALPHA.' });
  await drover.event(id, 'session.started');
  must(await tasks.stop({ taskId: id }, USER));
  expect(await drover.settled(id)).toMatchObject({ status: 'cancelled' });

  must(await sessions.takeOver({ taskId: id }, USER));
  await drover.event(id, 'phase.changed', ({ phase }) => phase === 'taken');
  expect((await drover.get(id)).run).toMatchObject({ no: 2, holder: 'person', turns: 0 });
  must(await tasks.stop({ taskId: id }, USER));
  expect(await drover.settled(id)).toMatchObject({ status: 'cancelled' });
  expect(await markedProcesses(`${id}.2`)).toEqual([]);

  must(await sessions.takeOver({ taskId: id }, USER));
  await drover.event(id, 'phase.changed', ({ phase, runId }) => phase === 'taken' && runId === `${id}.3`);
  const [terminal] = must(await terminals.list({ taskId: id }, USER));
  must(await terminals.send({ terminalId: terminal?.id ?? '', text: '/exit\r' }, USER));
  await drover.event(id, 'notice.recorded', ({ code }) => code === 'session-closed');
  expect(await drover.get(id)).toMatchObject({ status: 'running', phase: 'taken' });
  must(await sessions.giveBack({ taskId: id }, USER));
  // There is no checklist: nothing is left to do, and no agent is started for it.
  expect(await drover.settled(id)).toMatchObject({ status: 'completed', run: { no: 3, turns: 0 } });
});

test('an agent without a terminal refuses with a sentence', async () => {
  await open();
  const { id } = await host.drover.create({ goal: 'Do it.' }, false);
  expect(await host.drover.core.api.sessions.takeOver({ taskId: id }, USER)).toMatchObject({
    ok: false,
    rejection: { code: 'wrong-state', message: expect.stringContaining('no session that can be opened in a terminal') },
  });
});
