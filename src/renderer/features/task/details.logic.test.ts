import { expect, test } from 'vitest';
import type { Capabilities } from '../../../contract/agent/state.ts';
import { resumeCommand } from './details.logic.ts';

const can = { process: true, resume: true, interrupt: true, approvals: true, mcp: true, usage: true, clocked: true };
const agent = (command: string[] | null) => {
  const capabilities: Capabilities = { ...can, models: [], efforts: [], resumeCommand: command };
  return { capabilities };
};

test('the command that resumes a session is what its backend says, with the id of the session', () => {
  expect(resumeCommand(agent(['my agent', '--resume']), 'a4d8c0de-1')).toBe("'my agent' --resume a4d8c0de-1");
});

test('there is none where the backend has none, and for an id that would be more than a word', () => {
  expect(resumeCommand(agent(null), 'a1')).toBeNull();
  expect(resumeCommand(undefined, 'a1')).toBeNull();
  expect(resumeCommand(agent(['x']), 'a1; rm -rf /')).toBeNull();
  expect(resumeCommand({ capabilities: { ...can, models: [], efforts: [] } as never }, 'a1')).toBeNull();
});
