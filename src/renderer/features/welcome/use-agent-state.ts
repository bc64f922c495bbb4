import { useEffect, useState } from 'react';
import { useClient } from '../../state/hooks.ts';
import { type AgentState, agentState } from './agent-state.logic.ts';

/** How an agent was found just now; null while that is not known. */
export function useAgentState(name: string): AgentState | null {
  const client = useClient();
  const [found, setFound] = useState<{ name: string; state: AgentState } | null>(null);
  useEffect(() => {
    if (name === '') return;
    let wanted = true;
    client.agents.get({ name }).then(
      (detail) => wanted && setFound({ name, state: agentState(detail) }),
      // The agent is still to be chosen; its task will say what is wrong.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [client, name]);
  return found?.name === name ? found.state : null;
}
