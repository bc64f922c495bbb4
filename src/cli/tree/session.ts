import { type Command, Option } from 'commander';
import { AUTONOMIES } from '../../contract/words/autonomy.ts';
import { type AddVerb, repeatable } from './verb.ts';

const HELP = `
While you have a session, Drover asks its agent nothing. Its terminal is in the window, and here with --attach.
To give it back ends its program and tells the agent what has changed meanwhile; to end
the program yourself does not give it back: take-over opens it again.

A session that you open has no goal. Give it one when you give it back, and Drover continues in it.

Examples:
  $ drover session open --attach
  $ drover session open --project api --branch fix-login
  $ drover session take-over a3k9x02bq --attach
  $ drover session take-over a3k9x02bq --now
  $ drover session give-back a3k9x02bq
  $ drover session give-back a3k9x02bq --goal "Finish what we began" --item "Add a test"`;

export function addSessionCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('session')
    .summary('sessions: open one, step into the conversation of an agent, and out again')
    .description('Sessions: open one, step into the conversation of an agent in a terminal, and out again.')
    .addHelpText('after', HELP);
  addAttachOptions(
    verb(
      group,
      'open',
      'open a session that is yours from the start, in a new workspace',
      () => import('../commands/session/open.ts'),
    )
      .option('-p, --project <project>', 'id, name or path (default: the project of the current folder)')
      .option('--branch <branch>', 'work on this branch (default: a new one)')
      .option('--base <ref>', 'branch, tag or commit that a new branch begins from')
      .option('--title <text>', 'title in lists (default: from the project)')
      .option('--agent <agent>', 'the agent (default: the usual one, or one that has a terminal)')
      .option('--model <model>', 'model, as the agent names it')
      .addOption(new Option('--autonomy <word>', 'how far the agent may go without asking').choices(AUTONOMIES)),
  );
  addAttachOptions(
    verb(
      group,
      'take-over <task>',
      'take over the session of a task after the turn, or open it where it does not run or its program has ended',
      () => import('../commands/session/take-over.ts'),
    ).option('--now', 'end the turn that is under way'),
  );
  verb(
    group,
    'give-back <task>',
    'give a session back: Drover continues in it',
    () => import('../commands/session/give-back.ts'),
  )
    .option('--goal <text>', 'the goal from now on; a session that you opened has none at first')
    .option('-f, --file <path>', 'read the goal from a file; - for standard input')
    .addOption(repeatable('-i, --item <text>', 'adds an item to the checklist'))
    .option('--items-file <path>', 'read items from a file, one per line');
}

function addAttachOptions(command: Command): Command {
  return command
    .option('--attach', 'wait until it is yours, and attach to its terminal')
    .option('--detach-key <key>', 'detaches, such as ctrl-q', 'ctrl-]');
}
