import { afterEach, expect, test } from 'vitest';
import { type ClaudeBench, createClaudeBench, processesOf } from '../../../../test/support/claude-session.ts';
import { always, script } from '../../../../test/support/scripted-api/scenario.ts';

let bench: ClaudeBench;
afterEach(() => bench.close());

const shell = (command: string) => ({
  tool: 'Bash',
  input: { command, run_in_background: true, description: 'a shell' },
});

test('a turn is over when its background shell has ended and the agent has been told', async () => {
  bench = await createClaudeBench(
    script({ steps: [shell('sleep 0.7; echo bye')] }, { steps: [{ text: 'Started.' }] }, always('It has ended.')),
  );
  const { session, recorded } = await bench.open();
  const result = await session.prompt('go');
  expect(result).toMatchObject({ result: 'ok', usage: { inputTokens: 300, outputTokens: 60 } });
  expect(recorded.texts()).toEqual(['Started.', 'It has ended.']);
  expect(recorded.background).toEqual([[{ id: expect.any(String), kind: 'shell', description: 'a shell' }], []]);
  expect(recorded.notices()).toContain('background-ended');
});

test('a shell that ends while the turn runs adds no second wait', async () => {
  bench = await createClaudeBench(
    script({ steps: [shell('true')] }, { delayMs: 500, steps: [{ text: 'Started.' }] }, always('It has ended.')),
  );
  const { session, recorded } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(recorded.texts()).toEqual(['Started.', 'It has ended.']);
  expect(recorded.background.at(-1)).toEqual([]);
});

test('two shells that end at the same time', async () => {
  bench = await createClaudeBench(
    script(
      { steps: [shell('sleep 0.5; echo one'), shell('sleep 0.5; echo two')] },
      { steps: [{ text: 'Started.' }] },
      always('More.'),
    ),
  );
  const { session, recorded } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(recorded.background.at(-1)).toEqual([]);
  expect(recorded.texts().at(-1)).toBe('More.');
  expect(await session.prompt('and now?')).toMatchObject({ result: 'ok', usage: { inputTokens: 100 } });
});

test('a turn is over when its background subagent has ended and the agent has been told', async () => {
  const input = { description: 'part', prompt: 'Do your part', subagent_type: 'general-purpose' };
  bench = await createClaudeBench({
    sessions: [
      { name: 'sub', match: { isSubagent: true }, turns: [{ delayMs: 600, steps: [{ text: 'Part done.' }] }] },
      {
        name: 'main',
        turns: [{ steps: [{ tool: 'Agent', input }] }, { steps: [{ text: 'Sent.' }] }, always('All done.')],
      },
    ],
  });
  const { session, recorded } = await bench.open();
  const result = await session.prompt('go');
  expect(result).toMatchObject({ result: 'ok', usage: { inputTokens: 400 } });
  expect(recorded.texts().at(-1)).toBe('All done.');
  expect(recorded.background[0]).toMatchObject([{ kind: 'subagent', description: 'part' }]);
  expect(recorded.background.at(-1)).toEqual([]);
});

test('a shell that never ends is waited for so long, is shown, and is gone after close', async () => {
  bench = await createClaudeBench(script({ steps: [shell('tail -f /dev/null')] }, always('Started.')), {
    backgroundWaitMs: 300,
  });
  const { session, recorded, marker } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(recorded.background.at(-1)).toMatchObject([{ kind: 'shell' }]);
  expect(processesOf(marker).length).toBeGreaterThan(1);
  expect(await session.prompt('and now?')).toMatchObject({ result: 'ok' });
  await session.close(5_000);
  expect(processesOf(marker)).toEqual([]);
});

test('an interrupt ends the wait for a shell', async () => {
  bench = await createClaudeBench(script({ steps: [shell('tail -f /dev/null')] }, always('Started.')));
  const { session, recorded } = await bench.open();
  const turn = session.prompt('go');
  await recorded.until(() => recorded.texts().includes('Started.'));
  await session.interrupt();
  expect(await turn).toMatchObject({ result: 'interrupted' });
});

test('a shell is not waited for when no item is open any more', async () => {
  bench = await createClaudeBench(script({ steps: [shell('tail -f /dev/null')] }, always('Started.')));
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const { session, recorded } = await bench.open({ settled: () => settled });
  const turn = session.prompt('go');
  await recorded.until(() => recorded.texts().includes('Started.'));
  settle();
  expect(await turn).toMatchObject({ result: 'ok' });
});

test('what a command left running in a session of its own, deaf to SIGTERM, is gone after close', async () => {
  const command = `setsid sh -c 'trap "" TERM; exec tail -f /dev/null' >/dev/null 2>&1 & true`;
  bench = await createClaudeBench(script({ steps: [{ tool: 'Bash', input: { command } }] }, always('Done.')));
  const { session, marker } = await bench.open();
  expect(await session.prompt('go')).toMatchObject({ result: 'ok' });
  expect(processesOf(marker).length).toBeGreaterThan(1);
  await session.close(500);
  expect(processesOf(marker)).toEqual([]);
});
