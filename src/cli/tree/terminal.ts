import type { Command } from 'commander';
import type { AddVerb } from './verb.ts';

const HELP = `
In an attached terminal, Ctrl-] detaches: the shell runs on.

Examples:
  $ drover terminal open --task a3k9x02bq --attach
  $ drover terminal attach k3k9x02bq --detach-key ctrl-q
  $ drover terminal send k3k9x02bq --enter "npm test"
  $ drover terminal read k3k9x02bq --lines 200`;

export function addTerminalCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('terminal')
    .summary('terminals: shells in workspaces and projects')
    .description('Terminals: login shells in the workspaces of tasks and in the folders of projects.')
    .addHelpText('after', HELP);
  verb(group, 'list', 'list terminals', () => import('../commands/terminal/list.ts'))
    .option('-p, --project <project>', 'only those of this project')
    .option('--task <task>', 'only those of this task');
  verb(group, 'show <terminal>', 'show a terminal', () => import('../commands/terminal/show.ts'));
  verb(
    group,
    'open',
    'open a terminal in a project (default: that of this folder) or in the workspace of a task',
    () => import('../commands/terminal/open.ts'),
  )
    .option('-p, --project <project>', 'in the folder of this project')
    .option('--task <task>', 'in the workspace of this task')
    .option('--name <name>', 'name in lists')
    .option('--attach', 'attach to it at once')
    .option('--detach-key <key>', 'detaches, such as ctrl-q', 'ctrl-]');
  verb(
    group,
    'attach <terminal>',
    'use a terminal here until the detach key',
    () => import('../commands/terminal/attach.ts'),
  ).option('--detach-key <key>', 'detaches, such as ctrl-q', 'ctrl-]');
  verb(
    group,
    'send <terminal> [text...]',
    'type into a terminal; without text, what is on standard input',
    () => import('../commands/terminal/send.ts'),
  ).option('--enter', 'press Enter afterwards');
  verb(
    group,
    'read <terminal>',
    'print what a terminal shows, as plain text',
    () => import('../commands/terminal/read.ts'),
  ).option('--lines <n>', 'so many lines before it, too');
  verb(group, 'rename <terminal> <name>', 'rename a terminal', () => import('../commands/terminal/rename.ts'));
  verb(
    group,
    'move <terminal>',
    'put a terminal before another one, or last',
    () => import('../commands/terminal/move.ts'),
  ).option('--before <terminal>', 'the one that comes after it (default: none, so that it is the last)');
  verb(
    group,
    'restart <terminal>',
    'start a new shell; refused while a program runs in it',
    () => import('../commands/terminal/restart.ts'),
  ).option('--force', 'also while a program runs in it');
  verb(
    group,
    'close <terminal>',
    'end a terminal and all it has started; refused while a program runs in it',
    () => import('../commands/terminal/close.ts'),
  ).option('--force', 'also while a program runs in it');
}
