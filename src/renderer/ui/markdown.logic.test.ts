import { expect, test } from 'vitest';
import { isTameMarkdown } from './markdown.logic.ts';

test.each([
  ['quotes', '>'.repeat(100)],
  ['quotes and lists', '> - '.repeat(50)],
  ['numbered lists', '1. '.repeat(50)],
  ['stars', '*a'.repeat(1000)],
  ['brackets', '![[('.repeat(1000)],
  ['cells', '|a'.repeat(10_000)],
  ['strikes over lines', '~a\n'.repeat(1000)],
  ['anything without end', 'word '.repeat(20_000)],
])('%s without end are no Markdown', (_, text) => {
  expect(isTameMarkdown(text)).toBe(false);
  expect(isTameMarkdown(`Before.\n\n${text}`)).toBe(false);
});

test('what people and agents write is', () => {
  const list = Array.from({ length: 300 }, (_, at) => `${at}. **Item** with \`code\` and [a link](https://x.y)\n`);
  expect(isTameMarkdown(list.join('\n'))).toBe(true);
  expect(isTameMarkdown(`\`\`\`sh\n${'*'.repeat(30_000)}\n\`\`\`\n\nAfter.`)).toBe(true);
  expect(isTameMarkdown('| a | b |\n|---|---|\n'.concat('| 1 | 2 |\n'.repeat(500)))).toBe(true);
  expect(isTameMarkdown('---\n\n> > a quote in a quote\n>\n> - a list in it')).toBe(true);
});
