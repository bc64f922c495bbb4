import { useEffect, useState } from 'react';
import type { Agent } from '../../../contract/agent/state.ts';
import { useAgents, useClient } from '../../state/hooks.ts';
import { type AgentState, agentState, installedAgents } from './agent-state.logic.ts';

/** An agent that needs a program, and how that was found; null while it is looked for the first time. */
export interface FoundAgent {
  readonly agent: Agent;
  readonly state: AgentState | null;
}

export interface Found {
  readonly agents: readonly FoundAgent[];
  /** What is wrong with git and what to do; null when all is well. */
  readonly gitProblem: string | null;
  readonly checking: boolean;
  /** When it was last checked; null until then. */
  readonly checkedAt: number | null;
  check(): void;
}

/** Looks for git and the programs of agents. What was found stays while it is looked for again. */
export function useFound(): Found {
  const client = useClient();
  const known = useAgents();
  const [round, setRound] = useState(0);
  const [states, setStates] = useState<ReadonlyMap<string, AgentState>>(new Map());
  const [gitProblem, setGitProblem] = useState<string | null>(null);
  const [checking, setChecking] = useState(true);
  const [checkedAt, setCheckedAt] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round looks again.
  useEffect(() => {
    if (known === null) return;
    let wanted = true;
    setChecking(true);
    void Promise.all([
      client.projects.git().then(
        ({ problem, hint }) => problem && [problem, hint].filter(Boolean).join(' '),
        () => null,
      ),
      ...known.map(({ name }) => client.agents.get({ name }).catch(() => null)),
    ]).then(([git, ...details]) => {
      if (!wanted) return;
      setGitProblem(git);
      setStates(new Map(details.flatMap((one) => (one === null ? [] : [[one.name, agentState(one)] as const]))));
      setChecking(false);
      setCheckedAt(Date.now());
    });
    return () => {
      wanted = false;
    };
  }, [known, client, round]);
  return {
    agents: installedAgents(known ?? []).map((agent) => ({ agent, state: states.get(agent.name) ?? null })),
    gitProblem,
    checking,
    checkedAt,
    check: () => setRound(round + 1),
  };
}
