import { type Command, Option } from 'commander';
import type { ProtectedThing } from '../../contract/approval/state.ts';
import { type AddVerb, addResourceOptions, choices, repeatable } from './verb.ts';

const PROTECTIONS: Record<ProtectedThing, true> = {
  'delete-outside': true,
  'force-push': true,
  'push-default-branch': true,
  'git-config': true,
  'drover-data': true,
  'key-files': true,
};

const SET_HELP = `
A list is replaced as a whole; one empty value empties it.

Examples:
  $ drover project set api --setup "npm ci" --copy .env --check "npm test"
  $ drover project set api --check ""`;

const SAMPLE_HELP = `
It is a small git repository in the data folder, made when there is none yet.

Example:
  $ drover project sample
  $ drover task create "Write a greeting" --project sample --agent demo`;

export function addProjectCommands(program: Command, verb: AddVerb): void {
  const group = program
    .command('project')
    .summary('projects: repositories that Drover may work in')
    .description(
      'Projects: git repositories on this machine that Drover may work in. A project is named by id, name or path.',
    );
  verb(group, 'add <path>', 'add a git repository', () => import('../commands/project/add.ts'))
    .option('--name <name>', 'name in lists (default: that of the folder)')
    .option('--trust', 'let its own hooks, MCP servers and settings run');
  verb(
    group,
    'sample',
    'add a sample project to try Drover in',
    () => import('../commands/project/sample.ts'),
  ).addHelpText('after', SAMPLE_HELP);
  verb(group, 'list', 'list all projects', () => import('../commands/project/list.ts'));
  verb(group, 'show <project>', 'show a project and its settings', () => import('../commands/project/show.ts'));
  verb(
    group,
    'branches <project>',
    'list branches and tags to begin from, newest first',
    () => import('../commands/project/branches.ts'),
  )
    .option('--search <text>', 'only names with this in them')
    .option('--limit <n>', 'maximum number to show (default: 50)');
  verb(
    group,
    'trust <project>',
    'let its own hooks, MCP servers and settings run',
    () => import('../commands/project/trust.ts'),
  ).addOption(new Option('--no').hideHelp());
  verb(
    group,
    'untrust <project>',
    'no longer let its own hooks, MCP servers and settings run',
    () => import('../commands/project/untrust.ts'),
  );
  verb(group, 'git', 'show whether git works here, and what to do if not', () => import('../commands/project/git.ts'));
  const set = verb(
    group,
    'set <project>',
    'change name or settings, or say where it is now',
    () => import('../commands/project/set.ts'),
  )
    .option('--name <name>', 'name in lists')
    .option('--path <folder>', 'where its folder is now, after it was moved')
    .addOption(repeatable('--setup <command>', 'run in a new workspace before the agent starts'))
    .addOption(repeatable('--copy <path>', 'copied from the project into a new workspace, such as .env'))
    .addOption(repeatable('--check <command>', 'must succeed after an agent has completed all items'))
    .option('--branch-prefix <text>', 'branches of new workspaces begin with this')
    .option('--submodules <on|off>', 'initialize submodules in a new workspace (default: off)')
    .addOption(repeatable('--program <agent=command>', 'the program of an agent here, such as claude=/opt/claude'))
    .option('--slots <n>', 'how many of its tasks run at the same time; empty for what the settings say')
    .option('--quiet', 'no notifications about this project')
    .option('--no-quiet', 'notifications as usual')
    .addOption(choices('--lift <protection>', 'no longer always ask about this', Object.keys(PROTECTIONS)))
    .addOption(choices('--protect <protection>', 'always ask about this again', Object.keys(PROTECTIONS)));
  addResourceOptions(set, 'none for no limit, empty for what the settings say').addHelpText('after', SET_HELP);
  verb(
    group,
    'remove <project>',
    'remove a project; its folder is never touched',
    () => import('../commands/project/remove.ts'),
  );
}
