import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import type { Page } from 'playwright';
import { build, type Plugin } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Files whose strings people read: in the first every one, in the others those that begin large or have a space. */
const LABELS = /\/src\/renderer\/.*labels\.ts$/;
const OTHERS =
  /\/src\/(contract\/words\/[\w-]+|renderer\/app\/actions\.logic|renderer\/features\/settings\/setting-forms)\.ts$/;
const WORD = /\p{L}{2,}/u;
const SENTENCE = /^\p{Lu}|\s/u;
/** What other languages have more of: long words, and letters that are higher or deeper. */
const LONG = 'überprüfungsgrößenÄnderungsvorgångçÿŝţĝrößenüberschreitung';
const LEAST_MORE = 3;

/** The text made longer by two fifths; what it begins with stays, so that it can still be found. */
function lengthen(text: string): string {
  const [, words = '', end = ''] = /^(.*?)([^\p{L}\p{N}]*)$/su.exec(text) ?? [];
  if (!WORD.test(words)) return text;
  return words + LONG.slice(0, Math.max(LEAST_MORE, Math.round(words.length * 0.4))) + end;
}

interface Node {
  type: string;
  start: number;
  end: number;
  value?: unknown;
  cooked?: string;
  [member: string]: unknown;
}

/** Where texts are no words for people: in comparisons, calls of methods, keys, types. */
const SKIPPED: Readonly<Record<string, readonly string[]>> = {
  BinaryExpression: ['left', 'right'],
  SwitchCase: ['test'],
  Property: ['key'],
  MemberExpression: ['property'],
  ImportDeclaration: ['source'],
  NewExpression: ['arguments'],
};

function replacements(code: string, file: string, every: boolean): { start: number; end: number; text: string }[] {
  const found: { start: number; end: number; text: string }[] = [];
  const isRead = (text: string) => WORD.test(text) && (every || SENTENCE.test(text));
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (typeof node.type === 'string' && node.type.startsWith('TS') && !('expression' in node)) return;
    const { start, end } = node;
    if (node.type === 'Literal' && typeof node.value === 'string' && isRead(node.value))
      found.push({ start, end, text: JSON.stringify(lengthen(node.value)) });
    if (node.type === 'TemplateElement') {
      const { cooked } = node.value as { cooked: string };
      if (isRead(cooked))
        found.push({ start, end, text: code.slice(start, end).replace(cooked, () => lengthen(cooked)) });
    }
    const isMethod = node.type === 'CallExpression' && (node.callee as Node).type === 'MemberExpression';
    const skipped = isMethod ? ['arguments'] : (SKIPPED[node.type] ?? []);
    for (const [name, member] of Object.entries(node)) if (!skipped.includes(name)) visit(member);
  };
  visit(parseSync(file, code).program);
  return found.sort((a, b) => b.start - a.start);
}

const pseudoLocale: Plugin = {
  name: 'pseudo-locale',
  enforce: 'pre',
  transform(code, file) {
    const every = LABELS.test(file);
    if (!every && !OTHERS.test(file)) return null;
    let text = code;
    for (const one of replacements(code, file, every)) text = text.slice(0, one.start) + one.text + text.slice(one.end);
    return text;
  },
};

/** Builds the window with all its labels lengthened into a folder. */
export async function buildPseudoWindow(folder: string): Promise<void> {
  const configFile = path.join(ROOT, 'vite.config.ts');
  await build({
    configFile,
    plugins: [pseudoLocale],
    build: { outDir: folder, minify: false, reportCompressedSize: false },
  });
}

/**
 * Gives a page the scripts and styles of such a folder in place of those of its server, from its next load on. The page itself stays
 * the server's: a browser lets no other one speak to it.
 */
export async function serveWindow(page: Page, folder: string): Promise<void> {
  const html = await readFile(path.join(folder, 'index.html'), 'utf8');
  const first = /assets\/index-[\w-]+\.js/.exec(html)?.[0] ?? '';
  await page.route(/\/assets\/.*\.(js|css)$/, (route) => {
    const file = path.join(folder, new URL(route.request().url()).pathname);
    if (existsSync(file)) return route.fulfill({ path: file });
    if (file.endsWith('.css')) return route.continue();
    // The first script of the server's own.
    return route.fulfill({ contentType: 'text/javascript', body: `import '/${first}';` });
  });
}
