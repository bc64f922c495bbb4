import path from 'node:path';
import type { SettingKey, Settings } from '../contract/settings/state.ts';
import { AGENT_VARIABLES } from './backends/known-agents.ts';
import type { Logger } from './base/logger.ts';
import { agentEnvironment } from './process/environment.ts';
import type { ChosenProgram } from './process/locate-program.ts';
import { createUserEnvironment } from './process/user-environment.ts';

interface Deps {
  settings(): Settings;
  /** The host's own environment. */
  env: Record<string, string | undefined>;
  /** Put first in the PATH of agents. */
  commandFolder: string | undefined;
  logger: Pick<Logger, 'warn'>;
}

/** The programs that a person has chosen, and the environments in which programs of theirs run. */
export function createPrograms({ settings, env, commandFolder, logger }: Deps) {
  const chosenProgram = (key: SettingKey & `${string}.program`): ChosenProgram | null => {
    const argv = settings()[key];
    return argv && { argv, where: `the setting ${key}` };
  };
  const environment = createUserEnvironment({
    agents: AGENT_VARIABLES,
    own: env,
    shell: () => chosenProgram('shell.program'),
    warn: (words) => logger.warn(words),
  });
  const agentsEnvironment = async () => withCommand(agentEnvironment(await environment()), commandFolder);
  return { chosenProgram, environment, agentsEnvironment };
}

function withCommand(env: Record<string, string>, folder: string | undefined): Record<string, string> {
  if (folder === undefined) return env;
  return { ...env, PATH: env.PATH ? `${folder}${path.delimiter}${env.PATH}` : folder };
}
