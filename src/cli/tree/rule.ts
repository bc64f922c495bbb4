import { Argument, type Command, Option } from 'commander';
import type { RuleDecision } from '../../contract/approval/rule.ts';
import { COMMAND_TOOL, EDIT_TOOL } from '../../contract/approval/rule-tool.ts';
import { AUTONOMIES } from '../../contract/words/autonomy.ts';
import type { AddVerb } from './verb.ts';

const DECISIONS: Record<RuleDecision, true> = { allow: true, ask: true, deny: true };

const HELP = `
Examples:
  $ drover rule add allow "npm run *"                            commands, in the project of this folder
  $ drover rule add deny "git push *" --everywhere
  $ drover rule add allow "docs/**" --tool ${EDIT_TOOL} --task a3k9x02bq
  $ drover rule try "npm run build && git push"                  who would answer, and why
  $ drover rule set u3k9x02bq --off

Deny beats ask, and ask beats allow. Every part of a command has to be allowed. Some things are
always asked about, whatever the rules say; the settings of a project can lift that.`;

const PATTERN_HELP = `
For commands (the tool ${COMMAND_TOOL}) a pattern is words, of which the last may be * for anything that
follows. For tools with a path it is a path in the workspace or an absolute one, in which **, *, ?
and {a,b} stand for what may differ. For other tools it is *.`;

export function addRuleCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('rule')
    .summary('rules: decisions that answer approvals for you')
    .description('Rules: stored decisions that answer approvals.')
    .addHelpText('after', HELP);
  verb(group, 'list', 'list all rules, newest first', () => import('../commands/rule/list.ts'))
    .option('-p, --project <project>', 'only those that apply in this project')
    .option('--task <task>', 'only those that apply in this task');
  withPlace(
    verb(group, 'add', 'make a rule', () => import('../commands/rule/add.ts'))
      .addArgument(new Argument('<decision>', 'what is done').choices(Object.keys(DECISIONS)))
      .argument('<pattern>', 'what it is about')
      .option('--tool <tool>', 'the tool it is about; * for all', COMMAND_TOOL),
  )
    .option('--everywhere', 'it applies in every project')
    .addHelpText('after', PATTERN_HELP);
  verb(group, 'set <rule>', 'change a rule', () => import('../commands/rule/set.ts'))
    .option('--pattern <pattern>', 'what it is about')
    .addOption(new Option('--decision <decision>', 'what is done').choices(Object.keys(DECISIONS)))
    .option('--on', 'turn it on')
    .option('--off', 'turn it off, but keep it');
  verb(group, 'remove <rule>', 'delete a rule', () => import('../commands/rule/remove.ts'));
  withPlace(
    verb(
      group,
      'try <text>',
      'say what would happen to a command or a path, and why',
      () => import('../commands/rule/try.ts'),
    ).option('--tool <tool>', 'the tool that would be used', COMMAND_TOOL),
  ).addOption(new Option('--autonomy <word>', 'as if the task had this autonomy').choices(AUTONOMIES));
}

function withPlace(command: Command): Command {
  return command
    .option('-p, --project <project>', 'in this project (default: the one of this folder)')
    .option('--task <task>', 'in this task');
}
