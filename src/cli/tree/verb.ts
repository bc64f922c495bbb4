import { type Command, Option } from 'commander';
import { PRIORITIES } from '../../contract/task/priority.ts';
import type { Command as Run } from '../context.ts';

/** Imports the module of a command: only when that command is run, because start-up counts. */
export type Load = () => Promise<{ run: Run<never> }>;

/** Runs what a command line asked for; the tree only says what there is. */
export type Dispatch = (load: Load, command: Command) => Promise<void>;

/** Adds a command such as `show <task>` below `parent`. */
export type AddVerb = (parent: Command, usage: string, summary: string, load: Load) => Command;

export function createAddVerb(dispatch: Dispatch): AddVerb {
  return (parent, usage, summary, load) =>
    parent
      .command(usage)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
      .action((...given: unknown[]) => dispatch(load, given.at(-1) as Command));
}

/** An option that may be given several times; its values in their order. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`).argParser((value: string, before: string[] | undefined) => [
    ...(before ?? []),
    value,
  ]);
}

/** An option of which several values may be chosen, each given by itself. */
export function choices(flags: string, description: string, allowed: readonly string[]): Option {
  return new Option(flags, `${description} (repeatable)`)
    .choices(allowed)
    .argParser((value: string, before: string[] | undefined) => {
      if (allowed.includes(value)) return [...(before ?? []), value];
      throw Object.assign(new Error(`Allowed choices are ${allowed.join(', ')}.`), {
        code: 'commander.invalidArgument',
      });
    });
}

/** The options that set the limits of a task. */
export function addLimitOptions(command: Command): Command {
  return addResourceOptions(command, 'none for no limit')
    .option('--retries <n>', 'how often the agent is sent back to unfinished items')
    .option('--first-response-timeout <time>', 'longest wait for the first response in a turn')
    .option('--turn-timeout <time>', 'longest turn')
    .option('--inactivity-timeout <time>', 'longest silence in a turn');
}

/** The options that set what the processes of a run may use. */
export function addResourceOptions(command: Command, more: string): Command {
  return command
    .option('--memory <size>', `memory of all its processes together, such as 4GB; ${more}`)
    .option('--processes <n>', `how many processes there may be at once; ${more}`)
    .option('--cpu-time <time>', `processor time of a run, such as 2h; ${more}`);
}

/** The options that say when a task may start. */
export function addScheduleOptions(command: Command): Command {
  return command
    .addOption(new Option('--priority <priority>', 'its priority in the queue').choices(PRIORITIES))
    .option('--at <time>', 'start not before this (14:05, 2h, 2026-03-01, "2026-03-01 14:05"); empty for any time')
    .addOption(repeatable('--after <task>', 'start when this one is finished; empty for none'))
    .option('--any', 'one of the tasks of --after is enough')
    .option('--from-branch', 'begin from the branch of the task of --after');
}

/** The options of every command that can wait for its task. */
export function addWaitOptions(command: Command): Command {
  return command
    .option('--wait', 'wait until the task is settled; the exit code says how it ended')
    .option('--follow', 'wait and show the log meanwhile')
    .option('--timeout <time>', 'wait no longer than this (90s, 10m, 2h); the task continues');
}

export const EXIT_CODES = `Exit codes of waiting commands:
  0  completed       2  an item is blocked           4    backend or runtime failure
  1  retries spent   3  bad input or no connection   130  cancelled, or Ctrl-C while waiting`;
