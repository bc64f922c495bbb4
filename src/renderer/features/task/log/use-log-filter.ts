import { useEffect, useMemo, useState } from 'react';
import type { LoggedEvent } from '../../../../contract/task/events.ts';
import { describeEvent, type EventKind, kindOfEvent } from '../../../../contract/words/event.ts';
import type { EntriesView } from '../../../state/entries.ts';
import { useClient } from '../../../state/hooks.ts';
import { scanLog } from '../scan-log.ts';

const WAIT_MS = 150;
/** So many that fit are kept. */
const MOST = 5000;

export interface LogFilter {
  /** Null: every kind. */
  kind: EventKind | null;
  text: string;
}

export function fits({ event }: LoggedEvent, { kind, text }: LogFilter): boolean {
  if (kind !== null && kindOfEvent(event) !== kind) return false;
  const wanted = text.trim().toLowerCase();
  return wanted === '' || `${event.type} ${describeEvent(event).words}`.toLowerCase().includes(wanted);
}

interface Found {
  events: readonly LoggedEvent[];
  /** The newest event that was looked at; what comes later is looked at when it comes. */
  until: number;
  searching: boolean;
}
const NOTHING: Found = { events: [], until: Number.MAX_SAFE_INTEGER, searching: true };

/** The events of the whole log that fit, oldest first, and those that come; null where there is no filter. */
export function useLogFilter(
  taskId: string,
  filter: LogFilter,
  entries: EntriesView,
): { events: readonly LoggedEvent[]; searching: boolean } | null {
  const client = useClient();
  const { kind, text } = filter;
  const [found, setFound] = useState(NOTHING);
  const isEmpty = kind === null && text.trim() === '';

  useEffect(() => {
    setFound(NOTHING);
    if (isEmpty) return;
    let over = false;
    let all: LoggedEvent[] = [];
    let until: number | null = null;
    const look = () =>
      scanLog(client, taskId, async (page, isLast) => {
        if (over) return false;
        until ??= page.at(-1)?.seq ?? 0;
        all = [...page.filter((logged) => fits(logged, { kind, text })), ...all];
        const isFull = all.length >= MOST;
        setFound({ events: all, until, searching: !isLast && !isFull });
        return !isFull;
      });
    // A call that fails ends the search where it is.
    const give = () => setFound((before) => ({ ...before, searching: false }));
    const timer = setTimeout(() => look().catch(() => over || give()), WAIT_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, taskId, kind, text, isEmpty]);

  const { events } = entries;
  return useMemo(() => {
    if (isEmpty) return null;
    const from = events.findLastIndex(({ seq }) => seq <= found.until) + 1;
    const newer = events.slice(from).filter((logged) => fits(logged, { kind, text }));
    return { events: newer.length > 0 ? [...found.events, ...newer] : found.events, searching: found.searching };
  }, [isEmpty, found, events, kind, text]);
}
