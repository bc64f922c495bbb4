import { expect, it } from 'vitest';
import type { ApprovalDecision } from '../../../contract/approval/state.ts';
import { decidedWords } from './decided.logic.ts';

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
  [null, 'Waits for an answer'],
  [{}, 'Allowed by you in the tray'],
  [{ scope: 'project', from: 'pop-up' }, 'Allowed by you in the pop-up, always in this project'],
  [{ decision: 'deny', by: 'rule', from: null, scope: null }, 'Denied by a rule'],
  [{ by: 'autonomy', from: null, scope: null }, 'Allowed by the autonomy of the task'],
  [{ decision: 'expired', by: 'drover', from: null, scope: null }, 'Expired'],
  [{ decision: 'withdrawn', by: 'drover', from: null, scope: null }, 'Withdrawn by the agent'],
])('%j is told as “%s”', (change, words) => {
  expect(decidedWords({ decision: change === null ? null : { ...decision, ...change } })).toBe(words);
});
