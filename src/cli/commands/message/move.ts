import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { findMessage } from '../../input/find-message.ts';
import { checkTaskId } from '../../input/ids.ts';
import { messageLines } from '../../printing/message.ts';

interface Options {
  first?: boolean;
  last?: boolean;
  before?: string;
}

export const run: Command<Options> = async (context, [id = '', message = ''], options) => {
  const taskId = checkTaskId(id);
  if ([options.first, options.last, options.before].filter(Boolean).length !== 1) {
    throw badInput('Say where to: --first, --last, or --before with another message.');
  }
  return withClient(context, options, async (client) => {
    const messageId = await findMessage(client, taskId, message);
    const { messages } = (await client.tasks.get({ taskId })).task;
    const first = messages.find((other) => other.id !== messageId)?.id ?? null;
    const before = options.before ? await findMessage(client, taskId, options.before) : options.first ? first : null;
    const task = await client.messages.move({ taskId, messageId, before, commandId: randomUUID() });
    show(context, options, task, () => messageLines(task.messages));
    return undefined;
  });
};
