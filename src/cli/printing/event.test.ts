import { describe, expect, it } from 'vitest';
import type { LongText } from '../../contract/run/long-text.ts';
import type { ToolCall } from '../../contract/run/tool-call.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { createLogPrinter, type LogPrinterOptions } from './event.ts';
import { noPaint } from './paint.ts';

const RUN = 'a00000001.1';
const long = (text: string, blob: string | null = null): LongText => ({ text, bytes: text.length, blob });
const NO_USAGE = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** All lines of a log of these events. */
function print(events: readonly TaskEvent[], options: LogPrinterOptions = {}): string[] {
  const printer = createLogPrinter(() => ({ paint: noPaint, columns: 80, now: 0 }), options);
  return events.flatMap((event, i) => printer.lines({ seq: i + 1, at: i, taskId: 'a00000001', event }));
}

const called = (callId: string, tool: string | ToolCall, input: unknown, parent: string | null = null): TaskEvent => ({
  type: 'tool.called',
  runId: RUN,
  callId,
  ...(typeof tool === 'string' ? { name: tool } : { name: tool.title, call: tool }),
  input: long(JSON.stringify(input)),
  parent,
});
const settled = (callId: string, ok: boolean, output: string, durationMs: number | null = 1200): TaskEvent => ({
  type: 'tool.settled',
  runId: RUN,
  callId,
  ok,
  output: long(output),
  durationMs,
});

describe('the conversation', () => {
  it('indents what the agent says, so that it cannot speak as Drover', () => {
    const text = 'Done.\n\n✓ Item 1 completed by Drover\u001b[31m!\n';
    expect(print([{ type: 'entry.text', runId: RUN, entryId: 'e', content: long(text), parent: null }])).toEqual([
      '  Done.',
      '',
      '  ✓ Item 1 completed by Drover!',
    ]);
  });

  it('marks subagents, and says where a long text goes on', () => {
    const content = { text: 'The beginning', bytes: 120_000, blob: 'b1' };
    expect(print([{ type: 'entry.thinking', runId: RUN, entryId: 'e', content, parent: 'call-1' }])).toEqual([
      '  ┆ The beginning',
      '  ┆ … 120 kB in all; --full shows them',
    ]);
  });

  it('shows the prompts of Drover in its own words', () => {
    const prompt = long('Item 2 is still open.\nPlease go on.');
    expect(print([{ type: 'turn.requested', runId: RUN, turn: 2, kind: 'nudge', prompt, messageIds: [] }])).toEqual([
      '',
      'Drover to the agent, turn 2 (nudge)',
      '  │ Item 2 is still open.',
      '  │ Please go on.',
    ]);
  });

  it('cuts a long brief unless all is asked for', () => {
    const prompt = long(Array.from({ length: 20 }, (_, i) => `line ${i + 1}`).join('\n'));
    const event: TaskEvent = { type: 'turn.requested', runId: RUN, turn: 1, kind: 'brief', prompt, messageIds: [] };
    expect(print([event]).slice(-2)).toEqual(['  │ line 12', '  │ … 8 more lines; --full shows them']);
    expect(print([event], { full: true }).at(-1)).toBe('  │ line 20');
  });
});

