import { expect, test } from 'vitest';
import { fileEdit, inputText } from './tool.logic.ts';

test('an input to read in full', () => {
  expect(inputText('{"command":"ls \u202e","timeout":5,"env":{"A":"b"}}')).toBe(
    'command: ls ⟨RLO⟩\ntimeout: 5\nenv:\n{\n  "A": "b"\n}',
  );
  expect(inputText('{"cut')).toBe('{"cut');
});

test('an edit as a diff, where the input says what it does', () => {
  expect(fileEdit('{"file_path":"a","old_string":"x","new_string":"y"}')?.lines.map((line) => line.kind)).toEqual([
    'removed',
    'added',
  ]);
  expect(fileEdit('{"file_path":"a","edits":[null]}')).toBeNull();
  expect(fileEdit('{"file_path":"a","content":"x\\ny\\n"}')?.lines).toHaveLength(2);
  expect(fileEdit('{"command":"x"}')).toBeNull();
  expect(fileEdit('[')).toBeNull();
});
