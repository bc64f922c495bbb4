import { useEffect, useState } from 'react';
import type { FoundOpeners } from '../../../contract/system/state.ts';
import { useClient } from '../../state/hooks.ts';

const NONE: FoundOpeners = { editor: [], terminal: [] };

/** The editors and terminals that were found on this machine; null until that is known. */
export function useOpeners(): FoundOpeners | null {
  const client = useClient();
  const [found, setFound] = useState<FoundOpeners | null>(null);
  useEffect(() => {
    let wanted = true;
    client.system.openers().then(
      (openers) => wanted && setFound(openers),
      () => wanted && setFound(NONE),
    );
    return () => {
      wanted = false;
    };
  }, [client]);
  return found;
}
