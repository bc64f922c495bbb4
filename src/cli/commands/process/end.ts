import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { Failure } from '../../failure.ts';
import { checkTaskId } from '../../input/ids.ts';
import { readWhole } from '../../input/numbers.ts';

export const run: Command = async (context, [id = '', text = ''], options) => {
  const taskId = checkTaskId(id);
  const pid = readWhole(text, 'The process', 1, Number.MAX_SAFE_INTEGER);
  return withClient(context, options, async (client) => {
    const { processes } = await client.processes.list({ taskId });
    const found = processes.find((one) => one.pid === pid);
    if (found === undefined) throw new Failure('not-found', `Process ${pid} does not belong to task ${taskId}.`);
    const done = await client.processes.end({ taskId, pid, startTime: found.startTime });
    show(context, options, done, () => [
      done.ended ? `Process ${pid} has ended.` : `Process ${pid} does not end, although it was killed.`,
    ]);
    return undefined;
  });
};
