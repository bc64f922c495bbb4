import type { TaskStatus, TaskSummary } from '../../../contract/task/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { readWhole } from '../../input/numbers.ts';
import { taskTable } from '../../printing/task.ts';

interface Options {
  project?: string;
  status?: TaskStatus[];
  archived?: boolean;
  all?: boolean;
  limit?: string;
  search?: string;
}

const SHOWN = 50;
const PAGE = 500;

export const run: Command<Options> = async (context, _args, options) => {
  const limit = readWhole(options.limit ?? String(options.all ? PAGE : SHOWN), '--limit', 1, PAGE);
  return withClient(context, options, async (client) => {
    const projectId =
      options.project === undefined ? undefined : (await findProject(context, client, options.project)).id;
    const query = {
      projectId,
      status: options.status,
      search: options.search,
      archived: options.archived ?? false,
      limit,
    };
    const projects = options.json ? [] : client.projects.list();
    const first = await client.tasks.list(query);
    const tasks: TaskSummary[] = first.tasks;
    let cursor = first.nextCursor;
    while (options.all && cursor !== null) {
      const page = await client.tasks.list({ ...query, cursor });
      tasks.push(...page.tasks);
      cursor = page.nextCursor;
    }
    const known = await projects;
    show(context, options, { tasks, nextCursor: cursor, fromSeq: first.fromSeq, hits: first.hits }, (view) =>
      taskTable(view, tasks, known),
    );
    if (options.json) return undefined;
    if (tasks.length === 0 && options.search !== undefined) remark(context, 'No matching tasks.');
    else if (tasks.length === 0) remark(context, 'No tasks. Make one with `drover task create "<goal>"`.');
    else if (cursor !== null) remark(context, 'There are older ones: --all shows them.');
    return undefined;
  });
};
