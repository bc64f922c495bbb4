import { expect, test } from 'vitest';
import { ruleNameOf, ruleTool } from './rule-tool.ts';

test('rules know a call by what it is, whatever its agent calls the tool', () => {
  const files = { paths: ['a.ts'], change: { after: 'text' } };
  expect(ruleNameOf({ kind: 'command', title: 'shell', command: 'ls' })).toBe('Bash');
  expect(ruleNameOf({ kind: 'edit', title: 'apply_patch', ...files })).toBe('Edit');
  expect(ruleNameOf({ kind: 'edit', title: 'MultiEdit', ...files })).toBe('MultiEdit');
  expect(ruleNameOf({ kind: 'fetch', title: 'browse', url: null })).toBe('WebFetch');
  expect(ruleNameOf({ kind: 'fetch', title: 'look up', url: null, query: 'x' })).toBe('WebSearch');
  expect(ruleNameOf({ kind: 'mcp', title: 'github.get', server: 'github', tool: 'get' })).toBe('mcp__github__get');
  expect(ruleNameOf({ kind: 'other', title: 'think' })).toBe('think');
});

test('another thing under a name that rules know is not covered by them', () => {
  for (const title of ['Bash', 'Read', 'WebFetch']) {
    expect(ruleTool(ruleNameOf({ kind: 'other', title }))).toBeNull();
    expect(ruleNameOf({ kind: 'other', title })).not.toBe(title);
  }
});

test('names that every object has are no tools', () => {
  expect(['constructor', '__proto__', 'toString', '*', ''].map(ruleTool)).toEqual([null, null, null, null, null]);
});
