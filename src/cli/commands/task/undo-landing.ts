import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';

export const run: Command<{ touchCheckout?: boolean }> = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  const { touchCheckout } = options;
  return withClient(context, options, async (client) => {
    const task = await client.landings.undo({ taskId, touchCheckout, commandId: randomUUID() });
    show(context, options, task, () => ['The landing is undone; the work is still on its own branch.']);
    return undefined;
  });
};
