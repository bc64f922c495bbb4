import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { openItems } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';

/** What becomes of a queued message that a person changes, moves, removes or sends at once. Pure; refused once the agent has it. */
export function changeMessage(
  state: Task,
  command: Extract<TaskCommand, { type: 'message.edit' | 'message.move' | 'message.withdraw' | 'message.send' }>,
): Result<TaskEvent[]> {
  if (command.type === 'message.send') return sendNow(state, command.messageId);
  const { messageId } = command;
  const message = state.messages.find(({ id }) => id === messageId);
  if (!message) return reject('wrong-state', goneWords(state, messageId));
  if (command.type === 'message.withdraw') {
    return accept([{ type: 'message.withdrawn', messageId }, ...endIfPointless(state)]);
  }
  if (command.type === 'message.move') {
    const { before } = command;
    const at = state.messages.indexOf(message);
    if (before !== null && !state.messages.some(({ id }) => id === before)) {
      return reject('wrong-state', goneWords(state, before));
    }
    const isThere = before === messageId || (state.messages[at + 1]?.id ?? null) === before;
    return accept(isThere ? [] : [{ type: 'message.moved', messageId, before }]);
  }
  const text = command.text.trim();
  if (text === '') return reject('invalid', 'The message is empty. Remove it instead.', ['message remove']);
  return accept(text === message.text ? [] : [{ type: 'message.edited', messageId, text }]);
}

/** Only what keeps the agent from reading has to end: between two turns a message is sent anyway. */
function sendNow(state: Task, messageId: string | undefined): Result<TaskEvent[]> {
  if (messageId !== undefined && !state.messages.some(({ id }) => id === messageId)) {
    return reject('wrong-state', goneWords(state, messageId));
  }
  if (state.messages.length === 0)
    return reject('wrong-state', `No message is queued for task ${state.id}.`, ['message']);
  if (state.status === 'running' && state.phase !== 'stopping') {
    return accept(state.run?.openTurn == null ? [] : [{ type: 'message.send-requested', messageId }]);
  }
  if (state.status === 'queued') return accept([]);
  const words = `Task ${state.id} is not running. Resume it, and the message is sent.`;
  return reject('wrong-state', words, ['resume']);
}

function goneWords(state: Task, messageId: string): string {
  if (state.run?.carried.some(({ id }) => id === messageId)) return 'The agent has this message already.';
  return 'This message is no longer queued: the agent has it already, or it was removed.';
}

/** A task that was queued only to bring this message does not run without it. */
function endIfPointless(state: Task): TaskEvent[] {
  const onlyForThis =
    state.status === 'queued' &&
    state.nextMode === 'resume' &&
    state.messages.length === 1 &&
    state.items.length > 0 &&
    openItems(state.items).length === 0;
  if (!onlyForThis) return [];
  const words = 'Stopped. The message was removed before it was sent.';
  return [{ type: 'task.cancelled', outcome: { code: 'by-user', words, hint: null } }];
}
