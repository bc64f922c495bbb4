import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import type { Command } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { lostAndBack, showOrAwait, type WaitOptions } from '../../wait.ts';

export const run: Command<WaitOptions> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, { ...options, onState: lostAndBack(context) }, async (client) => {
    const task = await client.tasks.stop({ taskId, commandId: randomUUID() });
    return showOrAwait(context, client, options, task);
  });
};
