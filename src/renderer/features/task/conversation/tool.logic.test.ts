import { expect, test } from 'vitest';
import type { ToolCall } from '../../../../contract/run/tool-call.ts';
import { fileEdit, inputText } from './tool.logic.ts';

test('an input to read in full', () => {
  expect(inputText('{"command":"ls \u202e","timeout":5,"env":{"A":"b"}}')).toBe(
    'command: ls ⟨RLO⟩\ntimeout: 5\nenv:\n{\n  "A": "b"\n}',
  );
  expect(inputText('{"cut')).toBe('{"cut');
});

test('an edit as a diff, where the input says what it does', () => {
  const change = { list: 'edits', before: 'old', after: 'new' };
  const edit: ToolCall = { kind: 'edit', title: 'Change', paths: ['a'], change };
  const write: ToolCall = { kind: 'write', title: 'Make', paths: ['a'], change: { after: 'text' } };
  const kinds = (input: string) => fileEdit(edit, input)?.lines.map((line) => line.kind);
  expect(kinds('{"old":"x","new":"y"}')).toEqual(['removed', 'added']);
  expect(kinds('{"edits":[{"old":"x","new":"y"},{"old":"","new":"z"}]}')).toEqual(['removed', 'added', 'added']);
  expect(fileEdit(edit, '{"edits":[null]}')).toBeNull();
  expect(fileEdit(write, '{"text":"x\\ny\\n"}')).toMatchObject({ path: 'a', added: 2, removed: 0 });
  expect(fileEdit({ kind: 'command', title: 'Run', command: 'x' }, '{"text":"x"}')).toBeNull();
  expect(
    fileEdit({ kind: 'write', title: 'Make', paths: [null], change: { after: 'text' } }, '{"text":"x"}'),
  ).toBeNull();
  expect(fileEdit(write, '[')).toBeNull();
});
