import { afterEach, describe, expect, test } from 'vitest';
import { answer, approvalsOf, pendingOf } from '../support/approvals.ts';
import { createHost, must, type TestHost } from '../support/host.ts';

const hosts: TestHost[] = [];
async function host(options?: Parameters<typeof createHost>[0]): Promise<TestHost> {
  const made = await createHost(options);
  hosts.push(made);
  return made;
}
afterEach(async () => {
  for (const one of hosts.splice(0)) await one.remove();
});

describe('the demo agent', () => {
  test('asks, waits, and does what was allowed', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: asks count=1', autonomy: 'auto' });
    const asked = await pendingOf(drover, id);
    expect(asked).toMatchObject({ status: 'pending', tool: 'Bash', taskId: id, kind: 'tool', decision: null });
    expect(await drover.get(id)).toMatchObject({ phase: 'waiting', phaseWords: asked.title });
    expect(must(await answer(drover, asked.id, { type: 'allow' }))).toMatchObject({
      status: 'allowed',
      decision: { by: 'user', from: 'window', scope: 'once' },
    });
    expect(await drover.settled(id)).toMatchObject({ status: 'completed' });
    const all = await approvalsOf(drover, id);
    expect(all.at(-1)).toMatchObject({ id: asked.id, followed: 'succeeded' });
  });

  test('shows a plan, again with comments, and goes on with the autonomy that was chosen', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: plan', autonomy: 'plan', items: [{ text: 'One' }] });
    const first = await pendingOf(drover, id);
    expect(first.kind).toBe('plan');
    must(await answer(drover, first.id, { type: 'deny', words: 'Smaller steps.' }));
    const second = await pendingOf(drover, id, [first.id]);
    expect(second.input.text).toContain('Smaller steps.');
    must(await answer(drover, second.id, { type: 'allow', scope: 'once', autonomy: 'auto' }));
    expect(await drover.settled(id)).toMatchObject({ status: 'completed', autonomy: 'auto' });
    expect(await approvalsOf(drover, id)).not.toContainEqual(expect.objectContaining({ status: 'pending' }));
  });

  test('asks questions in a form, and reads the answers', async () => {
    const drover = await host();
    const { id } = await drover.create({ goal: 'demo: question' });
    const asked = await pendingOf(drover, id);
    expect(asked.kind).toBe('question');
    const database = 'Which database should the notes be kept in?';
    expect(await answer(drover, asked.id, { type: 'allow' })).toMatchObject({ rejection: { code: 'invalid' } });
    const answers = { [database]: 'A drawer', 'What should be tested?': ['Reading', 'Speed'] };
    must(await answer(drover, asked.id, { type: 'reply', answers }));
    await drover.settled(id);
    const said = (await drover.log(id)).flatMap(({ event }) =>
      event.type === 'entry.text' ? [event.content.text] : [],
    );
    expect(said).toContain(`${database} A drawer\nWhat should be tested? Reading, Speed`);
  });
});
