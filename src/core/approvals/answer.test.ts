import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callOf } from '../backends/claude/tool-call.ts';
import { readAnswer as readAnswerOf } from './answer.ts';

const TOOLS = { tool: 'Bash', plan: 'ExitPlanMode', question: 'AskUserQuestion' } as const;
type Asked = Pick<Parameters<typeof readAnswerOf>[1], 'kind' | 'input' | 'autonomy'>;
const readAnswer = (answer: Parameters<typeof readAnswerOf>[0], asked: Asked) => {
  const callWith = (input: Record<string, unknown>) => callOf(TOOLS[asked.kind], input);
  return readAnswerOf(answer, { ...asked, call: callWith(asked.input), callWith });
};

const tool = { kind: 'tool', input: { command: 'ls' }, autonomy: 'ask' } as const;
const plan = { kind: 'plan', input: { plan: '# Plan' }, autonomy: 'plan' } as const;
const questions = [
  { question: 'Which?', header: '', multiSelect: true, options: [{ label: 'A', description: '' }] },
  { question: '__proto__', header: '', multiSelect: false, options: [] },
];
const question = { kind: 'question', input: { questions }, autonomy: 'auto' } as const;

describe('a tool call', () => {
  test('is allowed as it is, or with another input', () => {
    expect(readAnswer({ type: 'allow', scope: 'once' }, tool)).toMatchObject({
      value: { decision: 'allow', edited: null, toolAnswer: { decision: 'allow' } },
    });
    const input = { command: 'ls -l' };
    expect(readAnswer({ type: 'allow', scope: 'once', input }, tool)).toMatchObject({
      value: { edited: input, toolAnswer: { decision: 'allow', input } },
    });
  });

  test('is denied with the words of the person, and a warning not to go another way', () => {
    const denied = readAnswer({ type: 'deny', words: ' Not now. ', stop: true }, tool);
    expect(denied).toMatchObject({ value: { decision: 'deny', words: 'Not now.', stop: true } });
    expect(denied.ok && denied.value.toolAnswer).toMatchObject({ decision: 'deny', stop: true });
    expect(denied.ok && JSON.stringify(denied.value.toolAnswer)).toContain('Do not reach for the same by another way.');
  });

  test.each([
    ['a reply', { type: 'reply', answers: { x: 'y' } }],
    ['an autonomy', { type: 'allow', scope: 'once', autonomy: 'auto' }],
    ['a pattern without a scope', { type: 'allow', scope: 'once', pattern: 'ls *' }],
  ] as const)('takes no %s', (_, answer) => {
    expect(readAnswer(answer, tool)).toMatchObject({ rejection: { code: 'invalid' } });
  });
});

describe('a plan', () => {
  test('goes on with what was chosen; without a choice with ask, never with less asking than before', () => {
    expect(readAnswer({ type: 'allow', scope: 'once', autonomy: 'edit' }, plan)).toMatchObject({
      value: { autonomy: 'edit', toolAnswer: { autonomy: 'edit' } },
    });
    expect(readAnswer({ type: 'allow', scope: 'once' }, plan)).toMatchObject({ value: { autonomy: 'ask' } });
    expect(readAnswer({ type: 'allow', scope: 'once' }, { ...plan, autonomy: 'edit' })).toMatchObject({
      value: { autonomy: 'edit' },
    });
  });

  test.each([{}, { plan: ' \n' }, { plan: 7 }])('that is not there (%j) is asked for, and not approved', (input) => {
    const none = { ...plan, input };
    expect(readAnswer({ type: 'allow', scope: 'once', autonomy: 'edit' }, none)).toMatchObject({
      rejection: { code: 'invalid', message: expect.stringMatching(/sent no plan/), allowed: ['deny'] },
    });
    expect(readAnswer({ type: 'deny' }, none)).toMatchObject({
      value: { toolAnswer: { words: expect.stringMatching(/sent none\. Write the plan/) } },
    });
    // What a person has written in its place is a plan.
    expect(readAnswer({ type: 'allow', scope: 'once', input: { plan: '# Mine' } }, none)).toMatchObject({ ok: true });
    expect(readAnswer({ type: 'allow', scope: 'once', input: {} }, plan)).toMatchObject({ ok: false });
  });

  test('makes no rule, and does not go on with plan', () => {
    expect(readAnswer({ type: 'allow', scope: 'project' }, plan)).toMatchObject({ rejection: { code: 'invalid' } });
    expect(readAnswer({ type: 'allow', scope: 'once', autonomy: 'plan' }, plan)).toMatchObject({
      rejection: { code: 'invalid' },
    });
  });
});

describe('a question', () => {
  test('is answered with choices or words, and the rest of the input stays', () => {
    const answers = { 'Which?': ['A', 'B'], ['__proto__']: 'mine' };
    const read = readAnswer({ type: 'reply', answers: JSON.parse(JSON.stringify(answers)) }, question);
    expect(read).toMatchObject({ value: { decision: 'allow', edited: { questions } } });
    const said = read.ok ? Object.entries(read.value.edited?.answers as object) : [];
    expect(said).toContainEqual(['Which?', 'A, B']);
    // An adapter gives them to its program in the program's own way.
    expect(read).toMatchObject({ value: { toolAnswer: { decision: 'allow', answers: { 'Which?': 'A, B' } } } });
    expect(read.ok && read.value.toolAnswer).not.toHaveProperty('input');
  });

  test('empty choices are no answer', () => {
    expect(readAnswer({ type: 'reply', answers: { 'Which?': ['', ' '] } }, question)).toMatchObject({
      rejection: { code: 'invalid' },
    });
  });
});

test('whatever is answered to whatever was asked: a no never becomes a yes, and a yes is one that fits', () => {
  const anyAnswer = fc.oneof(
    fc.record({ type: fc.constant('deny' as const), words: fc.string(), stop: fc.boolean() }),
    fc.record(
      {
        type: fc.constant('allow' as const),
        scope: fc.constantFrom('once' as const, 'task' as const, 'project' as const),
        pattern: fc.string(),
        input: fc.dictionary(fc.string(), fc.jsonValue()),
        autonomy: fc.constantFrom('plan' as const, 'ask' as const, 'edit' as const, 'auto' as const),
      },
      { requiredKeys: ['type', 'scope'] },
    ),
    fc.record({
      type: fc.constant('reply' as const),
      answers: fc.dictionary(
        fc.constantFrom('Which?', '__proto__', 'other'),
        fc.oneof(fc.string(), fc.array(fc.string())),
      ),
    }),
  );
  fc.assert(
    fc.property(anyAnswer, fc.constantFrom(tool, plan, question), (answer, asked) => {
      const read = readAnswer(answer, asked);
      if (answer.type === 'deny') expect(read).toMatchObject({ ok: true, value: { toolAnswer: { decision: 'deny' } } });
      if (!read.ok) return;
      expect(read.value.toolAnswer.decision).toBe(read.value.decision);
      if (read.value.decision === 'allow') expect(answer.type).toBe(asked.kind === 'question' ? 'reply' : 'allow');
      if (read.value.autonomy !== undefined) expect([asked.kind, read.value.autonomy]).not.toContain('tool');
    }),
  );
});
