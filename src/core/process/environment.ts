import { withoutProxyForLoopback } from './no-proxy.ts';

type Environment = Record<string, string>;

/** Of the program that was started, not of those below it. */
const NEVER_PASSED = new Set(['ELECTRON_RUN_AS_NODE', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE']);

/** Git's own way of telling an inner git which repository it works in; set inside hooks and `git rebase --exec`. */
export const GIT_PLACE_VARIABLES: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
]);

/**
 * The environment for everything Drover starts: a copy of `base`, the user's, without what belongs to Drover, to
 * Electron or to an outer git command, and in which nothing asks a proxy for this machine; then `extra`, as it is.
 */
export function agentEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Environment> = {},
): Environment {
  const environment: Environment = {};
  for (const [name, value] of Object.entries(base)) {
    if (value === undefined || NEVER_PASSED.has(name) || GIT_PLACE_VARIABLES.has(name)) continue;
    if (name.startsWith('DROVER_')) continue;
    environment[name] = value;
  }
  return { ...withoutProxyForLoopback(environment), ...extra };
}
