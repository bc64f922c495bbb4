import { expect, test } from 'vitest';
import { markdownBlocks, openableAddress, visible, visibleLine, visibleOutput } from './text.logic.ts';
import { fileEdit, tellingArgument, toolName } from './tool.logic.ts';

test('what deceives is shown', () => {
  expect(visible('rm \u202e-rf\u202c \u001b[2K\u0007 x\u200b\u007f\u009b')).toBe(
    'rm ⟨U+202E⟩-rf⟨U+202C⟩ ␛[2K␇ x⟨U+200B⟩␡⟨U+009B⟩',
  );
  expect(visible('a\r\nb\tc שלום 👩‍💻')).toBe('a\nb\tc שלום 👩‍💻');
  expect(visible('a\rb')).toBe('a␍b');
  expect(visibleOutput('\u001b[31mred\u001b[0m \u001b]0;title\u0007')).toBe('red ␛]0;title␇');
  expect(visibleLine(`a\n${'x'.repeat(1_000_000)}`, 20)).toHaveLength(20);
});

test('only https is opened', () => {
  expect(openableAddress('https://example.com/a?b')).toBe('https://example.com/a?b');
  for (const bad of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'http://x.y',
    '/a',
    'https://user:pw@x.y',
    'drover://task/a',
    undefined,
  ]) {
    expect(openableAddress(bad), bad).toBeNull();
  }
});

test('pieces of Markdown do not tear code apart', () => {
  expect(markdownBlocks('a\nb\n\n```js\nx\n\ny\n```\n\nc')).toEqual(['a\nb', '```js\nx\n\ny\n```', 'c']);
  expect(markdownBlocks('````\n```\n\nx')).toEqual(['````\n```\n\nx']);
});

test('a tool call in one line', () => {
  expect(toolName('mcp__drover__complete_item')).toBe('drover complete_item');
  expect(tellingArgument('{"description":"List","command":"ls\\n-la \\u202e"}')).toBe('ls -la ⟨U+202E⟩');
  expect(tellingArgument('{"command":"cut off')).toBe('{"command":"cut off');
  expect(tellingArgument('{"a":1,"b":{"c":2}}')).toBe('a=1');
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
