import { accept, reject } from '../../contract/rejection.ts';
import type { CoreApi } from '../core-api.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Checklist } from './checklist.ts';

/** The calls on items. */
export function createItemCalls({ store, checklist }: { store: TaskStore; checklist: Checklist }): CoreApi['items'] {
  return {
    async list({ taskId }) {
      const task = store.get(taskId);
      return task ? accept(task.items) : reject('not-found', `There is no task ${taskId}.`);
    },
    add: async ({ taskId, text, check, commandId }, { by }) =>
      checklist.add(taskId, text, check ?? null, by, commandId),
    set: ({ taskId, itemId, status, reason, commandId }, { by }) =>
      checklist.set({ taskId, itemId, status, reason: reason ?? null, by, commandId }),
    note: async ({ taskId, itemId, text, commandId }, { by }) => checklist.note(taskId, itemId, text, by, commandId),
  };
}
