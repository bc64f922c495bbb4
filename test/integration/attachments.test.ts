import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { claudeCall } from '../support/claude-call.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';
import { until } from '../support/until.ts';

const hosts: TestHost[] = [];
async function host(options?: Parameters<typeof createHost>[0]): Promise<TestHost> {
  const made = await createHost(options);
  hosts.push(made);
  return made;
}
afterEach(async () => {
  for (const one of hosts.splice(0)) await one.remove();
});

const add = async (drover: TestHost, name: string, text: string) =>
  must(await drover.core.api.attachments.add({ name, base64: Buffer.from(text).toString('base64') }, USER));

test('a file given with the goal is named in the brief, may be read and not changed, and goes with its task', async () => {
  const answers: Record<string, string> = {};
  const backend = createScriptedBackend(
    'reader',
    async (options, _signal, prompt) => {
      const own = /`([^`]+own\.txt)`/.exec(prompt)?.[1] ?? '';
      const other = path.join(path.dirname(own), '..', othersId, 'other.txt');
      const ask = (callId: string, tool: string, input: Record<string, string>, signal: AbortSignal) =>
        options.ask({ callId, ...claudeCall(tool, input), reason: null, signal });
      const answered = async (name: string, tool: string, input: Record<string, string>) => {
        answers[name] = (await ask(name, tool, input, new AbortController().signal)).decision;
      };
      const waits = async (name: string, tool: string, input: Record<string, string>) => {
        const withdrawn = new AbortController();
        const answer = ask(name, tool, input, withdrawn.signal);
        await drover.event(options.taskId, 'approval.requested', (event) => event.callId === name);
        withdrawn.abort('withdrawn');
        answers[name] = `asked, then ${(await answer).decision}`;
      };
      await answered('read', 'Read', { file_path: own });
      await answered('cat', 'Bash', { command: `cat '${own}'` });
      await waits('write', 'Write', { file_path: own, content: 'x' });
      await waits('other', 'Read', { file_path: other });
      await waits('database', 'Read', { file_path: path.join(path.dirname(own), '..', '..', 'drover.db') });
      return YIELDED;
    },
    { approvals: true },
  );
  const drover = await host({ backends: [backend] });
  const own = await add(drover, 'own.txt', 'hello');
  const others = await add(drover, 'other.txt', 'secret');
  const othersId = others.id;
  await drover.create({ goal: 'Another', attachments: [others.id] }, false);
  const { id, attachments } = await drover.create({
    goal: 'Read it.',
    agent: { agent: 'reader' },
    autonomy: 'ask',
    attachments: [own.id],
  });
  expect(attachments).toEqual([own]);
  const { prompt } = await drover.event(id, 'turn.requested');
  expect(prompt.text).toContain(`\`${own.path}\` (text/plain, 5 bytes)`);
  expect(await drover.settled(id)).toMatchObject({ status: 'completed' });
  const asked = 'asked, then deny';
  expect(answers).toEqual({ read: 'allow', cat: 'allow', write: asked, other: asked, database: asked });

  must(await drover.core.api.tasks.remove({ taskId: id, keepWorkspace: true }, USER));
  await until(() => !existsSync(own.path), 'the file to go with its task');
  expect(await readdir(path.join(drover.dataFolder, 'attachments'))).toEqual([othersId]);
});

test('a task that is refused leaves its files to be taken, and a repeated command takes nothing twice', async () => {
  const drover = await host();
  const file = await add(drover, 'a.txt', 'a');
  const spec = { projectId: drover.projectId, goal: 'Go', agent: { agent: 'demo' }, attachments: [file.id] };
  const { create } = drover.core.api.tasks;
  const items = Array.from({ length: 501 }, () => ({ text: 'x' }));
  expect(await create({ ...spec, items }, USER)).toMatchObject({ rejection: { code: 'invalid' } });
  const commandId = 'the-same';
  const first = must(await create({ ...spec, commandId }, USER));
  const second = must(await create({ ...spec, commandId }, USER));
  expect(second).toEqual(first);
  expect(first.attachments).toEqual([file]);
  expect(await readdir(path.join(drover.dataFolder, 'attachments'))).toEqual([file.id]);
  const gone = await create({ ...spec, attachments: ['f00000000'] }, USER);
  expect(gone).toMatchObject({ rejection: { code: 'not-found' } });
});
