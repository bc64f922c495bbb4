import type { Command } from 'commander';
import type { AddVerb } from './verb.ts';

export function addMessageCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('message')
    .summary('messages: what you have written to an agent and it has not read yet')
    .description(
      'Messages: what you have written to an agent and it has not read yet. `drover task message` sends one, `drover task resume` sends those of a task that was stopped.',
    );
  verb(group, 'list <task>', 'list the queued messages of a task', () => import('../commands/message/list.ts'));
  verb(
    group,
    'edit <task> <message> <text...>',
    'change a queued message; - reads it from standard input',
    () => import('../commands/message/edit.ts'),
  );
  verb(
    group,
    'move <task> <message>',
    'move a queued message among the others',
    () => import('../commands/message/move.ts'),
  )
    .option('--first', 'read before all others')
    .option('--last', 'read after all others')
    .option('--before <message>', 'read before this one');
  verb(
    group,
    'send <task> [message]',
    'interrupt the agent, so that it reads one queued message now, or all',
    () => import('../commands/message/send.ts'),
  );
  verb(
    group,
    'remove <task> <message>',
    'remove a queued message: the agent does not get it',
    () => import('../commands/message/remove.ts'),
  );
}
