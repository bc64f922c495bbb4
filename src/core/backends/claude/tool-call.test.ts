import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleNameOf, ruleTool } from '../../../contract/approval/rule-tool.ts';
import { briefCall } from '../../../contract/run/brief-call.ts';
import { changesIn } from '../../../contract/run/changes.ts';
import { toolCall } from '../../../contract/run/tool-call.ts';
import { callOf, TOOLS } from './tool-call.ts';

describe('a call says what it is', () => {
  const PAIR = { before: 'old_string', after: 'new_string' };
  test.each([
    ['Bash', { command: 'ls', timeout: 5 }, { kind: 'command', command: 'ls', field: 'command' }],
    ['Bash', { command: 'ls', dangerouslyDisableSandbox: true }, { command: 'ls', unconfined: true }],
    ['Bash', { command: ['ls'] }, { kind: 'command', command: null }],
    ['Bash', {}, { kind: 'command', command: null }],
    ['Read', { file_path: 'a.ts', offset: 3 }, { kind: 'read', paths: ['a.ts'] }],
    ['Read', { path: 'a.ts', pages: '1' }, { kind: 'read', paths: ['a.ts'], more: true }],
    ['Read', { file_path: 7, path: 'b' }, { kind: 'read', paths: [null, 'b'] }],
    ['Read', { file_path: null }, { kind: 'read', paths: [] }],
    ['NotebookRead', { notebook_path: 'a.ipynb' }, { kind: 'read', paths: ['a.ipynb'] }],
    ['LS', { path: '/tmp' }, { kind: 'search', of: 'folder', paths: ['/tmp'], pattern: null }],
    ['Glob', { path: 'src', pattern: '../**' }, { kind: 'search', of: 'names', paths: ['src', '../**'] }],
    ['Grep', { pattern: 'x', glob: '*.pem' }, { kind: 'search', of: 'text', paths: ['*.pem'], pattern: 'x' }],
    ['Write', { file_path: 'a', content: 'x' }, { kind: 'write', paths: ['a'], change: { after: 'content' } }],
    ['Write', { content: 'x' }, { kind: 'write', paths: [], field: 'content' }],
    ['Edit', { file_path: 'a', old_string: 'x', new_string: 'y' }, { kind: 'edit', paths: ['a'], change: PAIR }],
    ['MultiEdit', { file_path: 'a', edits: [] }, { kind: 'edit', change: { list: 'edits', ...PAIR } }],
    ['NotebookEdit', { notebook_path: 'a', new_source: '' }, { kind: 'edit', change: { after: 'new_source' } }],
    ['WebFetch', { url: 'https://a.example/' }, { kind: 'fetch', url: 'https://a.example/', field: 'url' }],
    ['WebFetch', { url: {} }, { kind: 'fetch', url: null }],
    ['WebSearch', { query: 'x' }, { kind: 'fetch', url: null, query: 'x' }],
    ['Task', { description: 'Look' }, { kind: 'subagent', about: 'Look' }],
    ['Agent', {}, { kind: 'subagent', about: null }],
    ['Skill', { skill: 'review' }, { kind: 'other', harmless: true, verb: 'Use the skill', about: 'review' }],
    ['TodoWrite', { todos: [] }, { kind: 'other', harmless: true }],
    ['ExitPlanMode', { plan: '# Plan' }, { kind: 'plan', plan: '# Plan' }],
    ['ExitPlanMode', { plan: ' \n' }, { kind: 'plan', plan: null }],
    ['AskUserQuestion', { questions: [{ question: 'Which?', options: [{ label: 'A' }, 'B'] }] }, QUESTION()],
    [
      'AskUserQuestion',
      { questions: [{ question: 'Which?' }, { header: 'x' }] },
      { kind: 'question', questions: null },
    ],
    ['mcp__github__get', {}, { kind: 'mcp', server: 'github', tool: 'get' }],
    ['mcp__a__b__c', {}, { kind: 'mcp', server: 'a', tool: 'b__c' }],
    ['mcp__drover__item_set', {}, { kind: 'checklist', tool: 'item_set' }],
  ])('%s %j', (tool, input, call) => {
    expect(callOf(tool, input)).toMatchObject({ title: tool, ...call });
  });

  test.each([
    ...['', 'bash', 'Bash ', 'BASH', 'read', '__proto__', 'constructor', 'toString', 'SomethingElse', 'PowerShell'],
    ...['mcp__', 'mcp__a', 'mcp__a__', 'mcp____', 'mcp_a_b', 'Monitor', 'Workflow'],
  ])('of a tool that is not known, %j, nothing is', (tool) => {
    expect(callOf(tool, { file_path: 'a', harmless: true, kind: 'checklist' })).toEqual({ kind: 'other', title: tool });
  });

  test.each([
    'mcp__drover__',
    'mcp__drover__x__y',
    'mcp__drover__item_set ',
    'mcp__drover__item_set\n',
    'mcp__drover__Item',
    'mcp__drover__item__set',
    'mcp__droverx__item_set',
    ' mcp__drover__item_set',
    'item_set',
  ])('a tool is not taken for one of Drover’s own by a name like %j', (tool) => {
    expect(callOf(tool, {}).kind).not.toBe('checklist');
  });
});

