import { withClient } from '../../connection/with-client.ts';
import type { Command } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { checkTaskId } from '../../input/ids.ts';

interface Options {
  project?: string;
  task?: string;
  format?: 'csv' | 'json';
}

export const run: Command<Options> = async (context, _args, options) => {
  const format = options.json ? 'json' : (options.format ?? 'csv');
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  return withClient(context, options, async (client) => {
    const projectId =
      options.project === undefined ? undefined : (await findProject(context, client, options.project)).id;
    let cursor: string | undefined;
    do {
      const page = await client.approvals.export({ format, projectId, taskId, cursor });
      context.out.write(page.text);
      await context.out.drained();
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return undefined;
  });
};
