import { expect, test } from 'vitest';
import type { Capabilities } from '../../../../contract/agent/state.ts';
import { goalBeyondTitle, resumeCommand } from './details.logic.ts';

const can = {
  process: true,
  resume: true,
  interrupt: true,
  approvals: true,
  mcp: true,
  terminal: false,
  steering: false,
  images: false,
  usage: true,
  clocked: true,
};
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

test('a goal is told only beyond the title', () => {
  expect(goalBeyondTitle({ title: 'Add a theme', goal: 'Add a theme' })).toBe('');
  expect(goalBeyondTitle({ title: 'Add a theme', goal: '# Add a theme\n\nA dark one.\n' })).toBe('A dark one.');
  expect(goalBeyondTitle({ title: 'Theme', goal: 'Add a theme' })).toBe('Add a theme');
});
