import { useEffect, useState } from 'react';
import { useClient } from '../../state/hooks.ts';
import { ofAgent } from '../welcome/use-found.ts';

/** Why an agent cannot work here now, and what to do; null while that is not known, and when all is well. */
export function useAgentProblem(name: string): string | null {
  const client = useClient();
  const [found, setFound] = useState<{ name: string; problem: string | null } | null>(null);
  useEffect(() => {
    if (name === '') return;
    let wanted = true;
    client.agents.get({ name }).then(
      (detail) => wanted && setFound(ofAgent(detail)),
      // The agent is still to be chosen; its task will say what is wrong.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [client, name]);
  return found?.name === name ? found.problem : null;
}
