import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { projectLines } from '../../printing/project.ts';

export const run: Command = (context, [named = ''], options) =>
  withClient(context, options, async (client) => {
    const { id } = await findProject(context, client, named);
    const project = await client.projects.get({ projectId: id });
    show(context, options, project, (view) => projectLines(view, project));
    return undefined;
  });
