import type { Command } from 'commander';
import type { AddVerb } from './verb.ts';

const HELP = `
While you have a session, Drover asks its agent nothing. Its terminal is in the window, and here with --attach.
To give it back ends its program and tells the agent what has changed meanwhile; to end
the program yourself does not give it back.

Examples:
  $ drover session take-over a3k9x02bq --attach
  $ drover session take-over a3k9x02bq --now
  $ drover session give-back a3k9x02bq`;

export function addSessionCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('session')
    .summary('sessions: step into the conversation of an agent, and out again')
    .description('Sessions: step into the conversation of an agent in a terminal, and out again.')
    .addHelpText('after', HELP);
  verb(
    group,
    'take-over <task>',
    'take over the session of a task after the turn; one that does not run gets a run for it',
    () => import('../commands/session/take-over.ts'),
  )
    .option('--now', 'end the turn that is under way')
    .option('--attach', 'wait until it is yours, and attach to its terminal')
    .option('--detach-key <key>', 'detaches, such as ctrl-q', 'ctrl-]');
  verb(
    group,
    'give-back <task>',
    'give a session back: Drover continues in it',
    () => import('../commands/session/give-back.ts'),
  );
}
