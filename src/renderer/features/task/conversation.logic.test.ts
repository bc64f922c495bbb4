import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../../../test/support/cpu-time.ts';
import type { LoggedEvent, TaskEvent } from '../../../contract/task/events.ts';
import { createRowBuilder, rowOf } from './conversation.logic.ts';
import { createSearch } from './search.logic.ts';

const runId = 'a00000001.1';
const long = (text: string) => ({ text, bytes: text.length, blob: null });
const NO_USAGE = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
let seq = 0;
function logged(event: Partial<TaskEvent> & { type: string }): LoggedEvent {
  seq += 1;
  return { seq, at: seq * 1000, taskId: 'a00000001', event: { runId, ...event } as TaskEvent };
}
const said = (text: string) => logged({ type: 'entry.text', entryId: `e${seq}`, content: long(text), parent: null });
const thought = (text: string, parent: string | null = null) =>
  logged({ type: 'entry.thinking', entryId: `e${seq}`, content: long(text), parent });
const called = (callId: string) =>
  logged({ type: 'tool.called', callId, name: 'Bash', input: long('{"command":"ls"}'), parent: null });
const settled = (callId: string, ok = true) =>
  logged({ type: 'tool.settled', callId, ok, output: long('out'), durationMs: 5 });
const ended = () =>
  logged({ type: 'turn.settled', turn: 1, result: 'ok', error: null, usage: NO_USAGE, costUsd: 0, durationMs: 1 });
const rowsOf = (events: LoggedEvent[]) => createRowBuilder().rows(events);

