import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const task = await client.sessions.giveBack({ taskId, commandId: randomUUID() });
    show(context, options, task, () => [`Drover has the session of ${taskId} again, and continues.`]);
    return undefined;
  });
};
