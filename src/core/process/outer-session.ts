import { delimiter, dirname, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the program of an agent reads from its environment that Drover does not pass on as it is. */
export interface AgentVariables {
  /** Tells which variables of `own` a session of the agent, or what hosts it, has left for its children. */
  leftIn(own: Environment): (name: string) => boolean;
  /** What nothing below Drover may have, whoever has set it. */
  never: ReadonlySet<string>;
}

const DROVER_SESSION = /^DROVER_(RUN|TASK|TASK_TOKEN|URL|COMMAND|MARK)$/;
/** The way the settings of git go down the tree; an outer Drover switches hooks off by it. */
const GIT_SETTINGS = /^GIT_CONFIG_(COUNT|KEY_\d+|VALUE_\d+)$/;

/**
 * `own` without what others left in it for their children: an outer session of an agent, an outer Drover task, npm, a
 * debugger. What the user has set stays. The start-up files of the login shell are read with the result, so whatever
 * they set on top is the user's, whatever its name.
 */
export function withoutOuterSession(own: Environment, agents: readonly AgentVariables[]): Record<string, string> {
  const leftByAgents = agents.map(({ leftIn }) => leftIn(own));
  const inDrover = Boolean(own.DROVER_RUN);
  const inNpm = Boolean(own.npm_execpath ?? own.npm_lifecycle_event);
  const left = (name: string) =>
    leftByAgents.some((leftBy) => leftBy(name)) ||
    DROVER_SESSION.test(name) ||
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
