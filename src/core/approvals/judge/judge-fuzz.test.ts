import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claudeCall } from '../../../../test/support/claude-call.ts';
import { disguises, shellBits, wrappers } from '../../../../test/support/shell-fuzz.ts';
import type { Rule } from '../../../contract/approval/rule.ts';
import { AGENT_FILES } from '../../backends/known-agents.ts';
import { describe as describeCall } from '../describe.ts';
import { checkRule } from '../rules/check-rule.ts';
import { suggestRule } from '../rules/suggest.ts';
import { fitsGlob, readGlob } from '../shell/glob.ts';
import { type JudgeContext, judge } from './judge.ts';
import { readCommandPattern } from './match.ts';

const home = '/home/user';
const context = (given: Partial<JudgeContext> = {}): JudgeContext => ({
  autonomy: 'ask',
  workspace: '/home/user/.local/share/drover/workspaces/one',
  dataFolder: '/home/user/.local/share/drover',
  home,
  agents: AGENT_FILES,
  realpath: () => null,
  defaultBranch: 'main',
  lifted: [],
  rules: [],
  ...given,
});
const rule = (pattern: string, tool = 'Bash', decision: Rule['decision'] = 'allow'): Rule => ({
  id: 'u00000001',
  tool,
  pattern,
  decision,
  scope: { type: 'everywhere' },
  enabled: true,
  words: '',
  madeBy: 'user',
  approvalId: null,
  createdAt: 0,
  lastUsedAt: null,
  uses: 0,
});
const call = (command: string) => claudeCall('Bash', { command });
const decide = (command: string, given: Partial<JudgeContext> = {}) => judge(call(command), context(given)).decision;

const commands = [
  'npm test',
  'npm run build',
  'git fetch origin',
  'git commit -m x',
  'curl https://a.example/x',
  'curl https://b.example/x',
  'sudo ls',
  'rm -rf dist',
  'rm -rf /',
  'cat ~/.ssh/id_rsa',
  'touch /tmp/x',
  'git push --force',
  'git push origin feature',
  'npm publish',
  'echo hi > out.txt',
  'cd ../../../../../../.. && ls',
  'PATH=/tmp ls',
  'ls',
  'true',
];
const patterns = [
  'npm test',
  'npm run *',
  'npm *',
  'git fetch *',
  'git *',
  'curl https://a.example/x',
  'rm *',
  'cat *',
  '*',
];
const rulesAtRandom = fc.subarray(patterns).map((some) => some.map((pattern) => rule(pattern)));
const disguised = fc.tuple(fc.constantFrom(...commands), fc.constantFrom(...disguises)).map(([command, disguise]) => ({
  command,
  written: /^[A-Z]/.test(command) ? command : command.replace(/^\S+/, disguise),
}));
/** A command inside others, and every command that stands in it. */
const nested = fc
  .tuple(disguised, fc.array(fc.tuple(fc.constantFrom(...wrappers), fc.constantFrom(...commands)), { maxLength: 4 }))
  .map(([inner, layers]) => ({
    text: layers.reduce((text, [wrap, other]) => wrap(text, other), inner.written),
    leaves: [
      inner.command,
      ...layers.filter(([wrap]) => wrap('', '\u0001').includes('\u0001')).map(([, other]) => other),
    ],
  }));

