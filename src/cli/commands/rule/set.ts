import type { RuleDecision } from '../../../contract/approval/rule.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { badInput } from '../../failure.ts';
import { checkRuleId } from '../../input/ids.ts';
import { ruleLine } from '../../printing/rule.ts';

interface Options {
  pattern?: string;
  decision?: RuleDecision;
  on?: boolean;
  off?: boolean;
}

export const run: Command<Options> = async (context, [id = ''], options) => {
  const { pattern, decision, on, off } = options;
  const ruleId = checkRuleId(id);
  if (on && off) throw badInput('A rule is either on or off.', ['--on', '--off']);
  const enabled = on ? true : off ? false : undefined;
  if (pattern === undefined && decision === undefined && enabled === undefined) {
    throw badInput('Nothing to set.', ['--pattern', '--decision', '--on', '--off']);
  }
  return withClient(context, options, async (client) => {
    const rule = await client.rules.set({ ruleId, pattern, decision, enabled });
    const projects = options.json ? [] : await client.projects.list();
    show(context, options, rule, () => [ruleLine(rule, projects)]);
    return undefined;
  });
};
