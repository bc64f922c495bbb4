import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { checkTaskId } from '../../input/ids.ts';
import { terminalTable } from '../../printing/terminal.ts';

export const run: Command<{ project?: string; task?: string }> = async (context, _args, options) => {
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  return withClient(context, options, async (client) => {
    const project = options.project === undefined ? null : await findProject(context, client, options.project);
    const terminals = await client.terminals.list({ projectId: project?.id, taskId });
    show(context, options, terminals, (view) =>
      terminals.length === 0
        ? ['There are no terminals. Open one with `drover terminal open`.']
        : terminalTable(view, terminals),
    );
    return undefined;
  });
};
