import { useEffect, useRef, useState } from 'react';
import type { Item } from '../../../../contract/task/state.ts';
import type { EntriesView } from '../../../state/entries.ts';
import { useClient } from '../../../state/hooks.ts';
import { scanLog } from '../scan-log.ts';
import { createSearch, type Search } from './search.logic.ts';
import { textToSearch } from './whole-text.ts';

const WAIT_MS = 150;

export interface Found {
  /** Sequence numbers of the rows, newest first. */
  readonly seqs: readonly number[];
  /** Whether older events are still being looked at. */
  readonly searching: boolean;
}

const NOTHING: Found = { seqs: [], searching: false };

/** Looks for words in the whole log of a task, from its end backwards, and in what comes while they are looked for. */
export function useFind(taskId: string, query: string, entries: EntriesView, items: ReadonlyMap<string, Item>): Found {
  const client = useClient();
  const [found, setFound] = useState<Found>(NOTHING);
  const state = useRef<{ search: Search; until: number } | null>(null);
  const wanted = query.trim();
  const known = useRef(items);
  known.current = items;

  useEffect(() => {
    setFound(wanted === '' ? NOTHING : { seqs: [], searching: true });
    state.current = null;
    if (wanted === '') return;
    let over = false;
    const whole = (id: string, text: Parameters<typeof textToSearch>[2]) => textToSearch(client, id, text);
    const textOf = (itemId: string) => known.current.get(itemId)?.text ?? '';
    const search = createSearch(wanted, textOf);
    const look = () =>
      scanLog(client, taskId, async (events, isLast) => {
        const more = await search.take(events, whole);
        if (over) return false;
        state.current ??= { search: createSearch(wanted, textOf), until: events.at(-1)?.seq ?? 0 };
        setFound(({ seqs }) => ({ seqs: [...seqs, ...more], searching: !isLast }));
        return true;
      });
    const timer = setTimeout(
      () => look().catch(() => !over && setFound((before) => ({ ...before, searching: false }))),
      WAIT_MS,
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, taskId, wanted]);

  // What is logged while the search is open.
  useEffect(() => {
    const current = state.current;
    const newest = entries.events.at(-1)?.seq ?? 0;
    if (current === null || newest <= current.until) return;
    const from = entries.events.findLastIndex(({ seq }) => seq <= current.until) + 1;
    current.until = newest;
    const whole = (id: string, text: Parameters<typeof textToSearch>[2]) => textToSearch(client, id, text);
    current.search.take(entries.events.slice(from), whole).then(
      (more) => {
        if (state.current === current && more.length > 0)
          setFound((before) => ({ ...before, seqs: [...more, ...before.seqs] }));
      },
      () => {},
    );
  }, [client, entries.events]);

  return found;
}
