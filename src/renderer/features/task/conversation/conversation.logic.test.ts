import { describe, expect, test } from 'vitest';
import { cpuMs } from '../../../../../test/support/cpu-time.ts';
import type { LoggedEvent, TaskEvent } from '../../../../contract/task/events.ts';
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

  test('Drover speaks, and what is said elsewhere is only in the log', () => {
    const rows = rowsOf([
      logged({ type: 'phase.changed', phase: 'working', words: null }),
      logged({ type: 'task.stop-requested', by: 'user' }),
      logged({ type: 'retry.scheduled', attempt: 1, delayMs: 2000, words: 'Overloaded.' }),
      logged({ type: 'something.new' } as never),
    ]);
    expect(rows.map((row) => (row.kind === 'drover' ? row.words : row.kind))).toEqual([
      'Retrying in 2.0 s (attempt 1): Overloaded.',
    ]);
  });

  test('a reminder is one row, which knows the how many-th it is and of how much', () => {
    const verdict = { turn: 1, decision: 'nudge' as const, words: 'Item 2 is open.', open: ['2'], retriesSpent: 1 };
    const rows = rowsOf([
      logged({ type: 'verdict.reached', ...verdict }),
      logged({ type: 'turn.requested', turn: 2, kind: 'nudge', prompt: long('You ended your turn'), messageIds: [] }),
      logged({ type: 'turn.requested', turn: 3, kind: 'follow-up', prompt: long('And this'), messageIds: [] }),
    ]);
    expect(rows).toMatchObject([
      { kind: 'prompt', reminder: { no: 1, open: 1 } },
      { kind: 'prompt', reminder: null },
    ]);
  });

  test('what an error of a turn says is told once', () => {
    const error = { class: 'permanent' as const, code: 'credit', words: 'The account has no credit left.', hint: null };
    const failed = () =>
      logged({ type: 'turn.settled', turn: 1, result: 'error', error, usage: NO_USAGE, costUsd: 0, durationMs: 1 });
    const outcome = { code: 'backend-error' as const, words: error.words, hint: null };
    const rows = rowsOf([failed(), logged({ type: 'run.settled', status: 'failed', outcome })]);
    expect(rows).toMatchObject([{ kind: 'turn', said: true }, { kind: 'end' }]);
    expect(rowsOf([failed(), said('x')])[0]).toMatchObject({ kind: 'turn', said: false });
  });

  test('an answer belongs to the call it is about, also where only the request names it', () => {
    const request = { approvalId: 'p00000001', kind: 'command' as const, tool: 'Bash', title: 'Run ls', folder: '/' };
    const reason = { by: 'autonomy' as const, words: '', ruleId: null, protects: null };
    const answer = { tool: 'Bash', input: long(''), approvalId: 'p00000001', callId: null };
    const asked = (callId: string | null) =>
      logged({ type: 'approval.requested', ...request, callId, input: long(''), reason } as never);
    const denied = () =>
      logged({ type: 'approval.settled', ...answer, decision: 'deny', by: 'user', words: 'Only the notes' } as never);
    expect(rowsOf([called('1'), asked('1')])).toMatchObject([{ kind: 'tool', asks: true }]);
    const rows = rowsOf([called('1'), asked('1'), denied(), settled('1', false)]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ asks: false, decided: { decision: 'deny', by: 'user', words: 'Only the notes' } });
    expect(rowsOf([asked(null), denied()])).toMatchObject([{ kind: 'decided', title: 'Run ls' }]);
    const passed = { decision: 'allow', by: 'autonomy', words: 'Inside the workspace.', callId: '1' };
    const alone = rowsOf([called('1'), logged({ type: 'approval.settled', ...answer, ...passed } as never)]);
    expect(alone).toMatchObject([{ kind: 'tool', decided: null }]);
  });

  test('a row belongs to its run, and what a person does after one leads to the next', () => {
    const item = (): LoggedEvent => {
      const event = { type: 'item.changed', itemId: '1', status: 'pending', by: 'user', reason: null } as const;
      return { ...said(''), event };
    };
    const outcome = { code: 'retries-spent' as const, words: 'Spent.', hint: null };
    const events = [item(), said('x'), logged({ type: 'run.settled', status: 'failed', outcome }), item()];
    expect(rowsOf(events).map(({ run }) => run)).toEqual([1, 1, 1, 2]);
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

  test('finds items by their text, and reports to the checklist only where they are shown', async () => {
    const call = { kind: 'checklist' as const, title: 'mcp__drover__item_set', tool: 'item_set' };
    const report = (callId: string) =>
      logged({ type: 'tool.called', callId, name: call.title, call, input: long('needle'), parent: null });
    const changed = logged({ type: 'item.changed', itemId: '1', status: 'completed', by: 'agent', reason: null });
    const events = [report('1'), settled('1'), report('2'), settled('2', false), changed];
    const search = createSearch('needle', (itemId) => `Find the needle ${itemId}`);
    expect(inOrder(events, await search.take(events, none))).toEqual([4, 2]);
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
