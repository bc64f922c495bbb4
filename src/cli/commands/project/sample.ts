import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { projectLines } from '../../printing/project.ts';

export const run: Command = (context, _, options) =>
  withClient(context, options, async (client) => {
    const project = await client.projects.sample();
    show(context, options, project, (view) => projectLines(view, project));
    return undefined;
  });
