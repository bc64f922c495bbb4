import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { findMessage } from '../../input/find-message.ts';
import { checkTaskId } from '../../input/ids.ts';

export const run: Command = async (context, [id = '', message], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const messageId = message === undefined ? undefined : await findMessage(client, taskId, message);
    const task = await client.messages.send({ taskId, messageId, commandId: randomUUID() });
    show(context, options, task, () => [
      `The agent of ${taskId} is interrupted and reads ${messageId === undefined ? 'what is queued' : 'the message'} now.`,
    ]);
    return undefined;
  });
};
