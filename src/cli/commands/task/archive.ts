import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';

export const run: Command = archive(true);

/** Puts a task away, or brings it back. */
export function archive(archived: boolean): Command {
  return async (context, [id = ''], options) => {
    const taskId = checkTaskId(id);
    return withClient(context, options, async (client) => {
      const task = await client.tasks.archive({ taskId, archived, commandId: randomUUID() });
      show(context, options, task, () => [`Task ${taskId} is ${archived ? 'archived' : 'back'}.`]);
      return undefined;
    });
  };
}
