import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';

export const run: Command = markDone(true);

/** Takes the work of a task as done, or no longer. */
export function markDone(done: boolean): Command {
  return async (context, [id = ''], options) => {
    const taskId = checkTaskId(id);
    return withClient(context, options, async (client) => {
      const task = await client.tasks.done({ taskId, done, commandId: randomUUID() });
      show(context, options, task, () => [`Task ${taskId} is ${done ? 'done' : 'no longer marked as done'}.`]);
      return undefined;
    });
  };
}
