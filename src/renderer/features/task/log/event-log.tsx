import { Button, Group, Loader, Select, Switch, Text, TextInput, Tooltip } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Braces, Copy } from 'lucide-react';
import { memo, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LoggedEvent } from '../../../../contract/task/events.ts';
import { EVENT_KINDS, type EventKind } from '../../../../contract/words/event.ts';
import { clock, dateTimeExact } from '../../../../contract/words/measure.ts';
import { actOnce } from '../../../state/act.ts';
import type { EntriesView } from '../../../state/entries.ts';
import { useClient } from '../../../state/hooks.ts';
import { copyText } from '../../../ui/copy.ts';
import { notifyProblem } from '../../../ui/notify.ts';
import { visibleLine } from '../../../ui/text.logic.ts';
import { sizes } from '../../../ui/theme.ts';
import { labels } from '../labels.ts';
import { LatestButton } from '../latest-button.tsx';
import { scanLog } from '../scan-log.ts';
import classes from '../task.module.css';
import { TONE_COLORS } from '../tone.ts';
import own from './event-log.module.css';
import { type LogRow, logRows, logWords } from './log-rows.logic.ts';
import { fits, type LogFilter, useLogFilter } from './use-log-filter.ts';

const NEAR_EDGE = 1200;
/** So much of an event as it is stored is shown in a line; all of it is copied. */
const LONGEST_RAW = 400;
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
  const [raw, setRaw] = useState(false);
  const events = filtered?.events ?? entries.events;
  const rows = useMemo(() => (raw ? events.map((logged) => [logged]) : logRows(events)), [events, raw]);
  const box = useRef<HTMLElement>(null);
  const following = useRef(true);
  // It is drawn at its end at once, not at the top and then once more: about how high it is is known.
  const [first] = useState(() => {
    const { clientHeight } = document.documentElement;
    const offset = Math.max(0, rows.length * sizes.codeLine - clientHeight);
    return { rect: { width: 0, height: clientHeight }, offset };
  });
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]?.[0]?.seq ?? index,
    estimateSize: () => sizes.codeLine,
    initialRect: first.rect,
    initialOffset: first.offset,
    overscan: 8,
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
    if (text === 'too long') notifyProblem(labels.log.tooLong);
    else await copyText(text);
  }

  const isSearching = filtered?.searching ?? false;
  return (
    <div className={classes.conversation}>
      <Group className={classes.find} gap="xs">
        <TextInput
          size="xs"
          flex={1}
          aria-label={labels.log.filter}
          placeholder={labels.log.filter}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rightSection={isSearching ? <Loader size="0.8em" aria-label={labels.log.searching} /> : null}
        />
        <Select
          size="xs"
          w="9rem"
          aria-label={labels.log.kind}
          allowDeselect={false}
          data={[{ value: '', label: labels.log.everyKind }, ...KIND_CHOICES]}
          value={kind ?? ''}
          onChange={(next) => setKind(next ? (next as EventKind) : null)}
        />
        <Tooltip label={labels.log.rawHint}>
          <Switch
            size="xs"
            label={labels.log.raw}
            checked={raw}
            onChange={(event) => setRaw(event.currentTarget.checked)}
          />
        </Tooltip>
        <Tooltip label={labels.log.copyAllHint(filtered !== null)}>
          <Button
            size="compact-xs"
            variant="default"
            className={own.copyAll}
            loading={copying}
            leftSection={<Copy size="1em" aria-hidden />}
            onClick={() => void copyAll()}
          >
            {labels.log.copyAll}
          </Button>
        </Tooltip>
      </Group>
      <section
        ref={box}
        className={classes.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={labels.log.events}
        onScroll={onScroll}
      >
        {events.length === 0 && !isSearching && !entries.loading && (
          <Text size="sm" c="dimmed" p="md">
            {filtered === null ? labels.log.empty : labels.log.noMatch}
          </Text>
        )}
        <div className={classes.all} style={{ height: total }}>
          {list.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              <div
                key={item.key}
                ref={list.measureElement}
                data-index={item.index}
                className={classes.slot}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row && <EventRow row={row} raw={raw} />}
              </div>
            );
          })}
        </div>
      </section>
      {filtered === null && entries.hasNewer && (
        <LatestButton
          count={0}
          onClick={() => {
            following.current = true;
            void entries.showLatest();
          }}
        />
      )}
    </div>
  );
}

interface EventRowProps {
  row: LogRow;
  /** Shown as it is stored. */
  raw: boolean;
}

const EventRow = memo(
  function EventRow({ row, raw }: EventRowProps) {
    const [first] = row;
    if (!first) return null;
    return (
      <div className={own.logRow} title={`${dateTimeExact(first.at)} · ${first.seq} · ${first.event.type}`}>
        <span className={own.logTime}>{clock(first.at)}</span>
        {raw ? (
          <span className={own.raw}>
            {first.seq} {visibleLine(JSON.stringify(first.event), LONGEST_RAW)}
          </span>
        ) : (
          <Told row={row} />
        )}
        <button
          type="button"
          className={own.logCopy}
          aria-label={labels.log.copyOne}
          onClick={() => void copyText(JSON.stringify(row.length === 1 ? first : row, null, 2))}
        >
          <Braces size="0.9em" aria-hidden />
        </button>
      </div>
    );
  },
  // Rows are made anew whenever the log grows.
  (before, now) => before.raw === now.raw && before.row.length === now.row.length && before.row[0] === now.row[0],
);

function Told({ row }: { row: LogRow }) {
  const { words, end, tone } = logWords(row);
  const color = TONE_COLORS[tone];
  return (
    <>
      <span className={own.logWords} style={color ? { color } : undefined}>
        {words}
      </span>
      {end && <span className={own.logEnd}>{end}</span>}
    </>
  );
}

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
