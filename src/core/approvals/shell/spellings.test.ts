import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claudeCall } from '../../../../test/support/claude-call.ts';
import { disguises } from '../../../../test/support/shell-fuzz.ts';
import type { Rule } from '../../../contract/approval/rule.ts';
import { AGENT_FILES } from '../../backends/known-agents.ts';
import { type JudgeContext, judge } from '../judge/judge.ts';

const RUNS = Number(process.env.DROVER_FUZZ_RUNS ?? 1_500);
const seed = Number(process.env.DROVER_FUZZ_SEED ?? Date.now() % 1_000_000_000);
console.info(`spellings: seed ${seed}`);

const context = (given: Partial<JudgeContext> = {}): JudgeContext => ({
  autonomy: 'auto',
  workspace: '/home/user/.local/share/drover/workspaces/one',
  dataFolder: '/home/user/.local/share/drover',
  home: '/home/user',
  agents: AGENT_FILES,
  realpath: () => null,
  defaultBranch: 'main',
  lifted: [],
  rules: [],
  ...given,
});
const decide = (command: string, given: Partial<JudgeContext> = {}) =>
  judge(claudeCall('Bash', { command }), context(given)).decision;

/** An option as it may be written: `[letter, long name, value]`; without a letter or a name where there is none. */
type Option = readonly [letter: string, long: string, value?: string];
interface Shape {
  name: string;
  verb?: string;
  options: readonly Option[];
  operands: readonly string[];
}

/** Commands that must be asked about, whichever way they are written. */
const ASKED: readonly Shape[] = [
  {
    name: 'sort',
    options: [
      ['o', 'output', '/tmp/x'],
      ['u', 'unique'],
      ['r', 'reverse'],
    ],
    operands: ['a.txt'],
  },
  {
    name: 'tar',
    options: [
      ['x', 'extract'],
      ['f', 'file', 'a.tar'],
      ['C', 'directory', '/opt'],
      ['v', 'verbose'],
    ],
    operands: [],
  },
  {
    name: 'cp',
    options: [
      ['t', 'target-directory', '/opt'],
      ['r', 'recursive'],
      ['v', 'verbose'],
    ],
    operands: ['src/a.ts'],
  },
  {
    name: 'grep',
    options: [
      ['f', 'file', '/home/user/.ssh/id_rsa'],
      ['i', 'ignore-case'],
      ['n', 'line-number'],
    ],
    operands: ['a.txt'],
  },
  {
    name: 'rm',
    options: [
      ['r', 'recursive'],
      ['f', 'force'],
    ],
    operands: ['/home/user/other'],
  },
  {
    name: 'git',
    verb: 'commit',
    options: [
      ['a', 'all'],
      ['F', 'file', '/home/user/.ssh/id_rsa'],
      ['q', 'quiet'],
    ],
    operands: [],
  },
  {
    name: 'git',
    verb: 'push',
    options: [
      ['f', 'force'],
      ['q', 'quiet'],
    ],
    operands: ['origin', 'feature'],
  },
  {
    name: 'shuf',
    options: [
      ['o', 'output', '../x'],
      ['n', 'head-count', '3'],
    ],
    operands: ['a.txt'],
  },
  {
    name: 'npm',
    verb: 'install',
    options: [
      ['g', 'global'],
      ['', 'no-audit'],
    ],
    operands: ['x'],
  },
  {
    name: 'npm',
    verb: 'publish',
    options: [
      ['', 'tag', 'next'],
      ['', 'dry-run'],
    ],
    operands: [],
  },
  {
    name: 'cargo',
    verb: 'publish',
    options: [
      ['q', 'quiet'],
      ['', 'color', 'never'],
    ],
    operands: [],
  },
  {
    name: 'make',
    options: [
      ['f', 'file', '/dev/stdin'],
      ['k', 'keep-going'],
      ['s', 'silent'],
    ],
    operands: ['all'],
  },
  {
    name: 'patch',
    options: [
      ['d', 'directory', '/opt'],
      ['s', 'silent'],
      ['i', 'input', 'x.patch'],
    ],
    operands: [],
  },
  { name: 'man', options: [['P', 'pager', './x']], operands: ['ls'] },
  {
    name: 'rg',
    options: [
      ['', 'pre', './x'],
      ['i', 'ignore-case'],
    ],
    operands: ['a', 'src'],
  },
];
/** Such that pass under `auto`, so that the test of the others can fail. */
const PASSING: readonly Shape[] = [
  {
    name: 'sort',
    options: [
      ['o', 'output', 'x.txt'],
      ['u', 'unique'],
      ['r', 'reverse'],
    ],
    operands: ['a.txt'],
  },
  {
    name: 'cp',
    options: [
      ['t', 'target-directory', 'out'],
      ['r', 'recursive'],
    ],
    operands: ['src/a.ts'],
  },
  {
    name: 'grep',
    options: [
      ['i', 'ignore-case'],
      ['n', 'line-number'],
      ['A', 'after-context', '3'],
    ],
    operands: ['x', 'a.txt'],
  },
  {
    name: 'git',
    verb: 'commit',
    options: [
      ['a', 'all'],
      ['m', 'message', 'text'],
      ['q', 'quiet'],
    ],
    operands: [],
  },
];

