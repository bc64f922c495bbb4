import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { safeLine } from '../../printing/sanitise.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const { names } = await client.agents.commands({ taskId });
    show(context, options, names, () => names.map((name) => safeLine(`/${name}`)));
    if (names.length === 0 && !options.json) {
      remark(
        context,
        'No command is known. An agent tells its commands when it begins a turn, unless it runs in a terminal.',
      );
    }
    return undefined;
  });
};
