import { ActionIcon, Button, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Copy } from 'lucide-react';
import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LoggedEvent } from '../../../contract/task/events.ts';
import type { Entries } from '../../state/entries.ts';
import { sizes } from '../../ui/theme.ts';
import { copyText } from './copy.ts';
import { describe, type Tone } from './describe.logic.ts';
import { clock, dateTime } from './measure.logic.ts';
import classes from './task.module.css';

const COLORS: Record<Tone, string | undefined> = {
  plain: undefined,
  good: 'var(--drover-teal)',
  warning: 'var(--drover-orange)',
  problem: 'var(--drover-red)',
};

/** Every event in words, newest at the end. */
export function EventLog({ entries }: { entries: Entries & { loadOlder(): void } }) {
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter).trim().toLowerCase();
  const events = useMemo(
    () =>
      wanted === ''
        ? entries.events
        : entries.events.filter(({ event }) => `${event.type} ${describe(event).words}`.toLowerCase().includes(wanted)),
    [entries.events, wanted],
  );
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const list = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => events[index]?.seq ?? index,
    estimateSize: () => sizes.codeLine,
    overscan: 20,
  });
  const total = list.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height changes.
  useLayoutEffect(() => {
    if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [total]);

  return (
    <div className={classes.conversation}>
      <Group className={classes.find} gap="xs" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label="Filter events"
          placeholder="Filter events"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        {entries.hasOlder && (
          <Button size="compact-xs" variant="subtle" loading={entries.loading} onClick={entries.loadOlder}>
            Load older
          </Button>
        )}
        <Tooltip label="Copy the events shown, as JSON">
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label="Copy events as JSON"
            onClick={() => void copyText(JSON.stringify(events, null, 2))}
          >
            <Copy size="1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      <section
        ref={box}
        className={classes.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label="Events"
        onScroll={({ currentTarget: element }) => {
          following.current = element.scrollHeight - element.scrollTop - element.clientHeight < sizes.row;
        }}
      >
        {events.length === 0 && (
          <Text size="sm" c="dimmed" p="md">
            {wanted === '' ? 'Nothing has happened yet.' : 'No event fits.'}
          </Text>
        )}
        <div className={classes.all} style={{ height: total }}>
          {list.getVirtualItems().map((item) => {
            const logged = events[item.index];
            return (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                className={classes.slot}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {logged && <EventRow logged={logged} />}
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
}

function EventRow({ logged }: { logged: LoggedEvent }) {
  const { tone, words } = describe(logged.event);
  return (
    <div className={classes.logRow} title={`${dateTime(logged.at)} · ${logged.seq} · ${logged.event.type}`}>
      <span className={classes.logTime}>{clock(logged.at)}</span>
      <span style={COLORS[tone] ? { color: COLORS[tone] } : undefined}>{words}</span>
    </div>
  );
}
