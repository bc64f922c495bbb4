import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LongText } from '../../contract/run/long-text.ts';
import { toolCall } from '../../contract/run/tool-call.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { withCall } from './old-events.ts';

const runId = 'a00000001.1';
const whole = (text: string): LongText => ({ text, bytes: text.length, blob: null });
const cut = (text: string): LongText => ({ text: `${text}…`, bytes: 100_000, blob: 'x00000001' });
const called = (name: string, input: LongText): TaskEvent => ({
  ...{ type: 'tool.called', runId, callId: 'c1', parent: null },
  ...{ name, input },
});
const callIn = (event: TaskEvent) => ('call' in event ? event.call : undefined);
const read = (name: string, input: LongText) => callIn(withCall(called(name, input)));

describe('an event that was stored without what its call is', () => {
  test('gets it from the name of the tool and its input', () => {
    expect(read('Bash', whole('{"command":"ls"}'))).toMatchObject({ kind: 'command', title: 'Bash', command: 'ls' });
    expect(read('mcp__drover__item_set', whole('{}'))).toMatchObject({ kind: 'checklist', tool: 'item_set' });
    expect(read('apply_patch', whole('{"path":"a"}'))).toEqual({ kind: 'other', title: 'apply_patch' });
  });

  test.each([
    ['{"file_path":"a \\"b\\".ts","content":"x', { kind: 'write', paths: ['a "b".ts'], field: 'content' }],
    ['{"content":"x', { kind: 'write', paths: [] }],
    ['{"a":5,"b":true,"file_path":"a.ts","content":"x\\', { kind: 'write', paths: ['a.ts'] }],
    ['{"a":{"file_path":"inner"},"file_path":"a.ts"', { kind: 'write', paths: [] }],
    ['no JSON at all', { kind: 'write', paths: [] }],
    ['', { kind: 'write', paths: [] }],
  ])('gets what there is of an input that is cut: %j', (text, call) => {
    expect(read('Write', cut(text))).toMatchObject(call);
  });

  test('is read as well when nothing but a beginning was ever kept', () => {
    expect(read('Bash', { text: '{"command":"npm te…', bytes: 500_000, blob: null })).toMatchObject({
      command: 'npm te…',
    });
  });

  test('an approval too; what was asked before has it in the request', () => {
    const settled: TaskEvent = {
      ...{ type: 'approval.settled', runId, callId: null, tool: 'Bash', input: whole('{"command":"ls"}') },
      ...{ decision: 'allow', by: 'rule', words: '' },
    };
    expect(callIn(withCall(settled))).toMatchObject({ command: 'ls' });
    expect(callIn(withCall({ ...settled, input: whole('') }))).toBeUndefined();
  });
});

test('an event that has its call, or is about none, stays as it is', () => {
  const event = { ...called('Bash', whole('{}')), call: { kind: 'read', title: 'look', paths: ['a'] } } as TaskEvent;
  expect(withCall(event)).toBe(event);
  const other: TaskEvent = { type: 'task.moved', rank: 1 };
  expect(withCall(other)).toBe(other);
});

test('any text as input makes a call that can be read', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((text) => text.slice(0, text.length / 2)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('Bash', 'Edit', 'Read', 'AskUserQuestion', 'x'),
      texts,
      fc.boolean(),
      (tool, text, all) => {
        expect(toolCall.safeParse(read(tool, all ? whole(text) : cut(text))).success).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
