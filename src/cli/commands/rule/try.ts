import type { Autonomy } from '../../../contract/agent/state.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { chooseProject } from '../../input/choose-project.ts';
import { checkTaskId } from '../../input/ids.ts';
import { trialLines } from '../../printing/rule.ts';

interface Options {
  tool: string;
  project?: string;
  task?: string;
  autonomy?: Autonomy;
}

export const run: Command<Options> = async (context, [text = ''], options) => {
  const { tool, autonomy } = options;
  if (options.project !== undefined && options.task !== undefined) {
    throw badInput('A task is in a project: name one of them.', ['--project', '--task']);
  }
  const taskId = options.task === undefined ? undefined : checkTaskId(options.task);
  return withClient(context, options, async (client) => {
    const projectId = taskId === undefined ? (await chooseProject(context, client, options.project)).id : undefined;
    const trial = await client.rules.try({ tool, text, taskId, projectId, autonomy });
    show(context, options, trial, (view) => trialLines(view, trial));
    return undefined;
  });
};
