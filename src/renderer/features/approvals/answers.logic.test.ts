import { describe, expect, it } from 'vitest';
import {
  answersFor,
  FOCUS_MS,
  isDangerous,
  keyCounts,
  mainField,
  openQuestion,
  readInput,
  replyOf,
  sameShape,
  withOption,
} from './answers.logic.ts';

const suggestion = { tool: 'Bash', pattern: 'npm test', words: 'The command `npm test`', wider: [] };
const view = { type: 'file', path: '/x' } as const;

describe('answersFor', () => {
  it('offers every answer where a rule could be made, what refuses first', () => {
    expect(answersFor({ kind: 'tool', suggestion, view }).map(({ key }) => key)).toEqual([
      'd',
      'x',
      'a',
      't',
      'p',
      'e',
    ]);
  });
  it('asks for a plan that was not sent', () => {
    const words = (markdown: string) =>
      answersFor({ kind: 'plan', suggestion: null, view: { type: 'plan', markdown, cut: false } }).map(
        ({ label }) => label,
      );
    expect(words(' ')).toEqual(['Ask for the plan', 'Send back and stop task', 'Approve plan']);
    expect(words('# Plan')).toEqual(['Send back', 'Send back and stop task', 'Approve plan']);
  });
  it('lets a question be answered, skipped, or its task be stopped', () => {
    const words = answersFor({ kind: 'question', suggestion: null, view }).map(({ label }) => label);
    expect(words).toEqual(['Skip', 'Stop task', 'Answer']);
  });
  it('offers nothing that would last without a rule, for a plan or for a question', () => {
    const keys = (kind: 'tool' | 'plan' | 'question') =>
      answersFor({ kind, suggestion: kind === 'tool' ? null : suggestion, view }).map(({ answering }) => answering);
    expect(keys('tool')).toEqual(['deny', 'deny-stop', 'allow', 'edit']);
    expect(keys('plan')).toEqual(['deny', 'deny-stop', 'allow']);
    expect(keys('question')).toEqual(['deny', 'deny-stop', 'allow']);
  });
});

describe('what is dangerous', () => {
  const command = (level: 'danger' | 'note') => ({
    type: 'command' as const,
    command: 'x',
    cut: false,
    marks: [{ start: 0, end: 1, level, words: '' }],
  });
  it('is what has a danger in it, or what always asks', () => {
    expect(isDangerous({ view: command('danger'), reason: null })).toBe(true);
    expect(isDangerous({ view: command('note'), reason: null })).toBe(false);
    const reason = { by: 'protected', words: '' } as never;
    expect(isDangerous({ view: { type: 'file', path: '/x' }, reason })).toBe(true);
  });
});

describe('questions by keys', () => {
  const one = {
    question: 'One?',
    header: '',
    multiSelect: false,
    options: [
      { label: 'a', description: '' },
      { label: 'b', description: '' },
    ],
  };
  const many = { ...one, question: 'Many?', multiSelect: true };
  const nothing = { chosen: [], text: '' };

  it('a digit chooses one option, or adds and takes away where several may be chosen', () => {
    expect(withOption(one, nothing, 2)).toEqual({ chosen: ['b'], text: '' });
    expect(withOption(one, { chosen: [], text: 'own' }, 1)).toEqual({ chosen: ['a'], text: '' });
    expect(withOption(many, { chosen: ['a'], text: 'own' }, 2)).toEqual({ chosen: ['a', 'b'], text: 'own' });
    expect(withOption(many, { chosen: ['a', 'b'], text: '' }, 1)).toEqual({ chosen: ['b'], text: '' });
    expect(withOption(one, nothing, 3)).toBeNull();
  });

  it('goes to the first question without an answer', () => {
    expect(openQuestion([one, many], [])).toBe(0);
    expect(openQuestion([one, many], [{ chosen: ['a'], text: '' }])).toBe(1);
    expect(
      openQuestion(
        [one, many],
        [
          { chosen: ['a'], text: '' },
          { chosen: [], text: 'x' },
        ],
      ),
    ).toBe(1);
  });
});

it('counts a key only when the window has had the focus for a while', () => {
  expect(keyCounts(null, 10_000)).toBe(false);
  expect(keyCounts(1000, 1000 + FOCUS_MS - 1)).toBe(false);
  expect(keyCounts(1000, 1000 + FOCUS_MS)).toBe(true);
});

it('answers several at once only when they are of one shape', () => {
  const bash = { kind: 'tool', tool: 'Bash' } as const;
  expect(sameShape([bash, bash])).toBe(true);
  expect(sameShape([bash, { kind: 'tool', tool: 'Write' }])).toBe(false);
  expect(sameShape([{ kind: 'plan', tool: 'ExitPlanMode' }])).toBe(false);
  expect(sameShape([])).toBe(false);
});

describe('replyOf', () => {
  const one = { question: 'Which?', header: '', multiSelect: false, options: [{ label: 'A', description: '' }] };
  const many = { ...one, question: 'Which ones?', multiSelect: true };
  it('is nothing while a question has no answer', () => {
    expect(replyOf([one, many], [{ chosen: ['A'], text: '' }])).toBeNull();
    expect(replyOf([one], [{ chosen: [], text: '  ' }])).toBeNull();
  });
  it('takes own words in the place of one choice, and beside several', () => {
    const replies = [
      { chosen: ['A'], text: 'B' },
      { chosen: ['A'], text: 'C' },
    ];
    expect(replyOf([one, many], replies)).toEqual({
      type: 'reply',
      answers: { 'Which?': 'B', 'Which ones?': ['A', 'C'] },
    });
  });
});

describe('readInput', () => {
  it('takes an object and nothing else', () => {
    expect(readInput('{"command":"ls"}')).toEqual({ ok: true, input: { command: 'ls' } });
    for (const text of ['[]', 'null', '3', '{', '']) expect(readInput(text).ok).toBe(false);
  });
});

it('finds the field that is changed most', () => {
  const call = (field?: string) => ({ kind: 'other', title: 'x', ...(field === undefined ? {} : { field }) }) as const;
  expect(mainField(call('content'), { file_path: 'a', content: 'b' })).toBe('content');
  expect(mainField(call('content'), { content: 5 })).toBeNull();
  expect(mainField(call(), { other: 1 })).toBeNull();
});
