import { withClient } from '../../connection/with-client.ts';
import type { Command } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { checkTaskId } from '../../input/ids.ts';
import { awaitTask, lostAndBack, type WaitOptions } from '../../wait.ts';

export const run: Command<WaitOptions> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, { ...options, onState: lostAndBack(context) }, async (client) => {
    const { task } = await client.tasks.get({ taskId });
    if (task.status === 'draft') {
      throw new Failure('wrong-state', `Task ${taskId} is a draft; \`drover task start ${taskId}\` starts it.`);
    }
    return awaitTask(context, client, options, taskId);
  });
};
