import { Argument, type Command, Option } from 'commander';
import type { AddVerb } from './verb.ts';

const COMPLETION_HELP = `
Set it up once:
  bash  echo 'source <(drover completion bash)' >> ~/.bashrc
  zsh   drover completion zsh > "\${fpath[1]}/_drover"
  fish  drover completion fish > ~/.config/fish/completions/drover.fish`;

const CLEAN_HELP = `
Never removed: work that is not committed or not merged, what a run, a terminal or a waiting task needs,
and what Drover did not make. Each one is looked at once more right before it goes. Branches and logs stay.
Ids in the list choose some: a workspace, a terminal, or a task for its outputs.`;

export function addOtherCommands(program: Command, verb: AddVerb): void {
  const workspaces = program
    .command('workspace')
    .summary('workspaces: the worktrees that tasks work in')
    .description('Workspaces: the git worktrees and branches that tasks work in.');
  verb(workspaces, 'list', 'list workspaces, newest first', () => import('../commands/workspace/list.ts'))
    .option('-p, --project <project>', 'only those of this project')
    .option('--task <task>', 'only those of this task');
  verb(
    workspaces,
    'show <workspace>',
    'show a workspace and its state in git',
    () => import('../commands/workspace/show.ts'),
  );
  verb(
    workspaces,
    'remove <workspace>',
    'remove a worktree; refused while work in it is not merged',
    () => import('../commands/workspace/remove.ts'),
  ).option('--discard', 'also with unmerged work, which is kept aside first');

  verb(
    workspaces,
    'open <workspace>',
    'open a workspace on the screen of this machine',
    () => import('../commands/workspace/open.ts'),
  ).addOption(
    new Option('--in <program>', 'in which program').choices(['editor', 'terminal', 'files']).default('editor'),
  );

  verb(
    workspaces,
    'changes <workspace>',
    'list the files that differ from where the work began',
    () => import('../commands/workspace/changes.ts'),
  );
  verb(
    workspaces,
    'files <workspace> [letters]',
    'list files of a workspace by letters of their path',
    () => import('../commands/workspace/files.ts'),
  ).option('--limit <n>', 'maximum number to show (default: 50)');
  verb(
    workspaces,
    'diff <workspace> [paths...]',
    'show how files differ from where the work began (default: all that changed)',
    () => import('../commands/workspace/diff.ts'),
  );

  const agents = program
    .command('agent')
    .summary('agents that can be chosen')
    .description('The agents that can be chosen.');
  verb(agents, 'list', 'list all agents', () => import('../commands/agent/list.ts'));
  verb(
    agents,
    'commands <task>',
    'list the commands of its own that a message to the agent of a task can be',
    () => import('../commands/agent/commands.ts'),
  );
  verb(
    agents,
    'resume <agent>',
    'start its tasks again before its usage limit lifts',
    () => import('../commands/agent/resume.ts'),
  );
  verb(
    agents,
    'show <agent>',
    'show an agent and whether its program is installed',
    () => import('../commands/agent/show.ts'),
  );

  const config = program
    .command('config')
    .summary('settings of this Drover')
    .description('The settings of this Drover.');
  verb(config, 'list', 'list all settings', () => import('../commands/config/list.ts'));
  verb(config, 'get <key>', 'print a setting', () => import('../commands/config/get.ts'));
  verb(config, 'set <key> <value>', 'change a setting', () => import('../commands/config/set.ts'));
  verb(config, 'unset <key>', 'restore the default', () => import('../commands/config/unset.ts'));

  verb(program, 'serve', 'run Drover here until Ctrl-C', () => import('../commands/serve.ts')).option(
    '--port <port>',
    'port on 127.0.0.1; 0 for any free port',
  );
  verb(program, 'status', 'show what runs here', () => import('../commands/status.ts'));
  verb(program, 'open', 'open Drover in the browser', () => import('../commands/open.ts')).option(
    '--print',
    'only print the link, which works once',
  );
  verb(
    program,
    'pause',
    'pause everything: nothing starts, what runs goes back into the queue',
    () => import('../commands/pause.ts'),
  ).option('--log', 'only list when everything was paused and resumed, and by whom');
  verb(program, 'resume', 'resume everything after a pause', () => import('../commands/resume.ts')).alias('unpause');
  verb(
    program,
    'data',
    'show where the data is and how much space it takes',
    () => import('../commands/data.ts'),
  ).option('--open', 'show the folder in the file manager');
  verb(
    program,
    'clean [ids...]',
    'show what finished tasks have left on the disk; with --yes remove what is not needed',
    () => import('../commands/clean.ts'),
  )
    .option('-p, --project <project>', 'only of tasks of this project')
    .option('--task <task>', 'only of this task')
    .option('--older-than <days>', 'only of tasks that have not changed for so many days')
    .option('--outputs', 'also long outputs of commands and tools; the log stays')
    .option('--terminals', 'also closed terminals, with what was on their screens')
    .option('--dry-run', 'remove nothing, as without --yes')
    .option('--yes', 'remove what the list says can be removed')
    .addHelpText('after', CLEAN_HELP);
  verb(program, 'backup', 'write a copy of the database into the data folder', () => import('../commands/backup.ts'));
  verb(program, 'doctor', 'check what Drover needs, and say what to do', () => import('../commands/doctor.ts'));
  verb(
    program,
    'completion',
    'print a script that completes commands in a shell',
    () => import('../commands/completion.ts'),
  )
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', COMPLETION_HELP);
}
