import type { RuleDecision, RuleScope } from '../../../contract/approval/rule.ts';
import type { Client } from '../../../contract/client.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, type Context, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { chooseProject } from '../../input/choose-project.ts';
import { checkTaskId } from '../../input/ids.ts';
import { ruleLine } from '../../printing/rule.ts';

interface Options {
  tool: string;
  project?: string;
  task?: string;
  everywhere?: boolean;
}

export const run: Command<Options> = async (context, [decision = '', pattern = ''], options) => {
  const places = [options.project, options.task, options.everywhere].filter((place) => place !== undefined);
  if (places.length > 1) throw badInput('A rule applies in one place only.', ['--project', '--task', '--everywhere']);
  if (options.task !== undefined) checkTaskId(options.task);
  return withClient(context, options, async (client) => {
    const scope = await scopeOf(context, client, options);
    // The tree has checked the decision.
    const rule = await client.rules.add({ tool: options.tool, pattern, scope, decision: decision as RuleDecision });
    const projects = options.json ? [] : await client.projects.list();
    show(context, options, rule, () => [ruleLine(rule, projects)]);
    return undefined;
  });
};

async function scopeOf(context: Context, client: Client, { task, project, everywhere }: Options): Promise<RuleScope> {
  if (everywhere) return { type: 'everywhere' };
  if (task !== undefined) return { type: 'task', taskId: task };
  return { type: 'project', projectId: (await chooseProject(context, client, project)).id };
}
