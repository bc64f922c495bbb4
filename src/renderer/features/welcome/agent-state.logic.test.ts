import { expect, it } from 'vitest';
import type { AgentDetail, Probe } from '../../../contract/agent/state.ts';
import { agentState, offeredAgents } from './agent-state.logic.ts';

const found: Probe = {
  available: true,
  program: '/bin/x',
  version: '2.1.0',
  login: 'yes',
  problem: null,
  hint: null,
};
const gone: Probe = {
  ...found,
  available: false,
  version: null,
  login: 'unknown',
  problem: 'There is none.',
  hint: 'Do.',
};
const stateOf = (probe: Probe) => agentState({ name: 'x', title: 'The X', internal: false, probe } as AgentDetail);

it('says in one sentence how an agent was found, and what solves it', () => {
  expect(stateOf(found)).toEqual({
    isReady: true,
    kind: 'ready',
    words: '2.1.0 · logged in',
    brief: '2.1.0 · logged in',
    hint: null,
    remedy: null,
  });
  expect(stateOf({ ...found, login: 'not-needed', version: null }).words).toBe('Ready');
  expect(stateOf({ ...found, login: 'no', hint: 'Log in.', remedy: 'x login' })).toEqual({
    isReady: false,
    kind: 'signed-out',
    words: 'The X is not logged in.',
    brief: 'Not logged in',
    hint: 'Log in.',
    remedy: 'x login',
  });
  expect(stateOf({ ...gone, remedy: 'install x' })).toMatchObject({
    kind: 'missing',
    words: 'The X is not installed.',
    remedy: 'install x',
  });
  expect(stateOf({ ...gone, version: '1.0', remedy: 'x update' }).words).toBe('The X 1.0 is too old.');
});

it('lets the program that a person chose say itself what is wrong with it', () => {
  expect(stateOf(gone)).toMatchObject({ kind: 'broken', words: 'There is none.', remedy: null });
});

it('offers no agent that is meant for programs, unless it was chosen', () => {
  const agents = [
    { name: 'x', internal: false },
    { name: 'none', internal: true },
  ] as AgentDetail[];
  const names = (chosen?: string) => offeredAgents(agents, chosen).map(({ name }) => name);
  expect(names()).toEqual(['x']);
  expect(names('none')).toEqual(['x', 'none']);
});
