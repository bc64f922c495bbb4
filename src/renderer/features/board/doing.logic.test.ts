import { expect, it } from 'vitest';
import type { ToolCall } from '../../../contract/run/tool-call.ts';
import { doingWords } from './doing.logic.ts';

const change = { after: 'content' };

it.each<[ToolCall, string | null]>([
  [{ kind: 'command', title: 'Bash', command: 'npm test\n' }, 'Running npm test'],
  [{ kind: 'command', title: 'Bash', command: null }, null],
  [{ kind: 'read', title: 'Read', paths: ['src/app.ts'] }, 'Reading src/app.ts'],
  [{ kind: 'write', title: 'Write', paths: ['/home/me/work/notes/3.md'], change }, 'Writing notes/3.md'],
  [{ kind: 'edit', title: 'Edit', paths: [null], change }, null],
  [{ kind: 'search', title: 'Grep', paths: [], of: 'text', pattern: 'TODO' }, 'Searching for TODO'],
  [{ kind: 'fetch', title: 'WebFetch', url: 'https://example.com' }, 'Looking something up online'],
  [{ kind: 'checklist', title: 'x', tool: 'item_set' }, null],
])('%o is %s', (call, words) => {
  expect(doingWords(call)).toBe(words);
});
