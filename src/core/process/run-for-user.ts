import { agentEnvironment } from './environment.ts';
import { type CommandOptions, type CommandResult, runCommand } from './run-command.ts';
import type { UserEnvironment } from './user-environment.ts';

/** What a shell ends with when it does not find a command. */
const NOT_FOUND = 127;

/** A `UserEnvironment`, or one that is fixed. */
export type EnvironmentOfUser = (() => Promise<Record<string, string>>) &
  Partial<Pick<UserEnvironment, 'again' | 'problem'>>;

/**
 * `runCommand` in the user's environment. When the program is not there, the login shell is asked once more before that
 * counts; when its environment is still not known, the result says so.
 */
export async function runForUser(
  environment: EnvironmentOfUser,
  options: Omit<CommandOptions, 'env'>,
): Promise<CommandResult> {
  const run = async () => runCommand({ ...options, env: agentEnvironment(await environment()) });
  const first = await run();
  const done = first.isMissing && (await environment.again?.()) ? await run() : first;
  const problem = environment.problem?.() ?? null;
  if (problem === null) return done;
  if (done.isMissing) return { ...done, problem: `${done.problem} ${problem}` };
  if (done.exitCode === NOT_FOUND) return { ...done, output: `${done.output.trimEnd()}\n${problem}\n` };
  return done;
}