describe('rules and commands made up at random', () => {
  test('a command is never allowed when one that stands in it is not allowed alone', () => {
    let allowed = 0;
    fc.assert(
      fc.property(
        nested,
        rulesAtRandom,
        fc.constantFrom('ask', 'edit', 'auto'),
        ({ text, leaves }, rules, autonomy) => {
          const given = { rules, autonomy } as const;
          if (decide(text, given) !== 'allow') return;
          allowed += 1;
          for (const leaf of leaves) expect([text, leaf, decide(leaf, given)]).toEqual([text, leaf, 'allow']);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(allowed).toBeGreaterThan(150);
  });

  test('a command that is allowed with another behind it would be allowed without it, and the other too', () => {
    const joint = fc.constantFrom('; ', ' && ', ' || ', ' | ', ' & ', '\n');
    fc.assert(
      fc.property(
        fc.constantFrom(...commands),
        joint,
        fc.constantFrom(...commands),
        rulesAtRandom,
        (a, by, b, rules) => {
          const each = [decide(a, { rules }), decide(b, { rules })];
          const both = decide(a + by + b, { rules });
          if (both === 'allow') expect(each).toEqual(['allow', 'allow']);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('a rule that denies a command denies it wherever it stands', () => {
    const denied = fc.constantFrom('npm test', 'git fetch origin', 'curl https://a.example/x', 'sudo ls');
    fc.assert(
      fc.property(
        denied,
        fc.constantFrom(...wrappers),
        fc.constantFrom('ls', 'true', 'cat src/a.ts'),
        (command, wrap, other) => {
          const rules = [rule('*'), rule(command, 'Bash', 'deny')];
          // Bash only finds out on running whether `((` is a number.
          expect(['deny', 'ask']).toContain(decide(wrap(command, other), { rules, autonomy: 'auto' }));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('one more rule that denies or asks never allows more', () => {
    const order = { allow: 0, ask: 1, deny: 2 };
    const strict = fc.tuple(fc.constantFrom(...patterns), fc.constantFrom('ask', 'deny'));
    fc.assert(
      fc.property(nested, rulesAtRandom, strict, ({ text }, rules, [pattern, decision]) => {
        const before = decide(text, { rules });
        const after = decide(text, { rules: [...rules, rule(pattern, 'Bash', decision as 'ask' | 'deny')] });
        expect(order[after]).toBeGreaterThanOrEqual(order[before]);
      }),
      { numRuns: 1_500 },
    );
  });

  test('a rule that is suggested can be kept, allows the command, and nothing behind it', () => {
    let suggested = 0;
    fc.assert(
      fc.property(nested, fc.constantFrom('curl evil.example', 'rm -rf /', 'sudo reboot'), ({ text }, evil) => {
        const suggestion = suggestRule(call(text), context());
        if (!suggestion) return;
        suggested += 1;
        const made = rule(suggestion.pattern);
        expect(checkRule({ ...made, scope: { type: 'everywhere' } }, home)).toMatchObject({ ok: true });
        expect(suggestion.pattern).not.toMatch(/(^|\s)\*$/);
        expect(decide(text, { rules: [made] })).toBe('allow');
        for (const by of ['; ', ' | ', ' && ', '\n']) expect(decide(evil + by + text, { rules: [made] })).toBe('ask');
      }),
      { numRuns: 1_500 },
    );
    expect(suggested).toBeGreaterThan(100);
  });
});

describe('any text at all', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(fc.constantFrom(...shellBits), { maxLength: 60 }).map((all) => all.join('')),
  );

  test('as a command gets an answer, a description and perhaps a rule, never an exception', () => {
    fc.assert(
      fc.property(texts, rulesAtRandom, (command, rules) => {
        const given = context({ rules, autonomy: 'auto' });
        expect(['allow', 'ask', 'deny']).toContain(judge(call(command), given).decision);
        const { title, view } = describeCall(call(command), given);
        expect(title).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        const marks = view.type === 'command' ? view.marks : [];
        for (const [index, { start, end }] of marks.entries()) {
          expect(start).toBeGreaterThanOrEqual(marks[index - 1]?.end ?? 0);
          expect(end).toBeLessThanOrEqual(command.length);
        }
        suggestRule(call(command), given);
      }),
      { numRuns: 2_000 },
    );
  });

  test('as the pattern of a rule is read or refused, and a command never matches by it what it says not', () => {
    fc.assert(
      fc.property(texts, (pattern) => {
        const read = readCommandPattern(pattern, home);
        if (read && read.words.length > 0) expect(read.words.every(({ kind }) => kind !== 'dynamic')).toBe(true);
        expect(decide('curl evil.example; sudo ls', { rules: [rule(pattern)] })).toBe('ask');
        readGlob(pattern);
        const kept = checkRule({ tool: 'Bash', pattern, decision: 'allow', scope: { type: 'everywhere' } }, home);
        if (kept.ok) expect(read).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  test('as the input of any tool gets an answer, never an exception', () => {
    const tools = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'Read',
        'Write',
        'Edit',
        'MultiEdit',
        'Grep',
        'Bash',
        'WebFetch',
        'ExitPlanMode',
        'AskUserQuestion',
        'toString',
        '__proto__',
        'mcp__a__b',
      ),
    );
    const keys = fc.constantFrom(
      'file_path',
      'path',
      'pattern',
      'command',
      'content',
      'old_string',
      'new_string',
      'edits',
      'url',
      'plan',
      'questions',
      '__proto__',
    );
    const inputs = fc.dictionary(keys, fc.oneof(texts, fc.anything()));
    fc.assert(
      fc.property(tools, inputs, fc.option(texts, { nil: null }), (tool, input, blockedPath) => {
        const question = claudeCall(tool, input, blockedPath);
        const given = context({ rules: [rule('*', '*', 'ask'), rule('*', tool || 'x')], autonomy: 'edit' });
        expect(['allow', 'ask', 'deny']).toContain(judge(question, given).decision);
        const { title, view } = describeCall(question, given);
        expect(title.length).toBeLessThan(400);
        expect(view.type).toBeTypeOf('string');
        suggestRule(question, given);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('a glob fits what the same glob as a regular expression fits', () => {
  const names = fc
    .array(fc.constantFrom('a', 'b', 'ab', '.x', 'src'), { minLength: 1, maxLength: 5 })
    .map((all) => all.join('/'));
  const globs = fc
    .array(fc.constantFrom('a', 'b', '*', '**', '?', 'a*', '*b', '*.*', '{a,b}', 'src'), { minLength: 1, maxLength: 5 })
    .map((all) => all.join('/'));
  fc.assert(
    fc.property(names, globs, (name, text) => {
      const glob = readGlob(text);
      if (!glob) throw new Error(text);
      expect([name, text, fitsGlob(name, glob)]).toEqual([name, text, asExpression(text).test(name)]);
    }),
    { numRuns: 5_000 },
  );
});

function asExpression(glob: string): RegExp {
  const parts = glob
    .split('/')
    .map((part) =>
      part === '**'
        ? '(?:/[^/]+)*'
        : `/${part.replace(/\./g, '\\.').replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]').replace('{a,b}', '(?:a|b)')}`,
    );
  return { test: (name: string) => new RegExp(`^${parts.join('')}$`).test(`/${name}`) } as RegExp;
}
