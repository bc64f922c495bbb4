import { accept } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import type { CoreApi } from '../core-api.ts';
import type { TaskStore } from './store.ts';

/** The calls on queued messages. */
export function createMessageCalls({ store }: { store: TaskStore }): CoreApi['messages'] {
  function change(taskId: string, command: TaskCommand, commandId: string | undefined) {
    const done = store.dispatch(taskId, command, commandId);
    return done.ok ? accept(done.value.task) : done;
  }
  return {
    edit: async ({ taskId, messageId, text, commandId }) =>
      change(taskId, { type: 'message.edit', messageId, text }, commandId),
    remove: async ({ taskId, messageId, commandId }) =>
      change(taskId, { type: 'message.withdraw', messageId }, commandId),
  };
}
