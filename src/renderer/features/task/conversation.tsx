import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Entries } from '../../state/entries.ts';
import { sizes } from '../../ui/theme.ts';
import { createRowBuilder, findRows } from './conversation.logic.ts';
import { ConversationRow, LiveRow } from './conversation-row.tsx';
import classes from './task.module.css';

/** So near to an end, in pixels, counts as being there. */
const NEAR_END = 40;
const NEAR_START = 600;

export interface ConversationProps {
  taskId: string;
  entries: Entries & { loadOlder(): void };
  finding: boolean;
  onFind(open: boolean): void;
  /** Said where there is nothing to show. */
  empty: string;
}

/** What the agent, Drover and the person said, newest at the end; stays at the end while it is there. */
export function Conversation({ taskId, entries, finding, onFind, empty }: ConversationProps) {
  const builder = useMemo(createRowBuilder, []);
  const rows = builder.rows(entries.events);
  const live = useMemo(() => [...entries.live], [entries.live]);
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState(0);
  const wanted = useDeferredValue(finding ? query : '');
  const found = useMemo(() => findRows(rows, wanted), [rows, wanted]);
  const foundRow = found[found.length - 1 - current];

  const list = useVirtualizer({
    count: rows.length + live.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]?.key ?? `live ${live[index - rows.length]?.[0]}`,
    estimateSize: () => sizes.entry,
    overscan: 8,
  });
  const total = list.getTotalSize();

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height changes.
  useLayoutEffect(() => {
    if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [total]);

  const first = useRef(rows[0]);
  useLayoutEffect(() => {
    const before = first.current;
    first.current = rows[0];
    if (!before || before === rows[0] || following.current || !box.current) return;
    const index = rows.findIndex((row) => row.key === before.key);
    const start = index > 0 ? list.measurementsCache[index]?.start : undefined;
    // Older rows came above: what was looked at stays where it was.
    if (start !== undefined) box.current.scrollTop += start;
  }, [rows, list]);

  useEffect(() => {
    if (foundRow === undefined) return;
    following.current = false;
    list.scrollToIndex(foundRow, { align: 'center' });
  }, [foundRow, list]);

  function onScroll(): void {
    const { current: element } = box;
    if (!element) return;
    const end = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    following.current = end;
    setAtEnd(end);
    if (element.scrollTop < NEAR_START && entries.hasOlder && !entries.loading) entries.loadOlder();
  }

  function step(by: number): void {
    if (found.length > 0) setCurrent((current + by + found.length) % found.length);
    else if (entries.hasOlder) entries.loadOlder();
  }

  return (
    <div className={classes.conversation}>
      {finding && (
        <Group className={classes.find} gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            data-autofocus
            autoFocus
            aria-label="Find in conversation"
            placeholder="Find in conversation"
            value={query}
            onChange={(event) => {
              setQuery(event.currentTarget.value);
              setCurrent(0);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
              if (event.key === 'Escape') {
                event.stopPropagation();
                onFind(false);
              }
            }}
          />
          <Text size="xs" c="dimmed" aria-live="polite">
            {wanted.trim() === '' ? '' : found.length === 0 ? 'Not found' : `${current + 1} of ${found.length}`}
          </Text>
          {entries.hasOlder && wanted.trim() !== '' && (
            <Button size="compact-xs" variant="subtle" loading={entries.loading} onClick={entries.loadOlder}>
              Search older
            </Button>
          )}
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Earlier match" onClick={() => step(1)}>
            <ArrowUp size="1em" aria-hidden />
          </ActionIcon>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Later match" onClick={() => step(-1)}>
            <ArrowDown size="1em" aria-hidden />
          </ActionIcon>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Close find" onClick={() => onFind(false)}>
            <X size="1em" aria-hidden />
          </ActionIcon>
        </Group>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={box} className={classes.scroller} onScroll={onScroll} tabIndex={0} aria-label="Entries">
        {rows.length + live.length === 0 && !entries.loading && (
          <Text c="dimmed" size="sm" p="md">
            {empty}
          </Text>
        )}
        <div className={classes.all} style={{ height: total }}>
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            const entry = live[item.index - rows.length];
            return (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                data-found={item.index === foundRow || undefined}
                className={classes.slot}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row ? <ConversationRow row={row} taskId={taskId} /> : entry && <LiveRow entry={entry[1]} />}
              </div>
            );
          })}
        </div>
      </section>
      {!atEnd && (
        <Button
          className={classes.latest}
          size="compact-sm"
          radius="xl"
          leftSection={<ArrowDown size="1em" aria-hidden />}
          onClick={() => {
            following.current = true;
            setAtEnd(true);
            list.scrollToIndex(rows.length + live.length - 1, { align: 'end' });
          }}
        >
          Latest
        </Button>
      )}
    </div>
  );
}
