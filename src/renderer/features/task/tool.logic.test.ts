import { expect, test } from 'vitest';
import { fileEdit, inputText, relativeTo, tellingArgument, toolName } from './tool.logic.ts';

test('a tool call in one line', () => {
  expect(toolName('mcp__drover__complete_item')).toBe('drover complete_item');
  expect(tellingArgument('{"description":"List","command":"ls\\n-la \\u202e"}')).toBe('ls -la ⟨RLO⟩');
  expect(tellingArgument('{"command":"cut \\"off\\" here')).toBe('cut "off" here');
  expect(tellingArgument('{"command":"cut \\')).toBe('cut');
  expect(tellingArgument('{"content":"x')).toBe('{"content":"x');
  expect(tellingArgument('{"a":1,"b":{"c":2}}')).toBe('a=1');
  expect(tellingArgument('{"path":"src","pattern":"x+"}')).toBe('x+');
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

test('paths are told as seen from the workspace, and only those in it', () => {
  const root = '/data/ws/a1-1';
  expect(tellingArgument(`{"file_path":"${root}/src/a.ts"}`, root)).toBe('src/a.ts');
  expect(tellingArgument(`{"path":"${root}"}`, root)).toBe('.');
  expect(tellingArgument(`{"command":"cd ${root} && rm -rf '${root}/out' ${root}/"}`, root)).toBe(
    "cd . && rm -rf 'out' ./",
  );
  for (const other of [`${root}0/a`, `/x${root}/a`, `${root}-old`, '/etc/passwd'])
    expect(relativeTo(root, other)).toBe(other);
  expect(relativeTo('C:\\ws\\a', 'C:\\ws\\a\\src\\b.ts')).toBe('src\\b.ts');
});
