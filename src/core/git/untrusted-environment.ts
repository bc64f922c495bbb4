/** Settings of git that keep a repository's own programs from being run by any git command. */
const OFF: readonly (readonly [key: string, value: string])[] = [
  ['core.hooksPath', process.platform === 'win32' ? 'NUL' : '/dev/null'],
  ['core.fsmonitor', 'false'],
];

/**
 * `env` with the hooks and the file monitor of repositories switched off for every git below it: an agent's `git commit`
 * must not run the hooks of a repository that the user has not trusted. Goes by the `GIT_CONFIG_COUNT` variables of git
 * 2.31 and newer, after those that are there already; they beat the configuration files.
 */
export function untrustedGitEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const before = Math.max(0, Number.parseInt(env.GIT_CONFIG_COUNT ?? '0', 10) || 0);
  const result: Record<string, string> = { ...env, GIT_CONFIG_COUNT: String(before + OFF.length) };
  for (const [index, [key, value]] of OFF.entries()) {
    result[`GIT_CONFIG_KEY_${before + index}`] = key;
    result[`GIT_CONFIG_VALUE_${before + index}`] = value;
  }
  return result;
}
