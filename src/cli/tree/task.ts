import { type Command, Option } from 'commander';
import type { TaskStatus } from '../../contract/task/state.ts';
import { AUTONOMIES } from '../../contract/words/autonomy.ts';
import { WAYS } from '../../contract/words/way.ts';
import {
  type AddVerb,
  addLimitOptions,
  addScheduleOptions,
  addWaitOptions,
  choices,
  EXIT_CODES,
  repeatable,
} from './verb.ts';

const STATUSES: Record<TaskStatus, true> = {
  draft: true,
  queued: true,
  running: true,
  completed: true,
  failed: true,
  cancelled: true,
};

const CREATE_HELP = `
The goal is taken from the words, from --file, or from standard input when that is
piped or the goal is "-". Put -- before a goal that begins with a dash.

Examples:
  $ drover task create "Make the tests pass" --item "Fix the parser" --item "Add a test" --wait
  $ drover task create --file goal.md --items-file steps.txt --check "npm test" --follow
  $ git diff | drover task create - --title "Review this" --autonomy plan --project api
  $ drover task create --draft -- "--verbose should be documented"

A command such as that of --check is split into words with quotes and backslashes only;
for anything else that a shell does, ask for one: --check "sh -c 'npm test | tail'".

${EXIT_CODES}`;

