import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { processTable } from '../../printing/process.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const found = await client.processes.list({ taskId });
    show(context, options, found, (view) => processTable(view, found.processes));
    if (options.json) return undefined;
    if (found.processes.length === 0) remark(context, 'No process of this task runs.');
    else if (!found.portsKnown) remark(context, 'This system does not tell which ports are listened on.');
    return undefined;
  });
};
