import { expect, test } from 'vitest';
import { markdownBlocks, openableAddress, visible, visibleLine, visibleOutput, withoutMarks } from './text.logic.ts';

test('what deceives is shown', () => {
  expect(visible('rm \u202e-rf\u202c \u001b[2K\u0007 x\u200b\u007f\u009b')).toBe(
    'rm ⟨RLO⟩-rf⟨PDF⟩ ⟨ESC⟩[2K⟨BEL⟩ x⟨ZWSP⟩⟨DEL⟩⟨U+009B⟩',
  );
  expect(visible('a\r\nb\tc שלום 👩‍💻')).toBe('a\nb\tc שלום 👩‍💻');
  expect(visible('a\rb')).toBe('a⟨CR⟩b');
  expect(visibleOutput('\u001b[31mred\u001b[0m \u001b]0;title\u0007')).toBe('red ⟨ESC⟩]0;title⟨BEL⟩');
  expect(visibleLine(`a\n${'x'.repeat(1_000_000)}`, 20)).toHaveLength(20);
});

test('where no code is shown, what is to be typed has no marks; one that is never closed is text', () => {
  expect(withoutMarks('There is no `claude` in the PATH.')).toBe('There is no claude in the PATH.');
  expect(withoutMarks('Press ` twice')).toBe('Press ` twice');
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
