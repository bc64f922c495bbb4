import { expect, test } from 'vitest';
import type { ToolCall } from '../run/tool-call.ts';
import { callName, callOfEvent, callWords, relativeTo, tellingArgument } from './tool.ts';

const other: ToolCall = { kind: 'other', title: 'Something' };
const command = (text: string | null): ToolCall => ({ kind: 'command', title: 'Shell', command: text });

test('a tool call in one line', () => {
  expect(callName({ kind: 'checklist', title: 'mcp__drover__item_set', tool: 'item_set' })).toBe('drover item_set');
  expect(callName({ kind: 'checklist', title: 'item_set', tool: 'item_set' })).toBe('item_set');
  expect(callName({ kind: 'mcp', title: 'x', server: 'github', tool: 'get\u202e' })).toBe('github get⟨RLO⟩');
  expect(callWords(command('npm test'), '{"command":"npm test"}')).toBe('Shell npm test');
  expect(tellingArgument(command('ls\n-la \u202e'), '')).toBe('ls -la ⟨RLO⟩');
  expect(tellingArgument(command(null), '{"command":"cut \\"off\\" here')).toBe('cut "off" here');
  expect(tellingArgument(other, '{"command":"cut \\')).toBe('cut');
  expect(tellingArgument(other, '{"content":"x')).toBe('{"content":"x');
  expect(tellingArgument(other, '{"a":1,"b":{"c":2}}')).toBe('a=1');
  expect(tellingArgument(other, '{"path":"src","pattern":"x+"}')).toBe('x+');
});

test('what a call is about is what its kind is about', () => {
  const paths = ['src', '*.ts'];
  const change = { after: 'text' };
  const about = (call: ToolCall) => tellingArgument(call, '{"description":"Something else"}');
  expect(about({ kind: 'read', title: 'x', paths })).toBe('src');
  expect(about({ kind: 'edit', title: 'x', paths, change })).toBe('src');
  expect(about({ kind: 'search', title: 'x', paths, of: 'text', pattern: 'x+' })).toBe('x+');
  expect(about({ kind: 'search', title: 'x', paths, of: 'folder', pattern: null })).toBe('src');
  expect(about({ kind: 'fetch', title: 'x', url: 'https://a.example/' })).toBe('https://a.example/');
  expect(about({ kind: 'fetch', title: 'x', url: null, query: 'words' })).toBe('words');
  expect(about({ kind: 'subagent', title: 'x', about: 'Look around' })).toBe('Look around');
  expect(about({ kind: 'other', title: 'x', about: 'review' })).toBe('review');
  expect(about({ kind: 'read', title: 'x', paths: [null] })).toBe('Something else');
  expect(about({ kind: 'mcp', title: 'x', server: 'a', tool: 'b' })).toBe('Something else');
});

test('an event whose call is not known is named', () => {
  expect(callOfEvent({ name: 'Shell' })).toEqual({ kind: 'other', title: 'Shell' });
  expect(callOfEvent({ tool: 'Shell' })).toEqual({ kind: 'other', title: 'Shell' });
  expect(callOfEvent({ name: 'Shell', call: command('ls') })).toEqual(command('ls'));
});

test('paths are told as seen from the workspace, and only those in it', () => {
  const root = '/data/ws/a1-1';
  expect(tellingArgument(other, `{"file_path":"${root}/src/a.ts"}`, root)).toBe('src/a.ts');
  expect(tellingArgument(other, `{"path":"${root}"}`, root)).toBe('.');
  expect(tellingArgument(other, `{"command":"cd ${root} && rm -rf '${root}/out' ${root}/"}`, root)).toBe(
    "cd . && rm -rf 'out' ./",
  );
  for (const other of [`${root}0/a`, `/x${root}/a`, `${root}-old`, '/etc/passwd'])
    expect(relativeTo(root, other)).toBe(other);
  expect(relativeTo('C:\\ws\\a', 'C:\\ws\\a\\src\\b.ts')).toBe('src\\b.ts');
});