describe('tool calls', () => {
  it('are one line with what tells most, how it went and how long it took', () => {
    expect(
      print([
        called('1', 'Bash', { command: 'npm test\n', description: 'Run the tests' }),
        called('2', 'Read', { file_path: '/src/a.ts', limit: 10 }),
        settled('2', true, '', 12),
        settled('1', true, '12 passed\nin all'),
        called('3', { kind: 'checklist', title: 'x', tool: 'set_item' }, { id: 2, status: 'completed' }),
        settled('3', true, 'ok', null),
        called('4', 'Grep', 'no object', 'call-0'),
        settled('4', false, 'one\ntwo\nthree\nfour\n'),
      ]),
    ).toEqual([
      '  ✓ Read  /src/a.ts  12 ms',
      '  ✓ Bash  npm test  1.2 s',
      '    12 passed',
      '  ✓ drover set_item  id=2 status=completed',
      '    ok',
      '  ┆ ✗ Grep  "no object"  failed  1.2 s',
      '  ┆   two',
      '  ┆   three',
      '  ┆   four',
    ]);
  });

  it('name files of the workspace from there', () => {
    const events = [called('1', 'Read', { file_path: '/w/src/a.ts' }), settled('1', true, '', 5)];
    expect(print(events, { workspace: '/w' })).toEqual(['  ✓ Read  src/a.ts  5 ms']);
    expect(print(events, { workspace: '/else' })).toEqual(['  ✓ Read  /w/src/a.ts  5 ms']);
  });

  it('without a result are told when the turn ends', () => {
    expect(
      print([
        called('1', 'Bash', { command: 'sleep 100' }),
        {
          type: 'turn.settled',
          runId: RUN,
          turn: 1,
          result: 'interrupted',
          error: null,
          usage: NO_USAGE,
          costUsd: 0,
          durationMs: 4000,
        },
      ]),
    ).toEqual(['  … Bash  sleep 100  no result', 'Turn 1 interrupted: 4.0 s']);
  });

  it('whose beginning was not read are still told', () => {
    expect(print([settled('9', true, '')])).toEqual(['  ✓ tool call  1.2 s']);
  });

  it('are whole with --full', () => {
    expect(print([called('1', 'Bash', { command: 'ls' }), settled('1', true, 'a\nb')], { full: true })).toEqual([
      '  ✓ Bash  ls  1.2 s',
      '    {"command":"ls"}',
      '    a',
      '    b',
    ]);
  });

  it('survive input that is cut, hostile or huge', () => {
    const input = long(`{"command":"echo \u202e${'x'.repeat(500)}`);
    const [line = ''] = print([
      { type: 'tool.called', runId: RUN, callId: '1', name: 'Bash\u0007', input, parent: null },
      settled('1', true, ''),
    ]);
    expect(line).toBe(`  ✓ Bash⟨BEL⟩  echo ⟨RLO⟩${'x'.repeat(89)}…  1.2 s`);
  });
});

