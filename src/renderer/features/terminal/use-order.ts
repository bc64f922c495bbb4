import { useEffect, useMemo, useState } from 'react';
import type { Terminal } from '../../../contract/terminal/state.ts';
import { actOnce } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { orderWith } from './layouts.logic.ts';

interface Ordered {
  readonly terminals: readonly Terminal[];
  /** Moves one to another place among them; shown at once, before the host has said so. */
  move(id: string, to: number): void;
}

/** Terminals in their order, which a person may change. */
export function useOrder(listed: readonly Terminal[]): Ordered {
  const client = useClient();
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that comes afterwards has the order.
  useEffect(() => setWanted(null), [listed]);
  const terminals = useMemo(() => {
    if (wanted === null) return listed;
    const placeOf = ({ id }: Terminal) => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length);
    return listed.toSorted((one, other) => placeOf(one) - placeOf(other));
  }, [listed, wanted]);

  return {
    terminals,
    move(id, to) {
      const ids = terminals.map((one) => one.id);
      if (to < 0 || to >= ids.length || ids[to] === id) return;
      const next = orderWith(ids, id, to);
      setWanted(next);
      void actOnce(() => client.terminals.reorder({ terminalId: id, before: next[to + 1] ?? null })).then((done) => {
        if (done === null) setWanted(null);
      });
    },
  };
}
