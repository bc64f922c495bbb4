import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { findMessage } from '../../input/find-message.ts';
import { checkTaskId } from '../../input/ids.ts';
import { readText } from '../../input/read-text.ts';
import { messageLines } from '../../printing/message.ts';

export const run: Command = async (context, [id = '', message = '', ...words], options) => {
  const taskId = checkTaskId(id);
  const text = words.length === 1 && words[0] === '-' ? await readText(context, '-') : words.join(' ');
  if (text.trim() === '') throw badInput('The message is empty. `drover message remove` removes it.');
  return withClient(context, options, async (client) => {
    const messageId = await findMessage(client, taskId, message);
    const task = await client.messages.edit({ taskId, messageId, text, commandId: randomUUID() });
    show(context, options, task, () => messageLines(task.messages));
    return undefined;
  });
};
