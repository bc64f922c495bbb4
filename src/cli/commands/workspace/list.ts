import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { checkTaskId } from '../../input/ids.ts';
import { workspaceTable } from '../../printing/workspace.ts';

export const run: Command<{ project?: string; task?: string }> = async (context, _args, options) => {
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  return withClient(context, options, async (client) => {
    const projectId =
      options.project === undefined ? undefined : (await findProject(context, client, options.project)).id;
    const workspaces = await client.workspaces.list({ projectId, taskId });
    show(context, options, workspaces, (view) => workspaceTable(view, workspaces));
    if (workspaces.length === 0 && !options.json) remark(context, 'No workspaces.');
    return undefined;
  });
};
