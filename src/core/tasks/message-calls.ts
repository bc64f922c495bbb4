import type { Agent } from '../../contract/agent/state.ts';
import { reject } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import type { CoreApi } from '../core-api.ts';
import { changed, type TaskStore } from './store.ts';

interface Deps {
  store: TaskStore;
  agents(): readonly Agent[];
  /** Forgets files of a task. */
  forgetFiles(taskId: string, ids: readonly string[]): Promise<void>;
}

/** The calls on queued messages. */
export function createMessageCalls({ store, agents, forgetFiles }: Deps): CoreApi['messages'] {
  function change(taskId: string, command: TaskCommand, commandId: string | undefined) {
    return changed(store.dispatch(taskId, command, commandId));
  }
  return {
    edit: async ({ taskId, messageId, text, commandId }) =>
      change(taskId, { type: 'message.edit', messageId, text }, commandId),
    move: async ({ taskId, messageId, before, commandId }) =>
      change(taskId, { type: 'message.move', messageId, before }, commandId),
    async send({ taskId, messageId, commandId }) {
      const { agent } = store.get(taskId)?.agent ?? {};
      if (agents().find(({ name }) => name === agent)?.capabilities.interrupt === false) {
        return reject('wrong-state', `The agent ${agent} cannot be interrupted: it reads the message after this turn.`);
      }
      return change(taskId, { type: 'message.send', messageId }, commandId);
    },
    async remove({ taskId, messageId, commandId }) {
      const files = store.get(taskId)?.messages.find(({ id }) => id === messageId)?.attachments ?? [];
      const done = change(taskId, { type: 'message.withdraw', messageId }, commandId);
      if (done.ok && files.length > 0) {
        await forgetFiles(
          taskId,
          files.map(({ id }) => id),
        );
      }
      return done;
    },
  };
}
