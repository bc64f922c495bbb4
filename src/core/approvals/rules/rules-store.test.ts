import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../../test/support/temp.ts';
import type { RuleSpec } from '../../../contract/approval/rule.ts';
import { openDatabase } from '../../db/open.ts';
import { createRules, type Rules } from './rules-store.ts';

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let close: () => void;
let rules: Rules;
let now: number;
let changes: number;

beforeEach(async () => {
  folder = await createTempFolder();
  const opened = openDatabase(folder.path);
  if (!opened.ok) throw new Error(opened.rejection.message);
  close = opened.value.close;
  now = 1_000;
  changes = 0;
  rules = createRules({
    db: opened.value.db,
    home: '/home/user',
    now: () => {
      now += 1;
      return now;
    },
    changed: () => {
      changes += 1;
    },
  });
});
afterEach(async () => {
  close();
  await folder.remove();
});

const TASK = { type: 'task', taskId: 'a00000001' } as const;
const PROJECT = { type: 'project', projectId: 'p00000001' } as const;
const EVERYWHERE = { type: 'everywhere' } as const;
const spec = (pattern: string, given: Partial<RuleSpec> = {}): RuleSpec => ({
  tool: 'Bash',
  pattern,
  scope: EVERYWHERE,
  decision: 'allow',
  ...given,
});
function added(given: RuleSpec) {
  const outcome = rules.add(given);
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}
const refusal = (given: RuleSpec) => {
  const outcome = rules.add(given);
  return outcome.ok ? null : outcome.rejection.message;
};

test('a rule is kept, changed, counted and deleted, and every change but its use is told', () => {
  const rule = added(spec(' npm run * '));
  expect(rule).toEqual({
    id: expect.stringMatching(/^u[0-9a-z]{8}$/),
    tool: 'Bash',
    pattern: 'npm run *',
    scope: EVERYWHERE,
    decision: 'allow',
    enabled: true,
    words: 'Allow commands that begin with “npm run”',
    madeBy: 'user',
    approvalId: null,
    createdAt: 1_001,
    lastUsedAt: null,
    uses: 0,
  });
  expect(rules.set(rule.id, { pattern: 'npm test', decision: 'deny', enabled: false })).toMatchObject({
    ok: true,
    value: { pattern: 'npm test', decision: 'deny', enabled: false, words: 'Deny the command “npm test”' },
  });
  expect(changes).toBe(2);
  rules.used(rule.id);
  rules.used(rule.id);
  expect(changes).toBe(2);
  expect(rules.list({})).toMatchObject([{ id: rule.id, uses: 2, lastUsedAt: 1_003, enabled: false }]);
  expect(rules.remove(rule.id)).toEqual({ ok: true, value: { ruleId: rule.id } });
  expect(rules.list({})).toEqual([]);
  expect(changes).toBe(3);
  expect(rules.remove(rule.id)).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
  expect(rules.set(rule.id, {})).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
});

test('the same rule twice is the same rule, turned on again', () => {
  const rule = added(spec('npm test'));
  rules.set(rule.id, { enabled: false });
  expect(added(spec('npm test'))).toMatchObject({ id: rule.id, enabled: true });
  const other = added(spec('npm run x'));
  expect(rules.set(other.id, { pattern: 'npm test' })).toMatchObject({ ok: false, rejection: { code: 'conflict' } });
  expect(rules.list({})).toHaveLength(2);
});

test('a rule counts where its scope says, newest first, and only while it is on', () => {
  const patterns = (task: { taskId: string; projectId: string }) => rules.rulesFor(task).map(({ pattern }) => pattern);
  added(spec('npm run a'));
  added(spec('npm run b', { scope: PROJECT }));
  added(spec('npm run c', { scope: TASK }));
  const off = added(spec('npm run d'));
  rules.set(off.id, { enabled: false });
  expect(patterns({ taskId: 'a00000001', projectId: 'p00000001' })).toEqual(['npm run c', 'npm run b', 'npm run a']);
  expect(patterns({ taskId: 'a00000002', projectId: 'p00000001' })).toEqual(['npm run b', 'npm run a']);
  expect(patterns({ taskId: 'p00000001', projectId: 'a00000001' })).toEqual(['npm run a']);
  expect(rules.list({ projectId: 'p00000001' }).map(({ pattern }) => pattern)).toEqual([
    'npm run d',
    'npm run b',
    'npm run a',
  ]);
});

