import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Client } from '../../contract/client.ts';
import { createFound } from './found.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const answers: ((ids: string[]) => void)[] = [];
  const list = vi.fn(
    () =>
      new Promise((resolve) => {
        answers.push((ids) =>
          resolve({ tasks: ids.map((id) => ({ id })), hits: [{ taskId: ids[0], where: 'item', words: 'Found' }] }),
        );
      }),
  );
  const found = createFound({ tasks: { list } } as never as Client);
  return { found, list, answers, ids: () => [...found.hits.get().keys()] };
}

it('asks once for what is typed fast, and keeps the answer to the newest question', async () => {
  const { found, list, answers, ids } = open();
  found.look('n', false);
  found.look('no', false);
  vi.advanceTimersByTime(200);
  expect(list).toHaveBeenCalledExactlyOnceWith({ search: 'no', archived: false, limit: 500 });
  found.look('notes', false);
  vi.advanceTimersByTime(200);
  answers[1]?.(['a1']);
  await vi.waitFor(() => expect(ids()).toEqual(['a1']));
  answers[0]?.(['a1', 'a2']);
  await Promise.resolve();
  expect(ids()).toEqual(['a1']);
  expect(found.hits.get().get('a1')).toMatchObject({ where: 'item', words: 'Found' });
  found.look(' ', false);
  expect(ids()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
