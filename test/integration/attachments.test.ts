import { existsSync } from 'node:fs';
import { readdir, symlink, unlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { claudeCall } from '../support/claude-call.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { png } from '../support/png.ts';
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

test('images of the goal and of messages are shown to an agent that takes them, and only to one', async () => {
  const shown: [string, string[]][] = [];
  const play = createScriptedBackend(
    'seer',
    async (_options, _signal, prompt, images) => {
      shown.push([prompt, images.map(({ type, base64 }) => `${type} ${base64}`)]);
      return YIELDED;
    },
    { images: true, resume: true, interrupt: true },
  );
  const blind = createScriptedBackend('blind', async (_options, _signal, prompt, images) => {
    shown.push([prompt, images.map(({ type }) => type)]);
    return YIELDED;
  });
  const drover = await host({ backends: [play, blind] });
  const put = async (name: string, content: Buffer) =>
    must(await drover.core.api.attachments.add({ name, base64: content.toString('base64') }, USER));
  const picture = png(20, 10);
  const goal = await put('goal.txt', picture);
  expect(goal).toMatchObject({ type: 'image/png', image: true });
  const agent = { agent: 'seer' };
  const { id } = await drover.create({ goal: 'Look.', agent, attachments: [goal.id] });
  await drover.settled(id);
  expect(shown.at(-1)).toEqual([
    expect.stringContaining(`\`${goal.path}\` (image/png, ${picture.length} bytes, shown below)`),
    [`image/png ${picture.toString('base64')}`],
  ]);

  const [real, fake, lost] = [
    await put('real.png', png(5, 5)),
    await put('fake.png', Buffer.from('no picture')),
    await put('lost.png', png(6, 6)),
  ];
  expect(fake).not.toHaveProperty('image');
  await unlink(lost.path);
  await symlink(real.path, lost.path);
  const send = { taskId: id, text: 'And these.', attachments: [real.id, fake.id, lost.id] };
  const sent = must(await drover.core.api.tasks.message({ ...send, commandId: 'c1' }, USER));
  expect(sent.messages[0]?.attachments).toMatchObject([{ id: real.id }, { id: fake.id }, { id: lost.id }]);
  expect(sent.attachments.map((file) => file.id)).toEqual([goal.id, real.id, fake.id, lost.id]);
  // Sent again by a client that has lost the answer.
  expect(must(await drover.core.api.tasks.message({ ...send, commandId: 'c1' }, USER)).attachments).toHaveLength(4);
  await drover.event(id, 'turn.requested', (event) => event.messageIds.includes('c1'));
  await drover.event(id, 'notice.recorded', (event) => event.words.includes('lost.png'));
  expect(await drover.settled(id)).toMatchObject({ status: 'completed' });
  const [words, images] = shown.at(-1) ?? ['', []];
  expect(images).toEqual([`image/png ${png(5, 5).toString('base64')}`]);
  expect(words).toMatch(/^And these\.\n\nFiles with this message:\n/);
  expect(words).toContain(`\`${fake.path}\` (image/png, 10 bytes)`);

  const other = await put('other.png', png(7, 7));
  await drover.settled((await drover.create({ goal: 'Read.', agent: { agent: 'blind' }, attachments: [other.id] })).id);
  expect(shown.at(-1)).toEqual([expect.stringContaining(`\`${other.path}\` (image/png, ${other.bytes} bytes)`), []]);
});

test('the files of a message that is removed are forgotten, and those of one that is refused can be taken', async () => {
  const drover = await host();
  const { id } = await drover.create({ goal: 'Go', agent: { agent: 'demo' } }, false);
  const [refused, removed] = [await add(drover, 'a.txt', 'a'), await add(drover, 'b.txt', 'b')];
  const { tasks, messages, attachments } = drover.core.api;
  const send = (file: string) => tasks.message({ taskId: id, text: 'x', attachments: [file], commandId: file }, USER);
  expect(await send(refused.id)).toMatchObject({ rejection: { code: 'wrong-state' } });
  expect(must(await attachments.remove({ attachmentId: refused.id }, USER))).toEqual({ attachmentId: refused.id });
  // Queued, and held there.
  must(await drover.core.api.pause.begin({ from: 'api' }, USER));
  must(await tasks.start({ taskId: id }, USER));
  must(await send(removed.id));
  expect(existsSync(removed.path)).toBe(true);
  const left = must(await messages.remove({ taskId: id, messageId: removed.id }, USER));
  expect([left.messages, left.attachments]).toEqual([[], []]);
  expect(existsSync(removed.path)).toBe(false);
});
