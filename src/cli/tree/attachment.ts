import type { Command } from 'commander';
import type { AddVerb } from './verb.ts';

export function addAttachmentCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('attachment')
    .summary('attachments: files given with the goal of a task or a message')
    .description(
      'Attachments: files given with the goal of a task or a message. `drover task create --attach` and `drover task message --attach` take a path, or the id of one that was added here.',
    );
  verb(
    group,
    'add <path...>',
    'upload files for a task or message to come; each is deleted after 24 h if unused',
    () => import('../commands/attachment/add.ts'),
  );
  verb(group, 'list <task>', 'list the attachments of a task', () => import('../commands/attachment/list.ts'));
  verb(
    group,
    'remove <attachment>',
    'delete a file that no task has taken yet',
    () => import('../commands/attachment/remove.ts'),
  );
}
