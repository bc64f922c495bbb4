import { type Command, Option } from 'commander';
import type { ApprovalStatus } from '../../contract/approval/state.ts';
import { AUTONOMIES_AFTER_PLAN } from '../../contract/words/autonomy.ts';
import { type AddVerb, repeatable } from './verb.ts';

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
  $ drover approval allow q3k9x02bq --always                     and never ask for the like in this project
  $ drover approval deny q3k9x02bq "Use the test database" 
  $ drover approval answer q3k9x02bq SQLite "1,3"                one answer for each question`;

const ANSWER_HELP = `
One word or text for each question, in their order: the number or the name of a choice,
several joined by commas where several may be chosen, or words of your own. A dash leaves
a question out. \`drover approval show\` shows the questions.`;

export function addApprovalCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('approval')
    .summary('approvals: what agents ask before they act')
    .description('Approvals: what agents ask before they act. Until there is an answer, nothing happens.')
    .addHelpText('after', HELP);
  verb(
    group,
    'list',
    'list what waits for an answer, oldest first; or what was asked and answered',
    () => import('../commands/approval/list.ts'),
  )
    .option('-p, --project <project>', 'only those of this project')
    .option('--task <task>', 'only those of this task')
    .addOption(
      repeatable('-s, --status <status>', 'only those in this status')
        .choices(Object.keys(STATUSES))
        .argParser(readStatus),
    )
    .option('--all', 'also those that are answered, newest first')
    .option('--limit <n>', 'at most so many (default: 50)');
  verb(
    group,
    'show <approval>',
    'show what would happen, and why it is asked',
    () => import('../commands/approval/show.ts'),
  );
  verb(group, 'allow <approval>', 'let it happen, or approve a plan', () => import('../commands/approval/allow.ts'))
    .option('--task', 'and everything of this kind in this task')
    .option('--always', 'and everything of this kind in this project')
    .option('--pattern <text>', 'what the rule of --task or --always matches (default: as suggested)')
    .option('--edit <path>', 'a file with JSON that takes the place of the input; - for standard input')
    .addOption(new Option('--autonomy <word>', 'how the task goes on after its plan').choices(AUTONOMIES_AFTER_PLAN));
  verb(group, 'deny <approval> [words...]', 'do not let it happen', () => import('../commands/approval/deny.ts'))
    .option('--words <text>', 'what the agent is told')
    .option('--stop', 'and stop the task');
  verb(
    group,
    'answer <approval> [answers...]',
    'answer the questions of an agent',
    () => import('../commands/approval/answer.ts'),
  ).addHelpText('after', ANSWER_HELP);
  verb(group, 'export', 'print all that was asked and answered', () => import('../commands/approval/export.ts'))
    .addOption(
      new Option('--format <format>', 'csv, or one JSON object a line').choices(['csv', 'json']).default('csv'),
    )
    .option('-p, --project <project>', 'only those of this project')
    .option('--task <task>', 'only those of this task');
}

function readStatus(value: string, before: string[] | undefined): string[] {
  if (!Object.hasOwn(STATUSES, value)) {
    throw Object.assign(new Error(`Allowed choices are ${Object.keys(STATUSES).join(', ')}.`), {
      code: 'commander.invalidArgument',
    });
  }
  return [...(before ?? []), value];
}
