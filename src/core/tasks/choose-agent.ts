import type { Agent } from '../../contract/agent/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Settings } from '../../contract/settings/state.ts';
import type { Task, TaskSpec } from '../../contract/task/state.ts';

/** For a person who wants a terminal for an agent that has none. */
export const noTerminal = ({ title }: Pick<Agent, 'title'>): Result<never> =>
  reject('wrong-state', `${title} has no session that can be opened in a terminal.`);

/** Whether a person can take a session of the agent over. */
export const hasTerminal = ({ capabilities }: Pick<Agent, 'capabilities'>): boolean =>
  capabilities.resume && capabilities.terminal;

/** The same for a session that a person opens: where none is named, the usual agent or else one that has a terminal. */
export function chooseForSession(
  choice: TaskSpec['agent'],
  defaults: AgentDefaults,
  agents: readonly Agent[],
): Result<Task['agent']> {
  const usual = agents.find(({ name }) => name === defaults['agent.default']);
  const able = agents.filter((one) => hasTerminal(one) && !one.internal);
  const other = usual && hasTerminal(usual) ? usual : able[0];
  const name = choice?.agent ?? other?.name;
  if (name === undefined) return reject('unavailable', 'No agent here has a session that can be opened in a terminal.');
  const chosen = chooseAgent({ ...choice, agent: name }, defaults, agents);
  const found = agents.find((one) => one.name === name);
  return chosen.ok && found && !hasTerminal(found) ? noTerminal(found) : chosen;
}

type AgentDefaults = Pick<Settings, 'agent.default' | 'agent.model' | 'agent.effort' | 'agent.way'>;

/**
 * The agent, model, effort and way of a task that is made or edited: what is not chosen comes from the agent, then from the
 * settings where the agent is the one they are for. Refused when the choice cannot be. Pure.
 */
export function chooseAgent(
  choice: TaskSpec['agent'],
  defaults: AgentDefaults,
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