export function addTaskCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('task')
    .summary('tasks: the work that agents do')
    .description('Tasks: the work that agents do.');

  const create = addWaitOptions(
    verb(group, 'create [goal...]', 'make a task and start it', () => import('../commands/task/create.ts'))
      .option('-f, --file <path>', 'read the goal from a file')
      .addOption(repeatable('-i, --item <text>', 'an item of the checklist'))
      .option('--items-file <path>', 'read items from a file, one per line')
      .option('-p, --project <project>', 'id, name or path (default: the project of the current folder)')
      .option('--base <ref>', 'branch, tag or commit to begin from (default: what the project has checked out)')
      .option('--agent <agent>', 'the agent that does the work')
      .option('--model <model>', 'model, as the agent names it')
      .option('--effort <effort>', 'effort, as the agent names it')
      .addOption(new Option('--way <word>', 'run the agent headless, or in a terminal').choices(WAYS))
      .addOption(new Option('--autonomy <word>', 'how far the agent may go without asking').choices(AUTONOMIES))
      .addOption(repeatable('--check <command>', 'must succeed after all items are completed'))
      .addOption(
        repeatable('--attach <path>', 'a file for the agent to read, at most 10 MB; or the id of an attachment'),
      )
      .option('--title <text>', 'title in lists (default: from the goal)')
      .option('--draft', 'do not start it yet'),
  );
  addScheduleOptions(addLimitOptions(create)).addHelpText('after', CREATE_HELP);

  verb(group, 'list', 'list tasks, newest first', () => import('../commands/task/list.ts'))
    .option('-p, --project <project>', 'only those of this project')
    .addOption(choices('-s, --status <status>', 'only those in this status', Object.keys(STATUSES)))
    .option('--search <words>', 'only those that have all of these words in title, goal, items or messages')
    .option('--archived', 'only those that were archived, which are left out otherwise')
    .option('--all', 'all tasks, however many')
    .option('--limit <n>', 'maximum number to show (default: 50)');
  addLimitOptions(
    verb(
      group,
      'edit <task>',
      'change a task that is not running, or whose session you have; its limits also while it runs',
      () => import('../commands/task/edit.ts'),
    )
      .option('--goal <text>', 'the goal')
      .option('-f, --file <path>', 'read the goal from a file; - for standard input')
      .option('--title <text>', 'title in lists')
      .option('--base <ref>', 'branch, tag or commit to begin from; empty for what the project has checked out')
      .option('--agent <agent>', 'the agent that does the work')
      .option('--model <model>', 'model; empty for the agent’s default')
      .option('--effort <effort>', 'effort; empty for the agent’s default')
      .addOption(new Option('--way <word>', 'run the agent headless, or in a terminal').choices(WAYS))
      .addOption(new Option('--autonomy <word>', 'how far the agent may go without asking').choices(AUTONOMIES))
      .addOption(repeatable('--check <command>', 'must succeed after all items are completed; empty for none')),
  );
  verb(group, 'runs <task>', 'list the runs of a task, oldest first', () => import('../commands/task/runs.ts'));
  verb(
    group,
    'diff <task>',
    'show what a task has changed, or one of its turns',
    () => import('../commands/task/diff.ts'),
  )
    .option('--turn <turn>', 'only this turn: 2 of the newest run, or 1.2 of the first')
    .option('--from <turn>', 'with --turn: since the end of this one')
    .option('--stat', 'list the files instead, with how many lines')
    .addHelpText(
      'after',
      '\nOn a terminal it is shown in the pager of git. Elsewhere it is what `git apply` takes.\nWith --json: one line for each file of a task, one object for a turn.',
    );
  verb(group, 'show <task>', 'show a task and its checklist', () => import('../commands/task/show.ts'));
  addWaitOptions(verb(group, 'start <task>', 'start a draft', () => import('../commands/task/start.ts')));
  verb(
    group,
    'stop-check <task>',
    'stop the check that runs: it counts as failed, and the agent is told',
    () => import('../commands/task/stop-check.ts'),
  );
  addWaitOptions(verb(group, 'stop <task>', 'stop a task; its work stays', () => import('../commands/task/stop.ts')));
  addWaitOptions(
    verb(
      group,
      'resume <task>',
      'continue in the same session and workspace',
      () => import('../commands/task/resume.ts'),
    ),
  );
  addWaitOptions(
    verb(
      group,
      'unblock <task> [items...]',
      'reopen blocked items, and continue',
      () => import('../commands/task/unblock.ts'),
    ).option('--skip', 'skip the items instead: they are not needed'),
  );
  addWaitOptions(
    verb(
      group,
      'rerun <task>',
      'start from scratch in a new session and workspace',
      () => import('../commands/task/rerun.ts'),
    ),
  );
  verb(
    group,
    'message <task> <text...>',
    'send a message, which the agent reads after its turn; one to a task that has ended resumes it',
    () => import('../commands/task/message.ts'),
  ).addOption(
    repeatable(
      '--attach <path>',
      'a file for the agent, which is shown images if it can be; or the id of an attachment',
    ),
  );
  addScheduleOptions(
    verb(
      group,
      'schedule <task>',
      'say when a task may start: its priority, a time, what it depends on',
      () => import('../commands/task/schedule.ts'),
    ),
  ).option('--now', 'wait neither for a time nor for other tasks');
  verb(group, 'move <task>', 'move a draft or queued task in the queue', () => import('../commands/task/move.ts'))
    .option('--first', 'at the front of the queue')
    .option('--last', 'at the end of the queue')
    .option('--before <task>', 'before this one');
  verb(
    group,
    'land <task>',
    'commit what is uncommitted and move a branch to the work; nothing is pushed',
    () => import('../commands/task/land.ts'),
  )
    .option('--onto <branch>', 'the branch it lands on (default: the one that the work began from)')
    .option('--squash', 'as one commit')
    .option('--ff', 'move the branch forward, or not at all')
    .option('--preview', 'only show what would land')
    .option('-m, --message <text>', 'message of what is committed (default: from the goal and the completed items)')
    .option('--touch-checkout', 'where the branch is checked out, move its files along; they must be clean')
    .option('-y, --yes', 'land without asking');
  verb(
    group,
    'undo-landing <task>',
    'move the branch back to where it was before the work landed',
    () => import('../commands/task/undo-landing.ts'),
  ).option('--touch-checkout', 'where the branch is checked out, move its files back with it');
  verb(group, 'done <task>', 'mark a task as done', () => import('../commands/task/done.ts'));
  verb(group, 'undone <task>', 'no longer mark a task as done', () => import('../commands/task/undone.ts'));
  verb(group, 'archive <task>', 'archive a task, out of lists and board', () => import('../commands/task/archive.ts'));
  verb(group, 'unarchive <task>', 'restore an archived task', () => import('../commands/task/unarchive.ts'));
  verb(group, 'delete <task>', 'delete a task and its log', () => import('../commands/task/delete.ts')).option(
    '--keep-workspace',
    'keep its workspace',
  );
  verb(group, 'wait <task>', 'wait until a task is settled', () => import('../commands/task/wait.ts'))
    .option('--follow', 'show the log meanwhile')
    .option('--timeout <time>', 'wait no longer than this (90s, 10m, 2h); the task continues')
    .addHelpText('after', `\n${EXIT_CODES}\n  124  --timeout ran out`);
  verb(group, 'log <task>', 'show the log of a task', () => import('../commands/task/log.ts'))
    .option('-f, --follow', 'keep printing until the task is settled')
    .option('--from <seq>', 'begin at this sequence number')
    .option('--full', 'long texts, inputs and outputs whole')
    .addHelpText('after', '\nWith --json: one event per line, as it is in the log.');
}
