import type { Command } from 'commander';
import type { AddVerb } from './verb.ts';

const HELP = `
An agent started by Drover leaves the task out: it has its own.

Examples:
  $ drover item set a3k9x02bq 2 completed
  $ drover item set a3k9x02bq 2 blocked --reason "The API key is missing"
  $ drover item note a3k9x02bq 2 "Found the cause: the cache is never cleared"`;

export function addItemCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('item')
    .summary('items: the checklist of a task')
    .description('Items: the steps of the checklist of a task.')
    .addHelpText('after', HELP);
  verb(group, 'list [task]', 'show the checklist', () => import('../commands/item/list.ts'));
  verb(group, 'add [words...]', 'add an item at the end', () => import('../commands/item/add.ts'))
    .usage('[options] <task> <text>')
    .option('--check <command>', 'must succeed before the item may be completed');
  verb(
    group,
    'set [words...]',
    'set the status: pending, in_progress, completed, blocked or skipped',
    () => import('../commands/item/set.ts'),
  )
    .usage('[options] <task> <item> <status>')
    .option('--reason <text>', 'why it is blocked');
  verb(group, 'note [words...]', 'add a note', () => import('../commands/item/note.ts')).usage(
    '[options] <task> <item> <text>',
  );
}
