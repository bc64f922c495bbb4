import { expect, test } from 'vitest';
import type { LoggedEvent, TaskEvent } from '../../../../contract/task/events.ts';
import { logRows, logWords } from './log-rows.logic.ts';

const long = (text: string) => ({ text, bytes: text.length, blob: null });
let seq = 0;
const logged = (event: object): LoggedEvent => {
  seq += 1;
  return { seq, at: seq, taskId: 'a00000001', event: { runId: 'a00000001.1', ...event } as TaskEvent };
};
const called = (callId: string) =>
  logged({
    type: 'tool.called',
    callId,
    name: 'Bash',
    call: { kind: 'command', title: 'Bash', command: 'npm test' },
    input: long('{}'),
    parent: null,
  });
const settled = (callId: string, ok = true) =>
  logged({ type: 'tool.settled', callId, ok, output: long('out'), durationMs: 42 });
const allowed = (callId: string) =>
  logged({ type: 'approval.settled', callId, tool: 'Bash', input: long(''), decision: 'allow', by: 'rule', words: '' });

test('a call, its answer and its result are one row, whatever comes between', () => {
  const said = logged({ type: 'entry.text', entryId: 'e', content: long('hello'), parent: null });
  const rows = logRows([called('1'), allowed('1'), called('2'), said, settled('1'), settled('2', false), settled('3')]);
  expect(rows.map((row) => row.map(({ event }) => event.type))).toEqual([
    ['tool.called', 'approval.settled', 'tool.settled'],
    ['tool.called', 'tool.settled'],
    ['entry.text'],
    ['tool.settled'],
  ]);
  expect(rows.slice(0, 3).map(logWords)).toEqual([
    { words: 'Bash npm test', end: 'allowed by a rule · 42 ms · 3 bytes', tone: 'plain' },
    { words: 'Bash npm test', end: 'failed · 42 ms · 3 bytes', tone: 'problem' },
    { words: 'Agent: hello', end: '', tone: 'plain' },
  ]);
});

test('a denial is not told as a failure, and is found by its request', () => {
  const request = logged({ type: 'approval.requested', approvalId: 'p1', callId: '1', title: 'Run', tool: 'Bash' });
  const denied = logged({
    type: 'approval.settled',
    approvalId: 'p1',
    callId: null,
    tool: 'Bash',
    input: long(''),
    decision: 'deny',
    by: 'user',
    words: 'No',
  });
  const [row, ...more] = logRows([called('1'), request, denied, settled('1', false)]);
  expect(more).toEqual([]);
  expect(logWords(row ?? [])).toEqual({
    words: 'Bash npm test',
    end: 'denied by you · 42 ms · 3 bytes',
    tone: 'warning',
  });
  expect(logWords([called('2')]).end).toBe('running');
});