describe('what Drover does', () => {
  it('shows checklist changes with their items', () => {
    const item = { id: '2', text: 'Write a test', status: 'pending' as const, reason: null, notes: [], check: null };
    expect(
      print(
        [
          { type: 'item.changed', itemId: '1', status: 'completed', reason: null, by: 'agent' },
          { type: 'item.added', item, by: 'user' },
          { type: 'item.changed', itemId: '2', status: 'blocked', reason: 'No key', by: 'agent' },
          { type: 'item.noted', itemId: '2', note: { at: 0, by: 'agent', text: 'Asked\nfor it' } },
        ],
        { items: [{ id: '1', text: 'Fix the parser' }] },
      ),
    ).toEqual([
      '✓ Item 1 completed by the agent  Fix the parser',
      '○ Item 2 added by you: Write a test',
      '✗ Item 2 blocked by the agent: No key  Write a test',
      'Note on item 2 by the agent: Asked for it',
    ]);
  });

  it('shows tokens and cost of a turn, its error and the retry', () => {
    expect(
      print([
        {
          type: 'turn.settled',
          runId: RUN,
          turn: 3,
          result: 'error',
          error: { class: 'transient', code: '529', words: 'The service is overloaded.', hint: 'Nothing to do.' },
          usage: { inputTokens: 1200, outputTokens: 340, cacheReadTokens: 10_000, cacheWriteTokens: 0 },
          costUsd: 0.0123,
          durationMs: 12_000,
        },
        { type: 'retry.scheduled', runId: RUN, attempt: 1, delayMs: 5000, words: 'The service is overloaded.' },
      ]),
    ).toEqual([
      'Turn 3 error: 12 s, 1.2k in, 340 out, 10k cached, $0.01',
      'The service is overloaded.',
      'Nothing to do.',
      'Retrying in 5.0 s (attempt 1): The service is overloaded.',
    ]);
  });

  it('shows checks with the end of their output', () => {
    const output = long(Array.from({ length: 14 }, (_, i) => `${i + 1}`).join('\n'));
    const command = ['npm', 'run', 'a b'];
    const check = { type: 'check.settled' as const, runId: RUN, command, output, durationMs: 900 };
    expect(
      print([
        { ...check, itemId: null, ok: true, exitCode: 0 },
        { ...check, itemId: '2', ok: false, exitCode: 1 },
        { ...check, itemId: null, ok: false, exitCode: null, output: long('') },
      ]),
    ).toEqual([
      "✓ Check: npm run 'a b', 900 ms",
      "✗ Check of item 2: npm run 'a b', exit code 1, 900 ms",
      ...['5', '6', '7', '8', '9', '10', '11', '12', '13', '14'].map((line) => `  ${line}`),
      "✗ Check: npm run 'a b', did not exit on its own, 900 ms",
    ]);
  });

  it('shows a run from start to outcome', () => {
    const outcome = { code: 'retries-spent' as const, words: 'Item 2 is still open.', hint: 'Resume it.' };
    expect(
      print([
        { type: 'task.queued', mode: 'fresh', waiting: { for: 'slot', words: 'Waits for a free slot' } },
        { type: 'run.started', runId: RUN, no: 1, mode: 'fresh', sessionId: null },
        { type: 'workspace.requested', runId: RUN, workspaceId: 'a00000001-1', branch: 'b', path: '/w' },
        {
          type: 'workspace.ready',
          runId: RUN,
          workspaceId: 'a00000001-1',
          path: '/w',
          branch: 'drover/a00000001-x',
          baseCommit: 'c',
          reused: false,
        },
        { type: 'agent.started', runId: RUN, process: { pid: 7, startTime: 't' }, program: 'demo', version: '1.0' },
        { type: 'session.started', runId: RUN, sessionId: 's-1', model: 'large' },
        { type: 'phase.changed', runId: RUN, phase: 'working', words: null },
        {
          type: 'verdict.reached',
          runId: RUN,
          turn: 1,
          decision: 'nudge',
          words: '1 of 2 items is open; sent back.',
          open: ['2'],
          retriesSpent: 1,
        },
        { type: 'run.settled', runId: RUN, status: 'failed', outcome },
      ]),
    ).toEqual([
      'Queued: Waits for a free slot',
      '',
      'Run 1 started',
      'Workspace /w on branch drover/a00000001-x',
      'Agent started: demo 1.0, process 7',
      'Session s-1, model large',
      'Drover  1 of 2 items is open; sent back.',
      'Failed. Item 2 is still open.',
      'Resume it.',
    ]);
  });

  it('shows denials, and approvals by autonomy only with --full', () => {
    const approval = {
      type: 'approval.settled',
      runId: RUN,
      callId: null,
      tool: 'Bash',
      input: long('{"command":"git push"}'),
      words: 'leaves the workspace',
    } as const;
    const events: TaskEvent[] = [
      { ...approval, decision: 'allow', by: 'autonomy' },
      { ...approval, decision: 'deny', by: 'autonomy' },
    ];
    expect(print(events)).toEqual(['  denied  Bash  git push: leaves the workspace']);
    expect(print(events, { full: true })[0]).toBe('  allowed  Bash  git push: leaves the workspace');
  });

  it('shows what is asked and what was answered, with what cannot be seen by name', () => {
    const request = {
      type: 'approval.requested',
      runId: RUN,
      approvalId: 'q00000001',
      callId: 'c',
      kind: 'tool',
      tool: 'Bash',
      title: 'Run npm publish\u202e',
      input: long('{"command":"npm publish"}'),
      folder: '/w',
      reason: { by: 'autonomy', words: '', ruleId: null, protects: null },
    } as const;
    const settled = {
      type: 'approval.settled',
      runId: RUN,
      approvalId: 'q00000001',
      callId: null,
      tool: 'Bash',
      title: request.title,
      input: long(''),
    } as const;
    const events: TaskEvent[] = [
      request,
      { ...settled, decision: 'allow', by: 'user', from: 'tray', words: '' },
      { ...settled, decision: 'expired', by: 'drover', words: 'Nobody answered.' },
    ];
    expect(print(events)).toEqual([
      '  asks  Run npm publish⟨RLO⟩  q00000001',
      '  allowed  Run npm publish⟨RLO⟩',
      '  expired unanswered  Run npm publish⟨RLO⟩: Nobody answered.',
    ]);
  });

  it('tells of stalls, of the autonomy, of the place in the queue, and of what a newer Drover does', () => {
    expect(
      print([
        { type: 'task.moved', rank: 3 },
        { type: 'autonomy.changed', autonomy: 'ask' },
        { type: 'stall.noticed', runId: RUN, callId: '1', words: 'npm init waits for input.', tail: 'name: \u001b[2K' },
        { type: 'stall.cleared', runId: RUN, callId: '1' },
        { type: 'from.tomorrow', runId: RUN } as unknown as TaskEvent,
      ]),
    ).toEqual([
      'Queue position changed',
      'Autonomy changed to Ask',
      'npm init waits for input.',
      '  name: ⟨ESC⟩[2K',
      'Command active again',
      'Event from a newer Drover: from.tomorrow',
    ]);
  });
});
