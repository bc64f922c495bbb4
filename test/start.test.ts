import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const OUT = path.resolve(import.meta.dirname, '../out');

/** Every file that is read before the first line of `file` is run, with what is in it. */
function readAtStart(file: string, files = new Map<string, string>()): Map<string, string> {
  if (files.has(file)) return files;
  const text = readFileSync(file, 'utf8');
  files.set(file, text);
  for (const [, name = ''] of text.matchAll(/\b(?:from|import)\s*["'](\.\.?\/[^"']+\.js)["']/g)) {
    readAtStart(path.resolve(path.dirname(file), name), files);
  }
  return files;
}

/** The schema library and the one that checks JSON schemas, by words that only they say. */
const HEAVY = /ZodError|\$ZodType|strictSchema/;

it('the app shows its window before it has read what the core needs', () => {
  const files = readAtStart(path.join(OUT, 'main/main.js'));
  const texts = [...files.values()];
  expect(texts.join('').length).toBeGreaterThan(2000);
  expect(texts.join('').length).toBeLessThan(60_000);
  expect(texts.filter((text) => HEAVY.test(text))).toEqual([]);
});

it('the page draws the board without the schema library', () => {
  const page = readFileSync(path.join(OUT, 'renderer/index.html'), 'utf8');
  const [, script = ''] = /<script type="module" blocking="render" [^>]*src="\.\/([^"]+)"/.exec(page) ?? [];
  const files = readAtStart(path.join(OUT, 'renderer', script));
  expect(files.size).toBeGreaterThan(2);
  expect([...files].filter(([, text]) => HEAVY.test(text)).map(([name]) => name)).toEqual([]);
});

it('reads it for what comes after', () => {
  const [texts, chunks] = ['main', 'renderer/assets'].map((folder) =>
    readdirSync(path.join(OUT, folder))
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(path.join(OUT, folder, name), 'utf8')),
  );
  expect(texts?.some((text) => HEAVY.test(text))).toBe(true);
  expect(chunks?.some((text) => HEAVY.test(text))).toBe(true);
});
