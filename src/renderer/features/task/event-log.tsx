import { ActionIcon, Button, Group, Loader, Select, Text, TextInput, Tooltip } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, Braces, Copy } from 'lucide-react';
import { memo, useDeferredValue, useLayoutEffect, useRef, useState } from 'react';
import type { LoggedEvent } from '../../../contract/task/events.ts';
import { describeEvent, EVENT_KINDS, type EventKind } from '../../../contract/words/event.ts';
import { clock, dateTimeExact } from '../../../contract/words/measure.ts';
import { actOnce } from '../../state/act.ts';
import type { EntriesView } from '../../state/entries.ts';
import { useClient } from '../../state/hooks.ts';
import { copyText } from '../../ui/copy.ts';
import { notifyProblem } from '../../ui/notify.ts';
import { sizes } from '../../ui/theme.ts';
import own from './event-log.module.css';
import { scanLog } from './scan-log.ts';
import classes from './task.module.css';
import { TONE_COLORS } from './tone.ts';
import { fits, type LogFilter, useLogFilter } from './use-log-filter.ts';

const NEAR_EDGE = 1200;
/** The longest text that is put into the clipboard, in UTF-16 units. */
const LONGEST_COPY = 32 * 1024 * 1024;

const KIND_CHOICES = Object.entries(EVENT_KINDS).map(([value, label]) => ({ value, label }));

/** Every event in words, newest at the end. */
export function EventLog({ taskId, entries }: { taskId: string; entries: EntriesView }) {
  const client = useClient();
  const [kind, setKind] = useState<EventKind | null>(null);
  const [text, setText] = useState('');
  const [copying, setCopying] = useState(false);
  const filter: LogFilter = { kind, text: useDeferredValue(text) };
  const filtered = useLogFilter(taskId, filter, entries);
  const events = filtered?.events ?? entries.events;
  const box = useRef<HTMLElement>(null);
  const following = useRef(true);
  const list = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => events[index]?.seq ?? index,
    estimateSize: () => sizes.codeLine,
    overscan: 20,
    // Older events that come above leave what is looked at where it is.
    anchorTo: 'end',
  });
  const total = list.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height changes.
  useLayoutEffect(() => {
    if (following.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [total]);

  function onScroll({ currentTarget: element }: React.UIEvent<HTMLElement>): void {
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    following.current = below < sizes.row && !entries.hasNewer;
    if (filtered !== null) return;
    if (element.scrollTop < NEAR_EDGE && entries.hasOlder) void entries.loadOlder();
    else if (below < NEAR_EDGE && entries.hasNewer) void entries.loadNewer();
  }

  async function copyAll(): Promise<void> {
    setCopying(true);
    const text = await actOnce(() => allAsJson((onPage) => scanLog(client, taskId, onPage), filter));
    setCopying(false);
    if (text === null) return;
    if (text === 'too long') notifyProblem('The log is too long for the clipboard. Filter it, and copy a part.');
    else await copyText(text);
  }

  const isSearching = filtered?.searching ?? false;
  return (
    <div className={classes.conversation}>
      <Group className={classes.find} gap="xs" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label="Filter events"
          placeholder="Filter events"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rightSection={isSearching ? <Loader size="0.8em" aria-label="Searching the log" /> : null}
        />
        <Select
          size="xs"
          w="9rem"
          aria-label="EventKind of event"
          allowDeselect={false}
          data={[{ value: '', label: 'Every kind' }, ...KIND_CHOICES]}
          value={kind ?? ''}
          onChange={(next) => setKind(next ? (next as EventKind) : null)}
        />
        <Tooltip label={filtered ? 'Copy all matches, as JSON' : 'Copy the whole log, as JSON'}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            loading={copying}
            aria-label="Copy events as JSON"
            onClick={() => void copyAll()}
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
        onScroll={onScroll}
      >
        {events.length === 0 && !isSearching && !entries.loading && (
          <Text size="sm" c="dimmed" p="md">
            {filtered === null ? 'Nothing has happened yet.' : 'No matching events.'}
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
      {filtered === null && entries.hasNewer && (
        <Button
          className={classes.latest}
          size="compact-sm"
          radius="xl"
          leftSection={<ArrowDown size="1em" aria-hidden />}
          onClick={() => {
            following.current = true;
            void entries.showLatest();
          }}
        >
          Latest
        </Button>
      )}
    </div>
  );
}

const EventRow = memo(function EventRow({ logged }: { logged: LoggedEvent }) {
  const { tone, words } = describeEvent(logged.event);
  return (
    <div className={own.logRow} title={`${dateTimeExact(logged.at)} · ${logged.seq} · ${logged.event.type}`}>
      <span className={own.logTime}>{clock(logged.at)}</span>
      <span className={own.logWords} style={TONE_COLORS[tone] ? { color: TONE_COLORS[tone] } : undefined}>
        {words}
      </span>
      <ActionIcon
        className={own.logCopy}
        size="xs"
        variant="subtle"
        color="gray"
        aria-label={`Copy event ${logged.seq} as JSON`}
        onClick={() => void copyText(JSON.stringify(logged, null, 2))}
      >
        <Braces size="0.9em" aria-hidden />
      </ActionIcon>
    </div>
  );
});

/** Every event that fits, oldest first, as a JSON list with one event a line. */
async function allAsJson(
  scan: (onPage: (events: LoggedEvent[]) => Promise<boolean>) => Promise<void>,
  filter: LogFilter,
): Promise<string> {
  const lines: string[] = [];
  let length = 0;
  await scan(async (page) => {
    for (const logged of page.toReversed()) {
      if (!fits(logged, filter)) continue;
      const line = JSON.stringify(logged);
      lines.push(line);
      length += line.length;
    }
    return length <= LONGEST_COPY;
  });
  return length > LONGEST_COPY ? 'too long' : `[\n${lines.reverse().join(',\n')}\n]`;
}