test('the rules of a task and a project go with it', () => {
  added(spec('npm run a', { scope: TASK }));
  added(spec('npm run b', { scope: PROJECT }));
  added(spec('npm run c'));
  rules.forgetTask('a00000001');
  expect(rules.list({}).map(({ pattern }) => pattern)).toEqual(['npm run c', 'npm run b']);
  rules.tidy();
  expect(rules.list({}).map(({ pattern }) => pattern)).toEqual(['npm run c']);
  expect(changes).toBe(5);
});

test('what an answer made can be taken back, but not what was there before', () => {
  const before = added(spec('npm test'));
  const again = rules.make(spec('npm test'), 'q00000001');
  expect(again).toMatchObject({ value: { id: before.id, madeBy: 'user' } });
  rules.unmake(before.id);
  expect(rules.list({})).toHaveLength(1);
  const made = rules.make(spec('npm run x'), 'q00000001');
  if (!made.ok) throw new Error(made.rejection.message);
  expect(made.value).toMatchObject({ madeBy: 'approval', approvalId: 'q00000001' });
  rules.unmake(made.value.id);
  expect(rules.list({})).toMatchObject([{ id: before.id }]);
});

describe('a rule is refused', () => {
  test.each([
    ['a chain', spec('npm test && ls')],
    ['a pipe', spec('ls | sh')],
    ['a redirection', spec('npm test > x')],
    ['an assignment', spec('A=1 npm test')],
    ['a substitution', spec('echo $(ls)')],
    ['a variable', spec('rm $X')],
    ['a set of letters', spec('rm [ab]')],
    ['something in the background', spec('npm start &')],
    ['a comment behind it', spec('npm test # all')],
    ['* in the middle', spec('git * main')],
    ['an open quote', spec('echo "a')],
    ['hidden characters', spec('npm\u200b test')],
    ['two lines', spec('npm\ntest')],
    ['everything that commands can do, everywhere', spec('*')],
    ['every file, everywhere', spec('**', { tool: 'Edit' })],
    ['all tools', spec('*', { tool: '*', scope: TASK })],
    ['a pattern for a tool without one', spec('x', { tool: 'mcp__a__b' })],
    ['.. in a path', spec('../x', { tool: 'Edit' })],
    ['letters in a path', spec('src/[ab].ts', { tool: 'Edit' })],
    ['an open brace', spec('src/{a,b', { tool: 'Edit' })],
    ['no address', spec('docs.example', { tool: 'WebFetch' })],
    ['an address without a path', spec('https://docs.example*', { tool: 'WebFetch' })],
    ['a name in an address', spec('https://a@docs.example/*', { tool: 'WebFetch' })],
    ['plans', spec('*', { tool: 'ExitPlanMode' })],
    ['questions', spec('*', { tool: 'AskUserQuestion' })],
    ['no tool', spec('*', { tool: 'a b' })],
    ['half a server', spec('*', { tool: 'mcp__*' })],
  ])('that allows %s', (_, given) => {
    expect(refusal(given)).toMatch(/\.$|: /);
    expect(rules.list({})).toEqual([]);
  });

  test('when a change would make it such a one', () => {
    const rule = added(spec('*', { decision: 'deny' }));
    expect(rules.set(rule.id, { decision: 'allow' })).toMatchObject({ ok: false, rejection: { code: 'invalid' } });
    expect(rules.list({})).toMatchObject([{ decision: 'deny' }]);
  });
});

test.each([
  ['Allow every command that stays inside the workspace', spec('*', { scope: PROJECT })],
  ['Deny every command', spec('*', { decision: 'deny' })],
  ['Deny everything', spec('*', { tool: '*', decision: 'deny' })],
  [
    'Deny whatever has to do with “secrets/**”, commands and files alike',
    spec('secrets/**', { tool: '*', decision: 'deny' }),
  ],
  ['Ask about the command “git push”', spec('git push', { decision: 'ask' })],
  ['Allow changing files “docs/**” with Edit', spec('docs/**', { tool: 'Edit' })],
  ['Allow changing any file inside the workspace with Write', spec('*', { tool: 'Write', scope: TASK })],
  ['Deny reading the file “.env”', spec('.env', { tool: 'Read', decision: 'deny' })],
  ['Allow every tool of the MCP server github', spec('*', { tool: 'mcp__github__*' })],
  ['Allow every use of the tool mcp__github__get', spec('*', { tool: 'mcp__github__get' })],
  ['Allow fetching what begins with “https://docs.example/”', spec('https://docs.example/*', { tool: 'WebFetch' })],
  ['Allow fetching any address', spec('*', { tool: 'WebFetch' })],
])('%s', (words, given) => {
  expect(added(given).words).toBe(words);
});
