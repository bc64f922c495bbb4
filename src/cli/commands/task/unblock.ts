import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import type { Command } from '../../context.ts';
import { checkItemId, checkTaskId } from '../../input/ids.ts';
import { lostAndBack, showOrAwait, type WaitOptions } from '../../wait.ts';

export const run: Command<WaitOptions & { skip?: boolean }> = async (context, [id = '', ...items], options) => {
  const taskId = checkTaskId(id);
  const itemIds = items.map(checkItemId);
  return withClient(context, { ...options, onState: lostAndBack(context) }, async (client) => {
    const chosen = itemIds.length > 0 ? { itemIds } : {};
    const task = await client.tasks.unblock({
      taskId,
      ...chosen,
      skip: options.skip ?? false,
      commandId: randomUUID(),
    });
    return showOrAwait(context, client, options, task);
  });
};
