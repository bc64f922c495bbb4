import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { takeTask } from '../../input/agent-task.ts';
import { checklistLines } from '../../printing/item.ts';

export const run: Command = async (context, words, options) => {
  const { taskId } = takeTask(context, options, words);
  return withClient(context, { ...options, forAgents: true }, async (client) => {
    const items = await client.items.list({ taskId });
    show(context, options, items, (view) => checklistLines(view, items));
    return undefined;
  });
};
