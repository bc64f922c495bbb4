import { expect, test } from 'vitest';
import { cutTexts, isPlainLine, isTameMarkdown, piecesOf } from './markdown.logic.ts';

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

test.each([
  ['Now I run the tests, and then (if they pass) commit.', true],
  ['Größe: 12 px – fine', true],
  ['42 files were changed', true],
  ['1. an item', false],
  ['1) an item', false],
  ['- an item', false],
  ['+ an item', false],
  ['# A heading', false],
  ['> a quote', false],
  ['    code', false],
  ['It is **bold**', false],
  ['a_b_c', false],
  ['see www.example.com', false],
  ['see https://example.com', false],
  ['mail me@example.com', false],
  ['a < b & c', false],
  ['two\nlines', false],
  ['a | b', false],
  ['back\\slash', false],
  ['===', false],
  ['', false],
])('%j is a line that Markdown shows as it is: %s', (text, plain) => {
  expect(isPlainLine(text)).toBe(plain);
});

test('a text that grows is cut at spaces, and each cut stays where it is', () => {
  const text = 'some words of different length, '.repeat(40);
  let before: string[] = [];
  for (let end = 1; end <= text.length; end += 7) {
    const pieces = piecesOf(text.slice(0, end));
    expect(pieces.join('')).toBe(text.slice(0, end));
    expect(pieces.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before = pieces;
  }
  expect(before.length).toBeGreaterThan(10);
  expect(piecesOf('x'.repeat(500))).toEqual(['x'.repeat(500)]);

  const tree = { type: 'root', children: [{ type: 'element', children: [{ type: 'text', value: text }] }] };
  cutTexts()(tree);
  expect(tree.children[0]?.children.map(({ value }) => value)).toEqual(piecesOf(text));
});
