import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHost, must, type TestHost, USER } from '../../../test/support/host.ts';

let host: TestHost;
beforeEach(async () => {
  host = await createHost();
});
afterEach(() => host.remove());

async function find(search: string) {
  const { tasks, hits } = must(await host.core.api.tasks.list({ search, limit: 100 }, USER));
  return tasks.map(({ id, title }) => [title, hits.find(({ taskId }) => taskId === id)?.where ?? null]);
}

test('finds words in title, goal, items and the first lines of messages, and says where', async () => {
  const goal = `Tidy up\n\n${'Nothing here. '.repeat(40)}The LICENSE is missing, 100 % of it.`;
  const items = [{ text: 'Write the release notes' }];
  const { id } = await host.create({ goal, items, agent: { agent: 'passive' } });
  await host.create({ goal: 'Other work', items: [{ text: 'status of things' }] }, false);
  must(await host.core.api.tasks.message({ taskId: id, text: 'The key lies under the mat\nnot this line' }, USER));
  expect(await find('tidy')).toEqual([['Tidy up', null]]);
  expect(await find('release notes')).toEqual([['Tidy up', 'item']]);
  expect(await find('license')).toEqual([['Tidy up', 'goal']]);
  expect(await find('mat tidy')).toEqual([['Tidy up', 'message']]);
  expect(await find('100 % of')).toEqual([['Tidy up', 'goal']]);
  expect(await find('100_%')).toEqual([]);
  expect(await find('line')).toEqual([]);
  expect(await find('tidy work')).toEqual([]);
  // What is stored around the texts is no text.
  expect(await find('pending')).toEqual([]);
  expect(await find('status')).toEqual([['Other work', 'item']]);
  expect(await find(id)).toHaveLength(1);
  const { hits } = must(await host.core.api.tasks.list({ search: 'license', limit: 1 }, USER));
  expect(hits[0]?.words).toMatch(/^….*The LICENSE is missing/);
  expect(hits[0]?.words.length).toBeLessThanOrEqual(161);

  const second = must(await host.core.api.tasks.message({ taskId: id, text: 'Behind the door' }, USER));
  const messageId = second.messages.find(({ text }) => text === 'Behind the door')?.id ?? '';
  must(await host.core.api.messages.edit({ taskId: id, messageId, text: 'Under the stairs' }, USER));
  expect(await find('door')).toEqual([]);
  expect(await find('stairs')).toEqual([['Tidy up', 'message']]);
  must(await host.core.api.messages.remove({ taskId: id, messageId }, USER));
  expect(await find('stairs')).toEqual([]);

  must(await host.core.api.tasks.stop({ taskId: id }, USER));
  await host.settled(id);
  must(await host.core.api.tasks.remove({ taskId: id, keepWorkspace: true }, USER));
  expect(await find('mat')).toEqual([]);
});
