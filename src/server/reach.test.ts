import { describe, expect, test } from 'vitest';
import { api } from '../contract/api.ts';
import { agentOf, type Caller, PERSON } from '../core/core-api.ts';
import { checkReach } from './reach.ts';

const TASK = 'a00000001';
const agent: Caller = agentOf(TASK);
const user: Caller = PERSON;
const calls = Object.entries(api).flatMap(([noun, verbs]) => Object.keys(verbs).map((verb) => `${noun}.${verb}`));

describe('what the token of a task reaches', () => {
  test('is its task and its checklist, and no other call there is', () => {
    const reached = calls.filter((call) => checkReach(agent, call, { taskId: TASK }) === null);
    expect(reached.sort()).toEqual(['items.add', 'items.list', 'items.note', 'items.set', 'tasks.get']);
    expect(calls.every((call) => checkReach(user, call, {}) === null)).toBe(true);
  });

  // An agent that could answer itself, or make itself a rule, would need no approval.
  test.each(calls.filter((call) => /^(approvals|rules|settings|projects|data)\./.test(call)))('is not %s', (call) => {
    expect(checkReach(agent, call, { taskId: TASK })).toMatchObject({ rejection: { code: 'forbidden' } });
  });

  test('is no other task', () => {
    expect(checkReach(agent, 'tasks.get', { taskId: 'a00000002' })).toMatchObject({ rejection: { code: 'forbidden' } });
  });
});
