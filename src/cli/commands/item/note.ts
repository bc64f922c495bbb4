import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { takeTask } from '../../input/agent-task.ts';
import { checkItemId } from '../../input/ids.ts';
import { itemLines } from '../../printing/item.ts';

export const run: Command = async (context, words, options) => {
  const { taskId, rest } = takeTask(context, options, words);
  const [id, ...note] = rest;
  const text = note.join(' ');
  if (id === undefined || text.trim() === '') throw badInput('Say the note: drover item note <task> <item> "<text>".');
  const itemId = checkItemId(id);
  return withClient(context, { ...options, forAgents: true }, async (client) => {
    const item = await client.items.note({ taskId, itemId, text, commandId: randomUUID() });
    show(context, options, item, (view) => itemLines(view, item));
    return undefined;
  });
};
