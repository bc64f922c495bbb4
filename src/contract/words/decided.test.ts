import { expect, it } from 'vitest';
import type { ApprovalDecision } from '../approval/state.ts';
import { decidedWords } from './decided.ts';

const decision: ApprovalDecision = {
  decision: 'allow',
  by: 'user',
  from: 'tray',
  scope: 'once',
  ruleId: null,
  words: '',
  edited: null,
};

it.each<[Partial<ApprovalDecision> | null, string]>([
  [null, 'Waiting for an answer'],
  [{}, 'Allowed by you in the tray'],
  [{ scope: 'project', from: 'pop-up' }, 'Allowed by you in the pop-up, always in this project'],
  [{ decision: 'deny', by: 'rule', from: null, scope: null }, 'Denied by a rule'],
  [{ by: 'autonomy', from: null, scope: null }, 'Allowed by the task’s autonomy'],
  [{ decision: 'expired', by: 'drover', from: null, scope: null }, 'Expired unanswered'],
  [{ decision: 'withdrawn', by: 'drover', from: null, scope: null }, 'Withdrawn by the agent'],
])('%j is told as “%s”', (change, words) => {
  expect(decidedWords(change === null ? null : { ...decision, ...change })).toBe(words);
});
