import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { takeTask } from '../../input/agent-task.ts';
import { readCommand } from '../../input/read-command.ts';
import { itemLines } from '../../printing/item.ts';

export const run: Command<{ check?: string }> = async (context, words, options) => {
  const { taskId, rest } = takeTask(context, options, words);
  const text = rest.join(' ');
  if (text.trim() === '') throw badInput('Say what the item is: drover item add <task> "<text>".');
  const check = options.check === undefined ? undefined : readCommand(options.check);
  return withClient(context, { ...options, forAgents: true }, async (client) => {
    const item = await client.items.add({ taskId, text, check, commandId: randomUUID() });
    show(context, options, item, (view) => itemLines(view, item));
    return undefined;
  });
};