function QUESTION() {
  const questions = [
    { question: 'Which?', header: '', multiSelect: false, options: [{ label: 'A', description: '' }] },
  ];
  return { kind: 'question', questions };
}

test('every tool means in rules what its calls are', () => {
  for (const tool of TOOLS.keys()) {
    const call = callOf(tool, {});
    expect([tool, ruleNameOf(call)]).toEqual([tool, tool]);
    if (ruleTool(tool)) expect([tool, ruleTool(tool)?.kind]).toEqual([tool, call.kind]);
    else expect([tool, ['other', 'subagent']]).toEqual([tool, expect.arrayContaining([call.kind])]);
  }
  expect(ruleNameOf(callOf('mcp__a__b__c', {}))).toBe('mcp__a__b__c');
});

test('any tool with any input is a call that can be read, is what its name says, and stays short where it is shown', () => {
  const tools = fc.oneof(fc.constantFrom(...TOOLS.keys(), 'mcp__a__b', 'mcp__drover__item_set'), fc.string());
  const members = fc.constantFrom(
    ...['command', 'file_path', 'path', 'notebook_path', 'pattern', 'glob', 'url', 'query', 'content', 'edits', 'plan'],
    ...['questions', 'old_string', 'new_string', 'new_source', 'description', 'skill', '__proto__', 'constructor'],
  );
  const values = fc.oneof(fc.string(), fc.anything(), fc.constant('x'.repeat(100_000)));
  fc.assert(
    fc.property(tools, fc.dictionary(members, values), (tool, input) => {
      const call = callOf(tool, input);
      expect(toolCall.safeParse(call).success).toBe(true);
      expect(call.kind).toBe(callOf(tool, {}).kind);
      expect(call.title).toBe(tool);
      const brief = briefCall(call);
      expect(toolCall.safeParse(brief).success).toBe(true);
      expect(brief.kind).toBe(call.kind);
      expect(JSON.stringify(brief).length).toBeLessThan(60_000);
    }),
    { numRuns: 2_000 },
  );
});

test('an input of five megabytes is read at once, and what is judged is all of it', () => {
  const big = 'x'.repeat(5_000_000);
  const call = callOf('Bash', { command: big });
  expect(call).toMatchObject({ command: big });
  expect(JSON.stringify(briefCall(call)).length).toBeLessThan(2_000);
  expect(callOf(`mcp__${big}`, {}).kind).toBe('other');
});

describe('what a call changes', () => {
  const changes = (tool: string, input: Record<string, unknown>) => {
    const call = callOf(tool, input);
    return call.kind === 'edit' || call.kind === 'write' ? changesIn(input, call.change, 200) : undefined;
  };

  test('stands in its input', () => {
    expect(changes('Write', { content: 'new' })).toEqual([{ before: null, after: 'new' }]);
    expect(changes('Edit', { old_string: 'a', new_string: 'b' })).toEqual([{ before: 'a', after: 'b' }]);
    const edits = [
      { old_string: 'a', new_string: 'b' },
      { old_string: 'c', new_string: 'd' },
    ];
    expect(changes('MultiEdit', { edits })).toEqual([
      { before: 'a', after: 'b' },
      { before: 'c', after: 'd' },
    ]);
    expect(changes('NotebookEdit', { new_source: 'x' })).toEqual([{ before: null, after: 'x' }]);
  });

  test.each([
    ['Write', {}],
    ['Write', { content: 5 }],
    ['Edit', { old_string: null, new_string: 'b' }],
    ['Edit', { new_string: 'b' }],
    ['MultiEdit', { edits: [] }],
    ['MultiEdit', { edits: [{ old_string: 'a', new_string: 'b' }, null] }],
    ['MultiEdit', { edits: 'no list' }],
  ])('cannot be read in %s %j', (tool, input) => {
    expect(changes(tool, input)).toBeNull();
  });
});
