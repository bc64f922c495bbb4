import { describe, expect, it } from 'vitest';
import {
  answersFor,
  denyFirst,
  FOCUS_MS,
  isDangerous,
  keyCounts,
  mainField,
  readInput,
  replyOf,
  sameShape,
} from './answers.logic.ts';

const suggestion = { tool: 'Bash', pattern: 'npm test', words: 'The command `npm test`' };
const view = { type: 'file', path: '/x' } as const;

describe('answersFor', () => {
  it('offers every answer where a rule could be made', () => {
    expect(answersFor({ kind: 'tool', suggestion, view }).map(({ key }) => key)).toEqual([
      'a',
      't',
      'p',
      'e',
      'd',
      'x',
    ]);
  });
  it('asks for a plan that was not sent', () => {
    const labels = (markdown: string) =>
      answersFor({ kind: 'plan', suggestion: null, view: { type: 'plan', markdown, cut: false } }).map(
        ({ label }) => label,
      );
    expect(labels(' ')).toEqual(['Approve the plan', 'Ask for the plan', 'Deny and stop']);
    expect(labels('# Plan')).toEqual(['Approve the plan', 'Send back', 'Deny and stop']);
  });
  it('offers nothing that would last without a rule, for a plan or for a question', () => {
    const keys = (kind: 'tool' | 'plan' | 'question') =>
      answersFor({ kind, suggestion: kind === 'tool' ? null : suggestion, view }).map(({ answering }) => answering);
    expect(keys('tool')).toEqual(['allow', 'edit', 'deny', 'deny-stop']);
    expect(keys('plan')).toEqual(['allow', 'deny', 'deny-stop']);
    expect(keys('question')).toEqual(['allow', 'deny', 'deny-stop']);
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
  it('has its denials first', () => {
    expect(
      denyFirst(answersFor({ kind: 'tool', suggestion, view }))
        .map(({ key }) => key)
        .join(''),
    ).toBe('dxatpe');
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
