import { delimiter, dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Each of them says that this process was started by a command of a Claude session. */
const SIGNS_OF_CLAUDE = ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_CODE_CHILD_SESSION', 'CLAUDE_PID'];
/** What a Claude session, or the program that hosts it, gives to its commands; nobody sets these by hand. */
const OF_A_SESSION = new Set([
  'CLAUDECODE',
  'AI_AGENT',
  ...['PID', 'EFFORT', 'PROJECT_DIR', 'ENV_FILE', 'PLUGIN_ROOT', 'PLUGIN_DATA'].map((name) => `CLAUDE_${name}`),
  ...[
    'ENTRYPOINT',
    'EXECPATH',
    'SSE_PORT',
    'AGENT',
    'AGENT_NAME',
    'TEAM_NAME',
    'TOOL_USE_ID',
    'CONTAINER_ID',
    'ENVIRONMENT_KIND',
    'IS_COWORK',
    'PLAN_MODE_REQUIRED',
    'PROVIDER_MANAGED_BY_HOST',
    'RESUME_SOURCE_ALIVE',
    'RESUME_FROM_SESSION',
    'EMIT_SESSION_STATE_EVENTS',
    'SPAWN_TIMESTAMP_MS',
  ].map((name) => `CLAUDE_CODE_${name}`),
]);
const FAMILIES_OF_A_SESSION =
  /^CLAUDE_CODE_((SESSION|CHILD|MESSAGING|BRIDGE|HOST|REMOTE|CCR|SDK|DESKTOP|COWORK|WORKER|RUNNER|LAUNCHED_BY)_|[A-Z_]+_FILE_DESCRIPTOR$)/;
/** Set by a session beside those; outside of one they are the user's. */
const SET_BY_A_SESSION = new Set(['GIT_EDITOR', 'COREPACK_ENABLE_AUTO_PIN', 'NoDefaultCurrentDirectoryInExePath']);
/** What a person sets for Claude Code, also where an outer session may have brought it along. */
const OF_THE_USER =
  /^CLAUDE_CODE_(USE|SKIP|DISABLE|ENABLE|MAX|CLIENT|OAUTH|API_KEY_HELPER|SUBAGENT|AUTO_COMPACT|EFFORT|CERT|GIT_BASH|SHELL|TMPDIR|EXTRA_BODY|PROXY|ADDITIONAL|DEBUG|FILE_READ)_?[A-Z0-9_]*$/;

const DROVER_SESSION = /^DROVER_(RUN|TASK|TASK_TOKEN|URL|COMMAND|MARK)$/;
/** The way the settings of git go down the tree; an outer Drover switches hooks off by it. */
const GIT_SETTINGS = /^GIT_CONFIG_(COUNT|KEY_\d+|VALUE_\d+)$/;

/**
 * `own` without what others left in it for their children: an outer Claude session, an outer Drover task, npm, a
 * debugger. What the user has set stays. The start-up files of the login shell are read with the result, so whatever
 * they set on top is the user's, whatever its name.
 */
export function withoutOuterSession(own: Environment): Record<string, string> {
  const inClaude = SIGNS_OF_CLAUDE.some((name) => own[name]);
  const inDrover = Boolean(own.DROVER_RUN);
  const inNpm = Boolean(own.npm_execpath ?? own.npm_lifecycle_event);
  const left = (name: string) =>
    OF_A_SESSION.has(name) ||
    FAMILIES_OF_A_SESSION.test(name) ||
    DROVER_SESSION.test(name) ||
    (inClaude && (SET_BY_A_SESSION.has(name) || (name.startsWith('CLAUDE_CODE_') && !OF_THE_USER.test(name)))) ||
    (inDrover && GIT_SETTINGS.test(name)) ||
    (inNpm && (name.startsWith('npm_') || name === 'INIT_CWD'));

  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined && !left(name)) environment[name] = value;
  }
  if (inNpm && environment.PATH) environment.PATH = withoutFoldersOfNpm(environment.PATH, own);
  if (environment.NODE_OPTIONS) environment.NODE_OPTIONS = withoutDebugger(environment.NODE_OPTIONS);
  if (environment.NODE_OPTIONS === '') delete environment.NODE_OPTIONS;
  return environment;
}

/** npm puts the programs of a package before all others, among them the Node that Drover brings along. */
function withoutFoldersOfNpm(path: string, own: Environment): string {
  const added = new Set<string>();
  for (let folder = dirname(own.npm_package_json ?? join(own.INIT_CWD ?? '/', 'package.json')); ; ) {
    added.add(join(folder, 'node_modules', '.bin'));
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  return path
    .split(delimiter)
    .filter((folder) => !added.has(folder) && !/[/\\]node-gyp-bin$/.test(folder))
    .join(delimiter);
}

/** A program that waits for a debugger, or takes its port, is of no use to anybody below us. */
function withoutDebugger(options: string): string {
  return options.replace(/(^|\s)--inspect(-[a-z-]+)?(=\S+)?(?=\s|$)/g, '').trim();
}
