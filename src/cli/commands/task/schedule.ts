import { randomUUID } from 'node:crypto';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkTaskId } from '../../input/ids.ts';
import { readSchedule, type ScheduleOptions } from '../../input/schedule.ts';
import { taskLine } from '../../printing/task.ts';

interface Options extends ScheduleOptions {
  now?: boolean;
}

export const run: Command<Options> = (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  if (options.now && (options.at !== undefined || options.after !== undefined)) {
    throw badInput('--now waits for nothing, so it goes with neither --at nor --after.');
  }
  const change = { ...readSchedule(options, Date.now()), ...(options.now ? { startAt: null, after: null } : {}) };
  if (Object.keys(change).length === 0) {
    throw badInput('Say what changes: --priority, --at, --after or --now.');
  }
  return withClient(context, options, async (client) => {
    const task = await client.tasks.schedule({ taskId, change, commandId: randomUUID() });
    show(context, options, task, (view) => [taskLine(view, task)]);
    return undefined;
  });
};
