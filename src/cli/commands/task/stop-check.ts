import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const task = await client.tasks.stopCheck({ taskId, commandId: randomUUID() });
    show(context, options, task, () => ['The check is stopped and counts as failed.']);
    return undefined;
  });
};
