import type { Command } from 'commander';
import type { AddVerb } from './verb.ts';

export function addProcessCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('process')
    .summary('processes of tasks: what they use, and the ports they listen on')
    .description('Processes of tasks: their agents, their terminals, and what those have started.');
  verb(
    group,
    'list <task>',
    'list the processes of a task, with what they use and the ports they listen on',
    () => import('../commands/process/list.ts'),
  );
  verb(
    group,
    'end <task> <pid>',
    'end a process of a task and what it has started, to free its port',
    () => import('../commands/process/end.ts'),
  );
}
