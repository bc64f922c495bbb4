import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { checkTaskId } from '../../input/ids.ts';
import { ruleTable } from '../../printing/rule.ts';

interface Options {
  project?: string;
  task?: string;
}

export const run: Command<Options> = async (context, _args, options) => {
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  return withClient(context, options, async (client) => {
    const projectId =
      options.project === undefined ? undefined : (await findProject(context, client, options.project)).id;
    const [rules, projects] = await Promise.all([
      client.rules.list({ projectId, taskId }),
      options.json ? [] : client.projects.list(),
    ]);
    show(context, options, rules, (view) => ruleTable(view, rules, projects));
    if (rules.length === 0 && !options.json)
      remark(context, 'No rules yet. Make one with `drover rule add allow "npm run *"`.');
    return undefined;
  });
};
