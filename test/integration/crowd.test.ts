import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/contract/task/events.ts';
import { PERSON } from '../../src/core/core-api.ts';
import { createHost, must, type TestHost } from '../support/host.ts';
import { clientOf, wayTo } from '../support/terminal-client.ts';

const TASKS = 30;
const TERMINALS = 8;
const ROWS = 20_000;

let host: TestHost;
beforeEach(async () => {
  host = await createHost();
});
afterEach(() => host.remove());

/** What no task of these may have: each would say that a clock ran out, although the machine was only busy. */
const MISFIRES = new Set(['stall.noticed', 'retry.scheduled', 'session.lost']);

test(`${TASKS} tasks at once beside ${TERMINALS} terminals lose no event and no line, and no clock runs out`, async () => {
  const { api, events, terminals } = host.core;
  must(await api.settings.set({ key: 'task.slots', value: TASKS }, PERSON));
  const seen: LoggedEvent[] = [];
  const enough = new AbortController();
  const heard = (async () => {
    for await (const message of events.subscribe({ after: 0 }, enough.signal)) {
      if (message.type === 'event') seen.push(message.event);
    }
  })();
  const clients = await Promise.all(
    Array.from({ length: TERMINALS }, async () => {
      const { id } = must(await api.terminals.open({ projectId: host.projectId }, PERSON));
      const client = clientOf(
        wayTo((carrier) => {
          const line = terminals.serve(carrier, PERSON);
          if (line === null) throw new Error('Terminals are closed to a person.');
          return line;
        }),
        { terminalId: id, scrollback: 0 },
      );
      await client.until(/[$#%>]/);
      return { id, client };
    }),
  );
  const made = await Promise.all(
    Array.from({ length: TASKS }, (_, at) =>
      host.create({ goal: `Task ${at}\n\ndemo: rate n=50 seconds=1`, items: [{ text: 'one' }], autonomy: 'auto' }),
    ),
  );
  for (const { id } of clients) {
    must(await api.terminals.send({ terminalId: id, text: `seq ${ROWS}; echo all-$((40 + 2))\n` }, PERSON));
  }
  for (const { client } of clients) {
    await client.until(/all-42/);
    expect(client.text()).toContain(`\n${ROWS - 1}\n${ROWS}\nall-42`);
  }
  for (const { id } of made) {
    const task = await host.settled(id);
    expect(task.outcome).toMatchObject({ code: 'all-items-completed' });
    expect(task.run?.retriesSpent).toBe(0);
  }
  const all: LoggedEvent[] = [];
  for (const { id } of made) all.push(...(await host.log(id)));
  const last = Math.max(...all.map(({ seq }) => seq));
  await expect.poll(() => seen.at(-1)?.seq ?? 0, { timeout: 60_000 }).toBeGreaterThanOrEqual(last);
  enough.abort();
  await heard.catch(() => {});
  const ids = new Set(made.map(({ id }) => id));
  expect(seen.filter(({ taskId }) => ids.has(taskId))).toEqual(all.sort((one, other) => one.seq - other.seq));
  expect(all.filter(({ event }) => MISFIRES.has(event.type))).toEqual([]);
  expect(must(await api.tasks.list({ status: ['running', 'queued'], limit: 1 }, PERSON)).tasks).toEqual([]);
  for (const { id } of clients) must(await api.terminals.close({ terminalId: id, force: true }, PERSON));
}, 300_000);
