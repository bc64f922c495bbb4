import { resolve } from 'node:path';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { projectLines } from '../../printing/project.ts';

interface Options {
  name?: string;
  trust?: boolean;
}

export const run: Command<Options> = (context, [path = '.'], options) =>
  withClient(context, options, async (client) => {
    const project = await client.projects.add({
      path: resolve(context.cwd, path),
      name: options.name,
      trusted: options.trust,
    });
    show(context, options, project, (view) => projectLines(view, project));
    return undefined;
  });
