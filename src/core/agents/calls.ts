import { accept, reject } from '../../contract/rejection.ts';
import type { Task } from '../../contract/task/state.ts';
import type { CoreApi } from '../core-api.ts';
import type { Agents } from './agents.ts';
import type { AgentLimits } from './limits.ts';
import type { OwnCommands } from './own-commands.ts';

interface Deps {
  agents: Agents;
  limits: AgentLimits;
  commands: Pick<OwnCommands, 'of'>;
  task(taskId: string): Pick<Task, 'agent' | 'projectId'> | null;
}

/** The calls on agents. */
export function createAgentCalls({ agents, limits, commands, task }: Deps): CoreApi['agents'] {
  return {
    list: async () => accept(agents.list()),
    get: ({ name }) => agents.get(name),
    async commands({ taskId }) {
      const found = task(taskId);
      if (found === null) return reject('not-found', `There is no task ${taskId}.`);
      const { agent, way } = found.agent;
      return accept({ names: way === 'terminal' ? [] : [...commands.of(agent, found.projectId)] });
    },
    async resume({ name }) {
      limits.lift(name);
      const found = agents.list().find((agent) => agent.name === name);
      return found ? accept(found) : reject('not-found', `There is no agent named “${name}”.`);
    },
  };
}
