import { useEffect, useState } from 'react';
import type { AgentDetail } from '../../../contract/agent/state.ts';
import type { GitProbe } from '../../../contract/project/state.ts';
import { useAgents, useClient } from '../../state/hooks.ts';

/** A program that was looked for. */
export interface Found {
  readonly name: string;
  readonly good: boolean;
  /** The version, or what it is. */
  readonly words: string;
  /** What is wrong and what to do; null when all is well. */
  readonly problem: string | null;
}

function ofGit({ version, problem, hint }: GitProbe): Found {
  return {
    name: 'git',
    good: problem === null,
    words: version ?? '',
    problem: problem === null ? null : [problem, hint].filter(Boolean).join(' '),
  };
}

/** How an agent's program was found. */
export function ofAgent({ name, description, probe }: AgentDetail): Found {
  const signedOut = probe.available && probe.login === 'no';
  const words = [probe.problem, probe.hint].filter(Boolean).join(' ');
  return {
    name,
    good: probe.available && !signedOut,
    words: probe.version ?? description,
    problem: probe.available && !signedOut ? null : words || (signedOut ? 'Installed, not signed in' : 'Not installed'),
  };
}

/** Looks for git and every agent's program. `found` is null until that was done once, and stays while it is done again. */
export function useFound(): { found: readonly Found[] | null; looking: boolean; look(): void } {
  const client = useClient();
  const agents = useAgents();
  const [round, setRound] = useState(0);
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const [looking, setLooking] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round looks again.
  useEffect(() => {
    if (agents === null) return;
    let wanted = true;
    setLooking(true);
    void Promise.all([
      client.projects.git().then(ofGit, () => null),
      ...agents.map(({ name }) => client.agents.get({ name }).then(ofAgent, () => null)),
    ]).then((all) => {
      if (!wanted) return;
      setFound(all.filter((one) => one !== null));
      setLooking(false);
    });
    return () => {
      wanted = false;
    };
  }, [agents, client, round]);
  return { found, looking, look: () => setRound(round + 1) };
}