describe('rows of a conversation', () => {
  test('a call and its result are one row, whatever comes between', () => {
    const rows = rowsOf([called('1'), called('2'), said('hello'), settled('2', false), settled('1')]);
    expect(rows.map((row) => row.kind)).toEqual(['tool', 'tool', 'text']);
    expect(rows[0]).toMatchObject({ callId: '1', result: { ok: true, durationMs: 5 } });
    expect(rows[1]).toMatchObject({ callId: '2', result: { ok: false } });
  });

  test('a call without a result is given up when its turn is over, and one whose beginning is not loaded is left out', () => {
    const rows = rowsOf([settled('0'), called('1'), ended()]);
    expect(rows.map((row) => row.kind)).toEqual(['tool', 'turn']);
    expect(rows[0]).toMatchObject({ result: null, dropped: true });
  });

  test('thoughts in a row are one, of one agent', () => {
    const rows = rowsOf([thought('a'), thought('b'), thought('c', 'call-1'), said(' \n'), thought('d')]);
    expect(rows.map((row) => (row.kind === 'thinking' ? row.contents.map((content) => content.text) : []))).toEqual([
      ['a', 'b'],
      ['c'],
      ['d'],
    ]);
  });

  test('Drover speaks, and what is only for the log stays there', () => {
    const verdict = { turn: 1, decision: 'nudge' as const, words: 'Item 2 is open.', open: ['2'], retriesSpent: 1 };
    const rows = rowsOf([
      logged({ type: 'phase.changed', phase: 'working', words: null }),
      logged({ type: 'verdict.reached', ...verdict }),
      logged({ type: 'retry.scheduled', attempt: 1, delayMs: 2000, words: 'Overloaded.' }),
      logged({
        type: 'approval.settled',
        callId: null,
        tool: 'Bash',
        input: long(''),
        decision: 'allow',
        by: 'autonomy',
        words: '',
      }),
      logged({ type: 'something.new' } as never),
    ]);
    expect(rows.map((row) => (row.kind === 'drover' ? row.words : row.kind))).toEqual([
      'Item 2 is open.',
      'Retrying in 2.0 s (attempt 1): Overloaded.',
    ]);
  });

  test('a message is shown once, where it is sent, as it was then', () => {
    const queued = (id: string, text: string) => logged({ type: 'message.queued', message: { id, at: 1, text } });
    const sent = (text: string, ...messageIds: string[]) =>
      logged({ type: 'turn.requested', turn: 2, kind: 'follow-up', prompt: long(text), messageIds });
    const events = [
      queued('1', 'Mind the tabs'),
      said('working'),
      queued('2', 'Stop that'),
      logged({ type: 'message.withdrawn', messageId: '2' }),
      logged({ type: 'message.edited', messageId: '1', text: 'Mind the spaces' }),
    ];
    expect(rowsOf(events).map((row) => row.kind)).toEqual(['text']);
    const rows = rowsOf([...events, sent('Mind the spaces', '1')]);
    expect(rows.map((row) => row.kind)).toEqual(['text', 'prompt']);
    expect(rows[1]).toMatchObject({ said: ['Mind the spaces'] });
    // What was written before the page that is loaded is told by the prompt alone.
    expect(rowsOf([sent('Mind the spaces', '1')])[0]).toMatchObject({ said: [] });
  });

  test('more events at the end cost only themselves; older ones at the beginning keep the keys', () => {
    const events = [called('1'), said('one'), said('two')];
    const builder = createRowBuilder();
    const before = builder.rows(events);
    expect(builder.rows(events)).toBe(before);
    const after = builder.rows([...events, settled('1'), said('three')]);
    expect(after).not.toBe(before);
    expect(after[1]).toBe(before[1]);
    expect(after[0]).toMatchObject({ key: before[0]?.key, result: { ok: true } });
    const older = builder.rows([said('zero'), ...events]);
    expect(older.map((row) => row.key).slice(1)).toEqual(before.map((row) => row.key));
  });

  test('20,000 entries take little time, and one more almost none', () => {
    const events = Array.from({ length: 20_000 }, (_, at) => said(`entry ${at}`));
    const builder = createRowBuilder();
    const startedAt = cpuMs();
    expect(builder.rows(events)).toHaveLength(20_000);
    expect(cpuMs() - startedAt).toBeLessThan(500);
    const again = cpuMs();
    for (let more = 0; more < 60; more += 1) {
      events.push(said('more'));
      builder.rows(events.slice());
    }
    expect(cpuMs() - again).toBeLessThan(500);
  });

  test('an event is found in the row that shows it', () => {
    const events = [called('1'), thought('a'), thought('b'), said('x'), settled('1'), said('y')];
    const rows = rowsOf(events);
    expect(events.map(({ seq }) => rows[rowOf(rows, seq)]?.kind)).toEqual([
      'tool',
      'thinking',
      'thinking',
      'text',
      'text',
      'text',
    ]);
    expect(rowOf(rows, 0)).toBe(-1);
  });

  test('a call is shown as seen from its workspace', () => {
    const ready = logged({ type: 'workspace.ready', path: '/ws/1' });
    const builder = createRowBuilder();
    const rows = builder.rows([called('0'), ready, called('1')]);
    expect(rows.map((row) => row.kind === 'tool' && row.root)).toEqual([null, '/ws/1']);
    expect([builder.isOpen('1'), builder.isOpen('2')]).toEqual([true, false]);
  });
});

describe('search', () => {
  const inOrder = (events: LoggedEvent[], seqs: number[]) =>
    seqs.map((seq) => events.findIndex((logged) => logged.seq === seq));
  async function* none() {}

  test('finds words in everything that is shown, newest first, results with their calls', async () => {
    const events = [
      called('1'),
      said('Needle'),
      logged({ type: 'phase.changed', phase: 'working', words: 'needle' }),
      logged({ type: 'tool.settled', callId: '1', ok: true, output: long('a NEEDLE'), durationMs: 1 }),
      said('hay'),
      thought('needles'),
    ];
    const search = createSearch('needle');
    const newer = await search.take(events.slice(3), none);
    const older = await search.take(events.slice(0, 3), none);
    expect(inOrder(events, [...newer, ...older])).toEqual([5, 1, 0]);
  });

  test('looks into what is stored elsewhere, also where two parts meet', async () => {
    const content = { text: 'beginning', bytes: 100_000, blob: 'b1' };
    const events = [logged({ type: 'entry.text', entryId: 'e', content, parent: null })];
    async function* parts() {
      yield 'some nee';
      yield 'dle here';
    }
    expect(await createSearch('needle').take(events, parts)).toHaveLength(1);
    expect(await createSearch('needles').take(events, parts)).toHaveLength(0);
  });
});
