import { expect, it } from 'vitest';
import type { LoggedEvent } from '../../contract/task/events.ts';
import { createDoing } from './doing.ts';

it('knows the last call of a task that says something, until its turn is over', () => {
  const { calls, take } = createDoing();
  const hear = (event: object) => take({ seq: 1, taskId: 'a1', at: 0, event } as unknown as LoggedEvent);
  const command = { kind: 'command', title: 'Bash', command: 'npm test' };
  hear({ type: 'tool.called', call: command });
  hear({ type: 'tool.called', call: { kind: 'checklist', title: 'x', tool: 'item_set' } });
  expect(calls.get().get('a1')).toBe(command);
  hear({ type: 'turn.settled' });
  expect(calls.get().size).toBe(0);
});
