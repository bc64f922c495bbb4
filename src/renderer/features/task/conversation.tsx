import { Button, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { EntriesView } from '../../state/entries.ts';
import { sizes } from '../../ui/theme.ts';
import { createRowBuilder, rowOf } from './conversation.logic.ts';
import { ConversationRow, LiveRow } from './conversation-row.tsx';
import { FindBar } from './find-bar.tsx';
import { OpenedContext } from './fold.tsx';
import { markFound } from './highlight.ts';
import classes from './task.module.css';
import { useFind } from './use-find.ts';

/** So near to an end, in pixels, counts as being there. */
const NEAR_END = 40;
/** So near to where what is loaded ends, more is asked for. */
const NEAR_EDGE = 1200;

export interface ConversationProps {
  taskId: string;
  entries: EntriesView;
  /** The workspace of the task: paths are told as seen from there. */
  root: string | null;
  /** 0 while nothing is looked for; else another number whenever the keys for finding were pressed. */
  finding: number;
  onFindClosed(): void;
  /** Said where there is nothing to show. */
  empty: string;
}

/** What the agent, Drover and the person said, newest at the end; stays at the end while it is there. */
export function Conversation({ taskId, entries, root, finding, onFindClosed, empty }: ConversationProps) {
  const builder = useMemo(createRowBuilder, []);
  const rows = builder.rows(entries.events);
  const live = useMemo(
    () => [...entries.live].filter(([id, { kind }]) => kind !== 'tool-output' || !builder.isOpen(id)),
    [entries.live, builder],
  );
  const box = useRef<HTMLElement>(null);
  const opened = useRef(new Map<string, boolean>());
  const following = useRef(true);
  const height = useRef(0);
  const hadRows = useRef(false);
  const stayingSoon = useRef(false);
  const [atEnd, setAtEnd] = useState(true);

  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState<number | null>(null);
  const wanted = finding > 0 ? query.trim() : '';
  const found = useFind(taskId, wanted, entries);
  const foundAt = Math.max(0, current === null ? 0 : found.seqs.indexOf(current));
  const foundSeq = found.seqs[foundAt] ?? null;
  const isLoaded =
    foundSeq !== null && foundSeq >= (entries.events[0]?.seq ?? 0) && foundSeq <= (entries.events.at(-1)?.seq ?? 0);
  const foundRow = isLoaded ? rowOf(rows, foundSeq) : -1;

  const list = useVirtualizer({
    count: rows.length + live.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]?.key ?? `live ${live[index - rows.length]?.[0]}`,
    estimateSize: () => sizes.entry,
    overscan: 6,
    // Rows that come above leave what is looked at where it is.
    anchorTo: 'end',
    // A row that has grown moves the others without drawing them again.
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    onChange(changed) {
      const now = changed.getTotalSize();
      if (now !== height.current) stayAtEndSoon();
      height.current = now;
    },
  });
  const total = list.getTotalSize();
  // The first rows that arrive are drawn where the end will be, not at the top and then once more.
  if (!hadRows.current && rows.length > 0) {
    hadRows.current = true;
    if (following.current) list.scrollOffset = Math.max(0, total - (list.scrollRect?.height ?? 0));
  }
  const items = list.getVirtualItems();

  function stayAtEnd(): void {
    if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }
  /** Once for many rows that are measured one after the other, and still before they are painted. */
  function stayAtEndSoon(): void {
    if (stayingSoon.current) return;
    stayingSoon.current = true;
    queueMicrotask(() => {
      stayingSoon.current = false;
      stayAtEnd();
    });
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height changes.
  useLayoutEffect(stayAtEnd, [total]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each match, when its row is there.
  useEffect(() => {
    if (foundSeq === null) return;
    following.current = false;
    setAtEnd(false);
    if (foundRow >= 0) list.scrollToIndex(foundRow, { align: 'center' });
    else void entries.show(foundSeq);
  }, [foundSeq, foundRow >= 0]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other rows are drawn.
  useEffect(() => {
    if (!box.current) return;
    markFound(box.current, wanted, box.current.querySelector('[data-found]'));
    return () => {
      if (box.current) markFound(box.current, '', null);
    };
  }, [wanted, foundRow, items[0]?.key, items.at(-1)?.key, total]);

  function onScroll(): void {
    const { current: element } = box;
    if (!element) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    following.current = below < NEAR_END && !entries.hasNewer;
    // At the end of a text that grows this is called all the time.
    if (atEnd !== following.current) setAtEnd(following.current);
    if (element.scrollTop < NEAR_EDGE && entries.hasOlder) void entries.loadOlder();
    else if (below < NEAR_EDGE && entries.hasNewer) void entries.loadNewer();
  }

  function step(by: 1 | -1): void {
    const { length } = found.seqs;
    if (length > 0) setCurrent(found.seqs[(foundAt + by + length) % length] ?? null);
  }

  async function toBeginning(): Promise<void> {
    following.current = false;
    await entries.show(0);
    list.scrollToOffset(0);
  }

  async function toLatest(): Promise<void> {
    following.current = true;
    setAtEnd(true);
    await entries.showLatest();
    list.scrollToEnd();
  }

  return (
    <div className={classes.conversation}>
      {finding > 0 && (
        <FindBar
          query={query}
          onQuery={(next) => {
            setQuery(next);
            setCurrent(null);
          }}
          at={foundAt}
          count={found.seqs.length}
          searching={found.searching}
          asked={finding}
          onStep={step}
          onClose={() => {
            onFindClosed();
            box.current?.focus();
          }}
        />
      )}
      <section
        ref={box}
        className={classes.scroller}
        onScroll={onScroll}
        onKeyDown={(event) => {
          if (event.target !== box.current || (event.key !== 'Home' && event.key !== 'End')) return;
          event.preventDefault();
          void (event.key === 'Home' ? toBeginning() : toLatest());
        }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label="Entries"
      >
        {rows.length + live.length === 0 && !entries.loading && (
          <Text c="dimmed" size="sm" p="md">
            {empty}
          </Text>
        )}
        <OpenedContext.Provider value={opened.current}>
          <div ref={list.containerRef} className={classes.all}>
            {items.map((item) => {
              const row = rows[item.index];
              const entry = live[item.index - rows.length];
              const isFound = item.index === foundRow && wanted !== '';
              return (
                <div
                  key={item.key}
                  ref={list.measureElement}
                  data-index={item.index}
                  data-found={isFound || undefined}
                  className={classes.slot}
                >
                  {row ? (
                    <ConversationRow
                      row={row}
                      taskId={taskId}
                      root={root}
                      wanted={isFound ? wanted : null}
                      live={row.kind === 'tool' ? entries.live.get(row.callId) : undefined}
                    />
                  ) : (
                    entry && <LiveRow entry={entry[1]} />
                  )}
                </div>
              );
            })}
          </div>
        </OpenedContext.Provider>
      </section>
      {!atEnd && (
        <Button
          className={classes.latest}
          size="compact-sm"
          radius="xl"
          leftSection={<ArrowDown size="1em" aria-hidden />}
          onClick={() => void toLatest()}
        >
          Latest
        </Button>
      )}
    </div>
  );
}
