import { Command } from 'commander';
import { addApprovalCommands } from './tree/approval.ts';
import { addAttachmentCommands } from './tree/attachment.ts';
import { addDaemonCommands } from './tree/daemon.ts';
import { addItemCommands } from './tree/item.ts';
import { addMessageCommands } from './tree/message.ts';
import { addOtherCommands } from './tree/others.ts';
import { addProcessCommands } from './tree/process.ts';
import { addProjectCommands } from './tree/project.ts';
import { addRuleCommands } from './tree/rule.ts';
import { addSessionCommands } from './tree/session.ts';
import { addTaskCommands } from './tree/task.ts';
import { addTerminalCommands } from './tree/terminal.ts';
import { createAddVerb, type Dispatch } from './tree/verb.ts';

const HELP = `
Examples:
  $ drover serve                                           run Drover
  $ drover project add .                                   let it work in this repository
  $ drover task create "Make the tests pass" --wait        give it something to do
  $ drover task list --status running
  $ drover task log a3k9x02bq --follow
  $ drover task show a3k9x02bq --json | jq .task.status

Where Drover keeps its data, and where the commands look for it: --data, else the
environment variable DROVER_DATA, else the usual place of the system.`;

export interface ProgramOptions {
  dispatch: Dispatch;
  version: string;
  writeOut(text: string): void;
  writeErr(text: string): void;
  columns(): number | undefined;
}

/** The tree of commands with their options. Mistakes in a command line are thrown as commander's own errors. */
export function createProgram({ dispatch, version, writeOut, writeErr, columns }: ProgramOptions): Command {
  const program = new Command('drover')
    .description('Runs and supervises coding agents on your own machine.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print JSON for programs')
    .option('--data <folder>', 'data folder of the Drover to use')
    .configureOutput({
      writeOut,
      writeErr,
      outputError: () => {},
      getOutHelpWidth: () => columns() ?? 100,
      getErrHelpWidth: () => columns() ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', HELP)
    .exitOverride();
  const verb = createAddVerb(dispatch);
  addTaskCommands(program, verb);
  addProjectCommands(program, verb);
  addItemCommands(program, verb);
  addMessageCommands(program, verb);
  addProcessCommands(program, verb);
  addAttachmentCommands(program, verb);
  addApprovalCommands(program, verb);
  addRuleCommands(program, verb);
  addTerminalCommands(program, verb);
  addSessionCommands(program, verb);
  addDaemonCommands(program, verb);
  addOtherCommands(program, verb);
  return program;
}
