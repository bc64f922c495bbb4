import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';

const RENDERER = path.resolve(import.meta.dirname, '../src/renderer');
/** Attributes whose text a person reads or hears. */
const READ = new Set(['label', 'title', 'placeholder', 'description', 'aria-label', 'alt']);
const LETTERS = /\p{L}{2,}/u;

interface Node {
  type: string;
  value?: unknown;
  name?: { name?: string };
}

/** What a person reads in a file of the window that does not come from labels. */
function stringsIn(file: string): string[] {
  const { program } = parseSync(file, readFileSync(path.join(RENDERER, file), 'utf8'));
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, name } = node as Node;
    if (type === 'JSXText' && LETTERS.test(String(value))) found.push(String(value).trim());
    if (type === 'JSXAttribute' && READ.has(name?.name ?? '')) {
      const text = (value as Node | null)?.value;
      if ((value as Node | null)?.type === 'Literal' && LETTERS.test(String(text))) found.push(String(text));
    }
    Object.values(node).forEach(visit);
  };
  visit(program);
  return found;
}

it('has every string that a person reads in the labels of its feature', () => {
  const files = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.tsx'));
  const strings = new Map(files.map((file) => [file, stringsIn(file)]));
  const wrong = files.filter((file) => strings.get(file)?.length);
  expect(Object.fromEntries(wrong.map((file) => [file, strings.get(file)]))).toEqual({});
});
