import { expect, test } from 'vitest';
import { relativeTo, tellingArgument, toolName, toolWords } from './tool.ts';

test('a tool call in one line', () => {
  expect(toolName('mcp__drover__item_set')).toBe('drover item_set');
  expect(toolWords('Bash', '{"command":"npm test"}')).toBe('Bash npm test');
  expect(tellingArgument('{"description":"List","command":"ls\\n-la \\u202e"}')).toBe('ls -la ⟨RLO⟩');
  expect(tellingArgument('{"command":"cut \\"off\\" here')).toBe('cut "off" here');
  expect(tellingArgument('{"command":"cut \\')).toBe('cut');
  expect(tellingArgument('{"content":"x')).toBe('{"content":"x');
  expect(tellingArgument('{"a":1,"b":{"c":2}}')).toBe('a=1');
  expect(tellingArgument('{"path":"src","pattern":"x+"}')).toBe('x+');
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
