import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTaskId } from '../../input/ids.ts';
import { taskLines } from '../../printing/task.ts';

export const run: Command = async (context, [id = ''], options) => {
  const taskId = checkTaskId(id);
  return withClient(context, options, async (client) => {
    const [answer, projects] = await Promise.all([
      client.tasks.get({ taskId }),
      options.json ? [] : client.projects.list(),
    ]);
    const project = projects.find((one) => one.id === answer.task.projectId) ?? null;
    show(context, options, answer, (view) => taskLines(view, answer.task, project));
    return undefined;
  });
};
