import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { projectTable } from '../../printing/project.ts';

export const run: Command = (context, _args, options) =>
  withClient(context, options, async (client) => {
    const projects = await client.projects.list();
    show(context, options, projects, (view) => projectTable(view, projects));
    if (projects.length === 0 && !options.json)
      remark(context, 'No projects yet. Add one with `drover project add <path>`.');
    return undefined;
  });
