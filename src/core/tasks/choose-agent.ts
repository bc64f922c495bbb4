import type { Agent } from '../../contract/agent/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Settings } from '../../contract/settings/state.ts';
import type { Task, TaskSpec } from '../../contract/task/state.ts';

/**
 * The agent, model, effort and way of a task that is made or edited: what is not chosen comes from the agent, then from the
 * settings where the agent is the one they are for. Refused when the choice cannot be. Pure.
 */
export function chooseAgent(
  choice: TaskSpec['agent'],
  defaults: Pick<Settings, 'agent.default' | 'agent.model' | 'agent.effort' | 'agent.way'>,
  agents: readonly Agent[],
): Result<Task['agent']> {
  const name = choice?.agent ?? defaults['agent.default'];
  const found = agents.find((one) => one.name === name);
  if (!found) {
    const names = agents.map((one) => one.name);
    return reject('not-found', `There is no agent named ${name}. There are ${names.join(', ')}.`, names);
  }
  const isDefault = name === defaults['agent.default'];
  const chosen = {
    agent: name,
    model: choice?.model ?? found.model ?? (isDefault ? defaults['agent.model'] : null),
    effort: choice?.effort ?? found.effort ?? (isDefault ? defaults['agent.effort'] : null),
  };
  const { efforts, models } = found.capabilities;
  if (chosen.effort !== null && efforts.length > 0 && !efforts.includes(chosen.effort)) {
    return reject('invalid', `${name} has no effort ${chosen.effort}. It has ${efforts.join(', ')}.`, efforts);
  }
  if (chosen.model !== null && models.length > 0 && !models.includes(chosen.model)) {
    return reject('invalid', `${name} has no model ${chosen.model}. It has ${models.join(', ')}.`, models);
  }
  if (choice?.way === 'terminal' && !found.capabilities.terminal) {
    return reject('invalid', `${name} cannot run in a terminal. Choose headless, or another agent.`);
  }
  const inTerminal = found.capabilities.terminal && (choice?.way ?? defaults['agent.way']) === 'terminal';
  return accept(inTerminal ? { ...chosen, way: 'terminal' } : chosen);
}