/** Ways to write the options of a command: alone or in a cluster, joined or apart, long or short, shortened. */
const optionsOf = (options: readonly Option[], shorten: boolean): fc.Arbitrary<string[]> => {
  const one = ([letter, long, value]: Option): fc.Arbitrary<string[]> => {
    const ways: string[][] = [];
    if (long) ways.push(...(value === undefined ? [[`--${long}`]] : [[`--${long}=${value}`], [`--${long}`, value]]));
    if (letter)
      ways.push(...(value === undefined ? [[`-${letter}`]] : [[`-${letter}${value}`], [`-${letter}`, value]]));
    if (shorten && long.length > 4) {
      const short = `--${long.slice(0, -2)}`;
      ways.push(value === undefined ? [short] : [`${short}=${value}`]);
    }
    return fc.constantFrom(...ways);
  };
  const flags = options.filter(([letter, , value]) => letter && value === undefined).map(([letter]) => letter);
  const valued = options.filter(([, , value]) => value !== undefined);
  const rest = options.filter(([letter, , value]) => !letter && value === undefined);
  const last = valued[0];
  const cluster = last?.[0]
    ? fc.constant([`-${flags.join('')}${last[0]}${last[2] ?? ''}`])
    : fc.constant([`-${flags.join('')}`].filter((word) => word !== '-'));
  const clustered = fc
    .tuple(cluster, ...[...valued.slice(last?.[0] ? 1 : 0), ...rest].map(one))
    .map((words) => words.flat());
  const apart = fc
    .tuple(...options.map(one))
    .chain((words) => fc.shuffledSubarray(words, { minLength: words.length }))
    .map((words) => words.flat());
  return fc.oneof(apart, clustered);
};

const WRAPPERS = [
  '',
  'env ',
  'env A=1 ',
  'command ',
  'nice ',
  'nice -n 5 ',
  'timeout 5 ',
  'timeout -k 1 5 ',
  'nohup ',
  'stdbuf -oL ',
  'time ',
  'setsid ',
];
const JOINS: readonly ((command: string) => string)[] = [
  (command) => command,
  (command) => `ls && ${command}`,
  (command) => `( ${command} )`,
  (command) => `if true; then ${command}; fi`,
  (command) => `${command} | cat`,
  (command) => `sh -c '${command.replaceAll("'", "'\\''")}'`,
  (command) => `echo "$(${command})"`,
];

const spelled = (shapes: readonly Shape[], shorten: boolean) =>
  fc.constantFrom(...shapes).chain((shape) =>
    fc
      .tuple(
        optionsOf(shape.options, shorten),
        fc.boolean(),
        fc.constantFrom(...disguises),
        fc.constantFrom(...WRAPPERS),
        fc.constantFrom(...JOINS),
        fc.constantFrom(' ', '  ', ' \\\n '),
      )
      .map(([options, before, disguise, wrapper, join, blank]) => {
        const verb = shape.verb ? [shape.verb] : [];
        const words = before ? [...options, ...shape.operands] : [...shape.operands, ...options];
        return { shape, text: join(wrapper + [disguise(shape.name), ...verb, ...words].join(blank)) };
      }),
  );

describe('one command in all its spellings', () => {
  test('is asked about in each of them, whatever open rule allows it', () => {
    fc.assert(
      fc.property(
        spelled(ASKED, true),
        fc.constantFrom('plan', 'auto'),
        fc.boolean(),
        ({ shape, text }, autonomy, ruled) => {
          const rules = ruled ? [rule('allow', `${shape.name} *`), rule('allow', '*')] : [];
          expect([text, decide(text, { autonomy, rules })]).toEqual([text, 'ask']);
        },
      ),
      { numRuns: RUNS, seed },
    );
  });

  test('passes in each of them when it may', () => {
    let passed = 0;
    fc.assert(
      fc.property(spelled(PASSING, false), ({ text }) => {
        if (decide(text) === 'allow') passed += 1;
      }),
      { numRuns: 400, seed },
    );
    expect(passed).toBeGreaterThan(240);
  });

  test('is denied in each of them by a rule for one, or at least asked about', () => {
    const shapes = ASKED.filter(({ name, verb }) => verb || name === 'rm');
    fc.assert(
      fc.property(spelled(shapes, true), ({ shape, text }) => {
        const pattern = [shape.name, ...(shape.verb ? [shape.verb] : []), '*'].join(' ');
        const rules = [rule('allow', `${shape.name} *`), rule('deny', pattern)];
        expect([text, decide(text, { rules })]).toEqual([text, 'deny']);
      }),
      { numRuns: RUNS / 3, seed },
    );
  });
});

function rule(decision: Rule['decision'], pattern: string): Rule {
  return {
    id: 'u00000001',
    tool: 'Bash',
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
  };
}
