import type { Agent, AgentDetail } from '../../../contract/agent/state.ts';
import { labels } from './labels.ts';

/** How an agent's program was found, for a person. */
export interface AgentState {
  readonly isReady: boolean;
  readonly kind: 'ready' | 'signed-out' | 'missing' | 'outdated' | 'broken';
  /** One sentence. */
  readonly words: string;
  /** The same beside the name of the agent. */
  readonly brief: string;
  /** What to do about it, where that is more than the sentence; null when all is well. */
  readonly hint: string | null;
  /** What to run in a terminal to solve it; null where there is no such command. */
  readonly remedy: string | null;
}

/** What was found of an agent, in one sentence; what to do besides. */
export function agentState({ title, probe }: AgentDetail): AgentState {
  const { available, version, login, problem, hint, remedy = null } = probe;
  const state = (kind: AgentState['kind'], words: string, brief = words): AgentState => ({
    isReady: kind === 'ready',
    kind,
    words,
    brief,
    hint: kind === 'ready' ? null : hint,
    remedy: kind === 'ready' ? null : remedy,
  });
  if (available && login === 'no') return state('signed-out', labels.signedOut(title), labels.signedOutBrief);
  if (available) return state('ready', labels.ready(version, login === 'yes'));
  // A program that a person chose is put right where it was chosen: only its own words say what is wrong with it.
  if (remedy === null) return state('broken', problem ?? labels.missing(title));
  if (version !== null) return state('outdated', labels.outdated(title, version), labels.outdatedBrief(version));
  return state('missing', labels.missing(title), labels.missingBrief);
}

/** The agents that a person chooses among. One that is meant for programs only where it was chosen already. */
export function offeredAgents<T extends Agent>(agents: readonly T[], chosen: string | null = null): T[] {
  return agents.filter(({ name, internal }) => !internal || name === chosen);
}

/** Those that need a program on this machine, which may be missing. The demo comes with Drover. */
export function installedAgents<T extends Agent>(agents: readonly T[]): T[] {
  return agents.filter(({ internal, builtIn }) => !internal && !builtIn);
}
