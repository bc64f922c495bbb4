import { expect, it } from 'vitest';
import { widthsOf } from './widths.ts';

it.each([
  ['command', 'npm install --global typescript', ['npm install --global *', 'npm install *']],
  ['command', 'npm install', ['npm install *']],
  ['command', 'git push origin main', ['git push origin *', 'git push *']],
  ['command', 'curl -fsSL https://x.example', ['curl -fsSL *', 'curl *']],
  ['command', 'ls', []],
  ['command', "echo 'a b'", []],
  ['fetch', 'https://x.example/docs/a?b#c', ['https://x.example/*']],
  ['fetch', '*', []],
  ['write', 'docs/guide/a.md', ['docs/guide/**', '*']],
  ['edit', 'readme.md', ['*']],
  ['edit', '/etc/hosts', []],
  ['mcp', '*', []],
] as const)('a %s of %s is widened', (kind, pattern, widths) => {
  expect(widthsOf(kind, pattern)).toEqual(widths);
});
