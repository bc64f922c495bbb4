import { expect, it } from 'vitest';
import { isPlain } from './tasks/waiting-approval.ts';
import { shortLine } from './words.ts';

it('is one line of letters, not of half ones, with nothing hidden', () => {
  expect(shortLine(' a\n\tb  c ', 10)).toBe('a b c');
  expect(shortLine('😀😀😀', 2)).toBe('😀…');
  expect(shortLine('a\u001b[31mb\u202e', 40)).toBe('a⟨ESC⟩[31mb⟨RLO⟩');
  expect([...shortLine('x'.repeat(5_000_000), 48)]).toHaveLength(48);
});

const REASON = { by: 'autonomy', words: '', ruleId: null, protects: null } as const;
const asked = { id: 'q1', kind: 'tool', tool: 'Bash', title: 'Run npm install', askedAt: 0 } as const;

it.each([
  ['what its title says in full', asked, REASON, true],
  ['not why it was asked', asked, null, false],
  ['something that always asks', asked, { ...REASON, by: 'protected', protects: 'force-push' } as const, false],
  ['a plan', { ...asked, kind: 'plan' } as const, REASON, false],
  ['a question', { ...asked, kind: 'question' } as const, REASON, false],
  ['a title that was cut', { ...asked, title: 'Run npm install && …' }, REASON, false],
  ['more than one line', { ...asked, title: 'Run a\nb' }, REASON, false],
  ['a hidden character', { ...asked, title: 'Run \u202Etxt' }, REASON, false],
])('whether it can be allowed at a glance: %s', (_what, approval, reason, expected) => {
  expect(isPlain(approval, reason)).toBe(expected);
});
