import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';

export const run: Command<{ keepWorkspace?: boolean }> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const removed = await client.tasks.remove({
      taskId,
      keepWorkspace: options.keepWorkspace,
      commandId: randomUUID(),
    });
    show(context, options, removed, () => [`Task ${taskId} is deleted.`]);
    return undefined;
  });
};
