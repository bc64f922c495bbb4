import { once } from 'node:events';
import * as z from 'zod';
import { accept, reject } from '../../src/contract/rejection.ts';
import type { StreamMessage } from '../../src/contract/stream/state.ts';
import type { TaskEvent } from '../../src/contract/task/events.ts';
import { countNeedsYou } from '../../src/contract/task/needs-you.ts';
import type { Item, Task } from '../../src/contract/task/state.ts';
import type { Caller, Core, CoreApi } from '../../src/core/core-api.ts';
import { anItem, aTask } from './task.ts';

export interface FakeCore extends Core {
  /** Every call that came through, in order. */
  readonly calls: { name: string; input: unknown; caller: Caller }[];
  /** By which those that measure are notified that nobody waits any more. */
  readonly measuring: AbortSignal[];
  readonly tasks: Map<string, Task>;
  /** Bearer tokens of tasks. */
  readonly tokens: Map<string, string>;
  /** Appends an event and wakes the streams. */
  happen(taskId: string, event: TaskEvent): void;
  /** Streams that are open now, and messages that were pulled from them so far. */
  readonly streams: { open: number; pulled: number };
}

type FakeCall = (input: unknown, caller: Caller, signal?: AbortSignal) => unknown;

/**
 * A core in memory for tests of what stands on it: it answers some calls, refuses what it does not have, and streams
 * the events a test makes happen, pulled by the reader as the real one does, the first a millisecond after `begun`.
 */
export function createFakeCore(host = 'h00000001', begun = 0): FakeCore {
  const calls: FakeCore['calls'] = [];
  const measuring: AbortSignal[] = [];
  const tasks = new Map<string, Task>();
  const tokens = new Map<string, string>();
  const events: Extract<StreamMessage, { type: 'event' }>[] = [];
  const news = new EventTarget();
  const streams = { open: 0, pulled: 0 };

  const find = (taskId: string) => {
    const task = tasks.get(taskId);
    return task ? accept(task) : reject('not-found', `There is no task ${taskId}.`);
  };
  const change = (taskId: string, itemId: string, apply: (item: Item) => Item) => {
    const task = find(taskId);
    if (!task.ok) return task;
    const item = task.value.items.find((one) => one.id === itemId);
    if (!item)
      return reject(
        'not-found',
        `There is no item ${itemId}.`,
        task.value.items.map((one) => one.id),
      );
    const changed = apply(item);
    tasks.set(taskId, { ...task.value, items: task.value.items.map((one) => (one === item ? changed : one)) });
    return accept({ ...changed, seq: events.length });
  };

  const answers: { [N in keyof CoreApi]?: Partial<CoreApi[N]> } = {
    tasks: {
      create: async (input) => {
        const id = `a${String(tasks.size + 1).padStart(8, '0')}`;
        const items = (input.items ?? []).map((item, index) => anItem(String(index + 1), { text: item.text }));
        const task = aTask({ id, goal: input.goal, projectId: input.projectId, items, status: 'draft', run: null });
        tasks.set(id, task);
        return accept({ ...task, seq: events.length });
      },
      get: async ({ taskId }) => {
        const task = find(taskId);
        return task.ok ? accept({ task: task.value, fromSeq: events.length }) : task;
      },
      list: async () => accept({ tasks: [], nextCursor: null, fromSeq: events.length, hits: [] }),
      start: async () => {
        throw new Error('a mistake with a secret inside');
      },
    },
    items: {
      list: async ({ taskId }) => {
        const task = find(taskId);
        return task.ok ? accept(task.value.items) : task;
      },
      add: async ({ taskId, text }) => {
        const task = find(taskId);
        if (!task.ok) return task;
        const item = anItem(String(task.value.items.length + 1), { text });
        tasks.set(taskId, { ...task.value, items: [...task.value.items, item] });
        return accept({ ...item, seq: events.length });
      },
      set: async ({ taskId, itemId, status }) => change(taskId, itemId, (item) => ({ ...item, status })),
    },
    projects: { list: async () => accept([]) },
    cleanUp: {
      // As long as somebody waits for it.
      async measure(_input, _caller, signal) {
        if (signal) measuring.push(signal);
        if (signal && !signal.aborted) await once(signal, 'abort');
        return accept({ bytes: 0, complete: false, stays: null });
      },
    },
  };
  const missing = async () => reject('unavailable', 'The fake core does not do this.');
  const api = new Proxy(
    {},
    {
      get: (_, noun: string) =>
        new Proxy(
          {},
          {
            get: (_nothing, verb: string) => (input: unknown, caller: Caller, signal?: AbortSignal) => {
              calls.push({ name: `${noun}.${verb}`, input, caller });
              const known = answers[noun as keyof CoreApi] as Record<string, FakeCall> | undefined;
              return (known?.[verb] ?? missing)(input, caller, signal);
            },
          },
        ),
    },
  ) as CoreApi;

  return {
    api,
    calls,
    measuring,
    tasks,
    tokens,
    streams,
    environment: async () => ({}),
    drain: async () => {},
    terminals: { serve: () => null },
    tools: {
      list: [
        {
          name: 'item_set',
          description: 'Sets the status of an item.',
          input: z.strictObject({ item: z.string(), status: z.enum(['pending', 'completed']) }),
          async run(args, taskId) {
            const done = change(taskId, String(args.item), (item) => ({
              ...item,
              status: args.status as Item['status'],
            }));
            return done.ok
              ? { ok: true, text: `Item ${done.value.id} is ${done.value.status}.` }
              : { ok: false, text: done.rejection.message };
          },
        },
        {
          name: 'broken',
          description: 'Fails.',
          input: z.strictObject({}),
          run: () => Promise.reject(new Error('a mistake with a secret inside')),
        },
      ],
      taskOf: (token) => tokens.get(token) ?? null,
    },
    events: {
      host,
      seq: () => events.length,
      async *subscribe({ after, taskId }, signal) {
        streams.open += 1;
        try {
          let last = after ?? events.length;
          let caughtUp = false;
          while (!signal.aborted) {
            const next = events.find((one) => one.event.seq > last && (!taskId || one.event.taskId === taskId));
            if (next) {
              last = next.event.seq;
              streams.pulled += 1;
              yield next;
            } else if (!caughtUp) {
              caughtUp = true;
              const at = (seq = 0) => events[seq - 1]?.event.at ?? null;
              yield { type: 'caught-up', host, seq: events.length, at: at(events.length), afterAt: at(after) };
            } else {
              await once(news, 'news', { signal }).catch(() => {});
            }
          }
        } finally {
          streams.open -= 1;
        }
      },
    },
    happen(taskId, event) {
      const seq = events.length + 1;
      events.push({ type: 'event', event: { seq, at: begun + seq, taskId, event } });
      news.dispatchEvent(new Event('news'));
    },
    counts: () => ({ draft: tasks.size }),
    needingYou: () => countNeedsYou(tasks.values()),
    recovered: () => null,
    start: async () => ({ ok: true, value: null }),
    close: async () => {},
  };
}
