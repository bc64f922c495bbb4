import { expect, it } from 'vitest';
import { patternHint, scopeWords } from './rule.logic.ts';

const names = { project: (id: string) => (id === 'p00000001' ? 'sample' : undefined), task: () => undefined };

it.each([
  [{ type: 'everywhere' } as const, 'Everywhere'],
  [{ type: 'project', projectId: 'p00000001' } as const, 'Project sample'],
  [{ type: 'project', projectId: 'p00000002' } as const, 'Project p00000002'],
  [{ type: 'task', taskId: 'a00000001' } as const, 'Task a00000001'],
])('%j is told as “%s”', (scope, words) => {
  expect(scopeWords(scope, names)).toBe(words);
});

it('explains the pattern that fits the tool', () => {
  expect(patternHint('Bash')).toContain('npm run *');
  expect(patternHint('Write')).toContain('docs/**');
  expect(patternHint('mcp__x__y')).toContain('*');
});
