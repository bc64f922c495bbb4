import { describe, expect, test } from 'vitest';
import type { ToolCall } from '../../../../contract/run/tool-call.ts';
import type { WorkRow } from './fold-work.logic.ts';
import { intentOf, sumWork } from './work.logic.ts';

const long = (text: string) => ({ text, bytes: text.length, blob: null });
const row = (call: ToolCall, input: object = {}, ok = true, durationMs = 400): WorkRow => ({
  kind: 'tool',
  key: '1',
  at: 1,
  run: 1,
  call,
  callId: '1',
  input: long(JSON.stringify(input)),
  parent: null,
  root: '/ws',
  result: { ok, output: long(''), durationMs },
  decided: null,
  asks: false,
  dropped: false,
});
const change = { before: 'old_string', after: 'new_string' };
const edit = (path: string) =>
  row({ kind: 'edit', title: 'Edit', paths: [path], change }, { old_string: 'a', new_string: 'b\nc' });
const read = (path: string) => row({ kind: 'read', title: 'Read', paths: [path] });
const run = (ok = true) => row({ kind: 'command', title: 'Bash', command: 'npm test' }, {}, ok);
const words = (...rows: WorkRow[]) => sumWork(rows, null).words;

describe('work in one sentence', () => {
  test('says what was done, files once and the only one by its name', () => {
    expect(words(read('/ws/a.ts'), edit('/ws/a.ts'), edit('/ws/b.ts'), edit('/ws/b.ts'), run(), run())).toBe(
      'Edited 2 files, ran 2 commands, read a.ts',
    );
    expect(words(read('x'), read('y'), read('z'))).toBe('Read 3 files');
    const mcp: ToolCall = { kind: 'mcp', title: 'mcp__github__x', server: 'github', tool: 'x' };
    const todo: ToolCall = { kind: 'other', title: 'TodoWrite', harmless: true };
    expect(words(row(mcp), row(mcp), row(todo))).toBe('Used github 2 times, 1 other step');
  });

  test('sums what was changed, how long it took, and what failed', () => {
    expect(sumWork([edit('a'), edit('b'), run(false)], null)).toMatchObject({
      added: 4,
      removed: 2,
      failed: 1,
      took: 1200,
    });
  });
});

test('a call is told by what it is for, not by the name of its tool', () => {
  const command: ToolCall = { kind: 'command', title: 'Bash', command: 'cd /ws && npm test' };
  const tell = (call: ToolCall, input: object, done = true) => {
    const { words, about } = intentOf(call, JSON.stringify(input), '/ws', done);
    return `${words} ${about}`.trim();
  };
  expect(tell(command, { command: 'x' })).toBe('Ran cd . && npm test');
  expect(tell(command, { command: 'x' }, false)).toBe('Running cd . && npm test');
  expect(tell(command, { description: 'Run the unit tests' })).toBe('Run the unit tests cd . && npm test');
  expect(tell({ kind: 'read', title: 'Read', paths: ['/ws/a.ts'] }, {})).toBe('Read a.ts');
  expect(tell({ kind: 'other', title: 'TodoWrite', harmless: true }, { todos: [] })).toBe('Kept its own notes');
  expect(tell({ kind: 'other', title: 'Skill', harmless: true, verb: 'Use the skill', about: 'review' }, {})).toBe(
    'Use the skill review',
  );
  expect(tell({ kind: 'question', title: 'AskUserQuestion', questions: null }, { questions: [] })).toBe('Asked you');
});
