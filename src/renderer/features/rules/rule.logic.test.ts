import { expect, it } from 'vitest';
import { alwaysWhere, findRules, patternHint, scopeWords, toolChoices } from './rule.logic.ts';

const names = { project: (id: string) => (id === 'p00000001' ? 'sample' : undefined), task: () => undefined };

it.each([
  [{ type: 'everywhere' } as const, 'Everywhere'],
  [{ type: 'project', projectId: 'p00000001' } as const, 'Project sample'],
  [{ type: 'project', projectId: 'p00000002' } as const, 'Something that was deleted'],
  [{ type: 'task', taskId: 'a00000001' } as const, 'Something that was deleted'],
])('%j is told as “%s”', (scope, words) => {
  expect(scopeWords(scope, names)).toBe(words);
});

it('explains the pattern that fits the tool', () => {
  expect(patternHint('Bash')).toContain('npm run *');
  expect(patternHint('Write')).toContain('docs/**');
  expect(patternHint('mcp__x__y')).toContain('*');
});

it('says where a thing always asks, with the projects that have lifted it', () => {
  const projects = [
    { name: 'sample', lifted: ['force-push' as const] },
    { name: 'other', lifted: [] },
  ];
  expect(alwaysWhere('force-push', projects)).toBe('Everywhere except sample');
  expect(alwaysWhere('key-files', projects)).toBe('Everywhere');
});

it('offers what a rule is about in words, and tests no rule for everything', () => {
  const all = toolChoices({ all: true });
  expect(all.map(({ label }) => label)).toContain('Everything');
  expect(all.every(({ label, value }) => label !== value)).toBe(true);
  expect(toolChoices({ all: false }).map(({ value }) => value)).not.toContain('*');
});

it('finds rules by every word of a search', () => {
  const rule = { tool: 'Bash', pattern: 'npm run *', words: 'Allow commands that begin with “npm run”' };
  const rules = [rule, { ...rule, pattern: 'git push', words: 'Deny the command “git push”' }] as never[];
  expect(findRules(rules, 'npm allow')).toEqual([rules[0]]);
  expect(findRules(rules, ' ')).toBe(rules);
  expect(findRules(rules, 'npm deny')).toEqual([]);
});
