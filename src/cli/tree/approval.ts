import { type Command, Option } from 'commander';
import type { ApprovalStatus } from '../../contract/approval/state.ts';
import { AUTONOMIES_AFTER_PLAN } from '../../contract/words/autonomy.ts';
import { DECIDER_WORDS } from '../../contract/words/decided.ts';
import { type AddVerb, choices } from './verb.ts';

const STATUSES: Record<ApprovalStatus, true> = {
  pending: true,
  allowed: true,
  denied: true,
  expired: true,
  withdrawn: true,
  unasked: true,
};

const HELP = `
Examples:
  $ drover approval list
  $ drover approval allow q3k9x02bq
  $ drover approval allow q3k9x02bq --always                     always allow this in the project
  $ drover approval deny q3k9x02bq "Use the test database" 
  $ drover approval answer q3k9x02bq SQLite "1,3"                one answer for each question`;

const ANSWER_HELP = `
One word or text for each question, in their order: the number or the name of a choice,
several joined by commas where several may be chosen, or words of your own. A dash leaves
a question out. \`drover approval show\` shows the questions.`;

export function addApprovalCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('approval')
    .summary('approvals: requests of agents that need an answer')
    .description('Approvals: requests of agents that need an answer. Until there is one, nothing happens.')
    .addHelpText('after', HELP);
  const list = verb(
    group,
    'list',
    'list pending approvals, oldest first; or those that match',
    () => import('../commands/approval/list.ts'),
  );
  addFilters(list)
    .option('--all', 'also those that are answered, newest first')
    .option('--limit <n>', 'maximum number to show (default: 50)');
  verb(
    group,
    'show <approval>',
    'show an approval, its input, and why it needs an answer',
    () => import('../commands/approval/show.ts'),
  );
  verb(group, 'allow <approval>', 'allow a request, or approve a plan', () => import('../commands/approval/allow.ts'))
    .option('--task', 'also every request like it in this task')
    .option('--always', 'also every request like it in this project')
    .option('--pattern <text>', 'what the rule of --task or --always matches (default: as suggested)')
    .option('--edit <path>', 'a file with JSON that takes the place of the input; - for standard input')
    .addOption(new Option('--autonomy <word>', 'autonomy of the task after its plan').choices(AUTONOMIES_AFTER_PLAN));
  verb(group, 'deny <approval> [words...]', 'deny a request', () => import('../commands/approval/deny.ts'))
    .option('--message <text>', 'shown to the agent')
    .addOption(new Option('--words <text>').hideHelp())
    .option('--stop', 'and stop the task');
  verb(
    group,
    'answer <approval> [answers...]',
    'answer the questions of an agent',
    () => import('../commands/approval/answer.ts'),
  ).addHelpText('after', ANSWER_HELP);
  addFilters(
    verb(group, 'export', 'print every approval and its answer', () => import('../commands/approval/export.ts')),
  ).addOption(
    new Option('--format <format>', 'csv, or one JSON object per line').choices(['csv', 'json']).default('csv'),
  );
}

function addFilters(command: Command): Command {
  return command
    .option('-p, --project <project>', 'only those of this project')
    .option('--task <task>', 'only those of this task')
    .addOption(choices('-s, --status <status>', 'only those in this status', Object.keys(STATUSES)))
    .addOption(choices('--by <who>', 'only those decided by this', Object.keys(DECIDER_WORDS)))
    .option('--tool <tool>', 'only those of this tool, such as Bash')
    .option('--search <text>', 'only those with this in their title or input')
    .option('--since <time>', 'asked since then: 2h, 7d, 2026-03-01 or "2026-03-01 14:05"')
    .option('--until <time>', 'asked before then');
}
