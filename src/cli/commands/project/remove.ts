import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { safeLine } from '../../printing/sanitise.ts';

export const run: Command = (context, [named = ''], options) =>
  withClient(context, options, async (client) => {
    const { id, name, path } = await findProject(context, client, named);
    const removed = await client.projects.remove({ projectId: id });
    show(context, options, removed, () => [`Project ${safeLine(name)} is removed; ${safeLine(path)} is unchanged.`]);
    return undefined;
  });
