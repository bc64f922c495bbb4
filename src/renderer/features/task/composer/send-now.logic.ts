import type { Agent } from '../../../../contract/agent/state.ts';
import type { Task } from '../../../../contract/task/state.ts';

/** Whether the turn under way can be ended so that the agent reads a message now. */
export function canSendNow(task: Pick<Task, 'status' | 'phase' | 'agent' | 'run'>, agents: readonly Agent[]): boolean {
  const { capabilities } = agents.find(({ name }) => name === task.agent.agent) ?? {};
  const isInTurn = task.status === 'running' && task.phase !== 'stopping' && task.run?.openTurn != null;
  return isInTurn && capabilities?.interrupt === true;
}
