import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { takeTask } from '../../input/agent-task.ts';
import { checkItemId, checkItemStatus, ITEM_STATUSES } from '../../input/ids.ts';
import { itemLines } from '../../printing/item.ts';

export const run: Command<{ reason?: string }> = async (context, words, options) => {
  const { taskId, rest } = takeTask(context, options, words);
  const [id, word, ...more] = rest;
  if (id === undefined || word === undefined) {
    throw badInput('Name the item and its status: drover item set <task> <item> <status>.', ITEM_STATUSES);
  }
  if (more.length > 0) throw badInput('Too many words: the reason of a blocked item is given with --reason "<words>".');
  const itemId = checkItemId(id);
  const status = checkItemStatus(word);
  return withClient(context, { ...options, forAgents: true }, async (client) => {
    const item = await client.items.set({ taskId, itemId, status, reason: options.reason, commandId: randomUUID() });
    show(context, options, item, (view) => itemLines(view, item));
    return undefined;
  });
};
