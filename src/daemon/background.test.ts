import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHost, must, type TestHost } from '../../test/support/host.ts';
import { PERSON } from '../core/core-api.ts';
import { type Background, createBackground } from './background.ts';

let host: TestHost;
let background: Background;
let ended: number;
let watch: AbortController;

beforeEach(async () => {
  host = await createHost();
  await set(true);
  ended = 0;
  watch = new AbortController();
  const end = () => {
    ended += 1;
  };
  background = createBackground(host.core, end, watch.signal);
});
afterEach(async () => {
  watch.abort();
  await host.close();
  await host.remove();
});

async function set(value: boolean) {
  must(await host.core.api.settings.set({ key: 'desktop.background', value }, PERSON));
}

/** A task in its first turn, which leaves one of its items for the next. */
async function inATurn() {
  const gate = await host.createGate();
  const { id } = await host.create({ goal: gate.directive, items: ['one', 'two'].map((text) => ({ text })) }, true);
  await host.event(id, 'turn.requested');
  return { id, gate };
}

test('with the setting off it ends when each task is between turns, and the task continues in another Drover', async () => {
  const { id, gate } = await inATurn();
  await set(false);
  const queued = await host.create({ goal: 'demo: instant' }, true);
  await expect.poll(async () => (await host.get(queued.id)).waiting?.words).toBe('Waits until Drover has restarted.');
  expect(ended).toBe(0);
  expect((await host.get(id)).status).toBe('running');
  await gate.open('1', '2');
  await expect.poll(() => ended).toBe(1);
  expect((await host.get(id)).status).toBe('queued');
  await host.reopen();
  expect(await host.settled(id)).toMatchObject({ status: 'completed', run: { no: 2, mode: 'recovery' } });
  expect((await host.settled(queued.id)).status).toBe('completed');
});

test('turned on again before that, it stays and starts tasks', async () => {
  const { id, gate } = await inATurn();
  await set(false);
  const queued = await host.create({ goal: 'demo: instant' }, true);
  await expect.poll(async () => (await host.get(queued.id)).waiting?.words).toBe('Waits until Drover has restarted.');
  await set(true);
  expect((await host.settled(queued.id)).status).toBe('completed');
  await gate.open('1', '2');
  expect(await host.settled(id)).toMatchObject({ status: 'completed', run: { no: 1 } });
  expect(ended).toBe(0);
});

test('makes way for another Drover within the time, or not at all', async () => {
  const { id, gate } = await inATurn();
  expect(await background.makeWay(50)).toBe(false);
  const queued = await host.create({ goal: 'demo: instant' }, true);
  expect((await host.settled(queued.id)).status).toBe('completed');
  await gate.open('1', '2');
  expect((await host.settled(id)).status).toBe('completed');
  expect(await background.makeWay(60_000)).toBe(true);
  expect(ended).toBe(1);
});
