import * as z from 'zod';
import type { Result } from '../../contract/rejection.ts';
import type { Item, Task } from '../../contract/task/state.ts';
import type { AgentTool } from '../core-api.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { Checklist } from './checklist.ts';

const itemArgument = z
  .string()
  .regex(/^[1-9][0-9]{0,4}$/, 'the number of an item, such as "2"')
  .describe('The number of the item, such as "2"');
/** An agent's own texts are bounded well below what a person may write. */
const text = z.string().trim().min(1).max(16_384);

const get = z.strictObject({});
const set = z.strictObject({
  item: itemArgument,
  status: z.enum(['pending', 'in_progress', 'completed']).describe('The new status'),
  note: text.optional().describe('What a reviewer should know'),
});
const note = z.strictObject({ item: itemArgument, text: text.describe('The note') });
const add = z.strictObject({ text: text.describe('What is to be done, in a sentence') });
const blocked = z.strictObject({
  item: itemArgument,
  reason: text.describe('What is in the way, and what the user must do about it'),
});

/** The tools of an agent that works on a task: the same verbs as `drover item`. */
export function createAgentTools({
  store,
  checklist,
}: {
  store: TaskStore;
  checklist: Checklist;
}): readonly AgentTool[] {
  return [
    {
      name: 'task_get',
      description: 'Shows the goal and the checklist of your task as they stand.',
      input: get,
      run: async (_args, taskId) => {
        const task = store.get(taskId);
        return task ? { ok: true, text: describeTask(task) } : { ok: false, text: 'The task is gone.' };
      },
    },
    {
      name: 'item_set',
      description:
        'Sets the status of a checklist item: in_progress when you begin it, completed only when it is done and you have checked it, pending to put it back.',
      input: set,
      run: async (args, taskId) => {
        const { item, status, note: words } = set.parse(args);
        const done = await checklist.set({ taskId, itemId: item, status, reason: null, by: 'agent' });
        if (done.ok && words !== undefined) await checklist.note(taskId, item, words, 'agent');
        return answer(done, (changed) => `Item ${changed.id} is ${changed.status}.${openWords(store.get(taskId))}`);
      },
    },
    {
      name: 'item_note',
      description: 'Adds a note to a checklist item, for the person who reviews the work.',
      input: note,
      run: async (args, taskId) => {
        const { item, text: words } = note.parse(args);
        return answer(await checklist.note(taskId, item, words, 'agent'), (noted) => `Noted on item ${noted.id}.`);
      },
    },
    {
      name: 'item_add',
      description: 'Adds an item at the end of the checklist, for work that turns out to be needed.',
      input: add,
      run: async (args, taskId) =>
        answer(await checklist.add(taskId, add.parse(args).text, null, 'agent'), (item) => `Added as item ${item.id}.`),
    },
    {
      name: 'task_blocked',
      description: 'Reports that you cannot continue an item without the user. Say what is in the way.',
      input: blocked,
      run: async (args, taskId) => {
        const { item, reason } = blocked.parse(args);
        const done = await checklist.set({ taskId, itemId: item, status: 'blocked', reason, by: 'agent' });
        return answer(done, (changed) => `Item ${changed.id} is blocked. The user will be notified; end your turn.`);
      },
    },
  ];
}

function answer(done: Result<Item>, words: (item: Item) => string): { ok: boolean; text: string } {
  return done.ok ? { ok: true, text: words(done.value) } : { ok: false, text: done.rejection.message };
}

function openWords(task: Task | null): string {
  if (!task) return '';
  const open = task.items.filter((item) => item.status === 'pending' || item.status === 'in_progress');
  return open.length === 0 ? ' No item is open.' : ` Still open: ${open.map((item) => item.id).join(', ')}.`;
}

function describeTask(task: Task): string {
  const items = task.items.map((item) => {
    const reason = item.reason ? ` (${item.reason})` : '';
    const check = item.check ? ` [check: ${item.check.join(' ')}]` : '';
    const notes = item.notes.map((one) => `\n   note by ${one.by}: ${one.text}`).join('');
    return `${item.id}. [${item.status}] ${item.text}${reason}${check}${notes}`;
  });
  return `Goal:\n${task.goal}\n\nChecklist:\n${items.length > 0 ? items.join('\n') : '(empty)'}`;
}
