import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Task } from '../../../../contract/task/state.ts';
import type { EntriesView } from '../../../state/entries.ts';
import { sizes } from '../../../ui/theme.ts';
import { labels } from '../labels.ts';
import { LatestButton } from '../latest-button.tsx';
import classes from '../task.module.css';
import { createRowBuilder, rowOf } from './conversation.logic.ts';
import own from './conversation.module.css';
import { ConversationRow, LiveRow } from './conversation-row.tsx';
import { EarlierRunLine } from './earlier-run.tsx';
import { FindBar } from './find-bar.tsx';
import { OpenedContext } from './fold.tsx';
import { createFolder } from './fold-work.logic.ts';
import { markFound } from './highlight.ts';
import { createRowMeasure } from './measure-rows.ts';
import { type Entry, wantsOlder, withRuns } from './runs.logic.ts';
import { TaskFactsContext } from './task-facts.ts';
import { isRunning } from './tool-call.tsx';
import { useFind } from './use-find.ts';
import { useOpenRuns } from './use-open-runs.ts';
import { useResized } from './use-resized.ts';
import { WorkingRow } from './working-row.tsx';

/** So near to an end, in pixels, counts as being there. */
const NEAR_END = 40;
/** So near to where what is loaded ends, more is asked for. */
const NEAR_EDGE = 1200;
const LINE_HEIGHT = 30;

export interface ConversationProps {
  task: Task;
  entries: EntriesView;
  /** 0 while nothing is looked for; else another number whenever the keys for finding were pressed. */
  finding: number;
  onFindClosed(): void;
}

/** What the agent, Drover and the person said, newest at the end; stays at the end while it is there. */
export function Conversation({ task, entries, finding, onFindClosed }: ConversationProps) {
  const taskId = task.id;
  // Paths are told as seen from there.
  const root = task.workspace?.path ?? null;
  const builder = useMemo(createRowBuilder, []);
  const folder = useMemo(createFolder, []);
  const measureElement = useMemo(createRowMeasure, []);
  const { openRuns, runs, toggle, openRun } = useOpenRuns(task);
  const shown = folder.fold(builder.rows(entries.events));
  const rows = useMemo(() => withRuns(shown, openRuns), [shown, openRuns]);
  const facts = useMemo(
    () => ({
      items: new Map(task.items.map((item) => [item.id, item])),
      maxRetries: task.limits.maxRetries,
      newestRun: task.runCount,
    }),
    [task.items, task.limits.maxRetries, task.runCount],
  );
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
  /** The row that was the last one when its end was left. */
  const leftAt = useRef<string | null>(null);

  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState<number | null>(null);
  const wanted = finding > 0 ? query.trim() : '';
  const found = useFind(taskId, wanted, entries, facts.items);
  const foundAt = Math.max(0, current === null ? 0 : found.seqs.indexOf(current));
  const foundSeq = found.seqs[foundAt] ?? null;
  const isLoaded =
    foundSeq !== null && foundSeq >= (entries.events[0]?.seq ?? 0) && foundSeq <= (entries.events.at(-1)?.seq ?? 0);
  const foundShown = isLoaded ? shown[rowOf(shown, foundSeq)] : undefined;
  const foundRow = foundShown ? rows.indexOf(foundShown) : -1;
  const foundRun = foundShown && foundRow < 0 ? foundShown.run : null;

  const list = useVirtualizer({
    count: rows.length + live.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]?.key ?? `live ${live[index - rows.length]?.[0]}`,
    estimateSize: (index) => estimate(rows[index]),
    measureElement,
    overscan: 6,
    // Rows that come above leave what is looked at where it is.
    anchorTo: 'end',
    // At the end it is kept there once for all rows that have grown, not once for each; see `stayAtEnd`.
    scrollEndThreshold: atEnd ? -1 : 1,
    // A row that has grown moves the others without drawing them again.
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    onChange(changed) {
      const now = changed.getTotalSize();
      if (now !== height.current) stayAtEndSoon();
      height.current = now;
    },
  });
  list.shouldAdjustScrollPositionOnItemSizeChange = atEnd ? () => false : undefined;
  const total = list.getTotalSize();
  // The first rows that arrive are drawn where the end will be, not at the top and then once more.
  if (!hadRows.current && rows.length > 0) {
    hadRows.current = true;
    if (following.current) list.scrollOffset = Math.max(0, total - (list.scrollRect?.height ?? 0));
  }
  const items = list.getVirtualItems();
  const works = task.status === 'running' && live.length === 0 && !isBusy(rows) && !entries.loading;

  function stayAtEnd(): void {
    if (!following.current || !box.current) return;
    box.current.scrollTop = box.current.scrollHeight;
    list.scrollOffset = box.current.scrollTop;
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
  useLayoutEffect(stayAtEnd, [total, works]);
  // A message box that grows takes the room of the last row.
  useResized(box, stayAtEnd);

  const mayLoadOlder = entries.hasOlder && wantsOlder(shown, openRuns);
  // What is folded may not fill the view, and then nothing is scrolled.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are other rows.
  useEffect(() => {
    if (mayLoadOlder && !entries.loading && (box.current?.scrollTop ?? 0) < NEAR_EDGE) void entries.loadOlder();
  }, [mayLoadOlder, entries.loading, shown]);

  // What is found in an earlier run is shown there.
  useEffect(() => {
    if (foundRun !== null) openRun(foundRun);
  }, [foundRun, openRun]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each match, when its row is there.
  useEffect(() => {
    if (foundSeq === null) return;
    following.current = false;
    setAtEnd(false);
    if (foundRow >= 0) list.scrollToIndex(foundRow, { align: 'center' });
    else if (foundRun === null) void entries.show(foundSeq);
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
    if (atEnd !== following.current) {
      setAtEnd(following.current);
      leftAt.current = following.current ? null : (rows.at(-1)?.key ?? null);
    }
    if (element.scrollTop < NEAR_EDGE && mayLoadOlder) void entries.loadOlder();
    else if (below < NEAR_EDGE && entries.hasNewer) void entries.loadNewer();
  }

  function step(by: 1 | -1): void {
    const { length } = found.seqs;
    if (length > 0) setCurrent(found.seqs[(foundAt + by + length) % length] ?? null);
  }

  async function toBeginning(): Promise<void> {
    following.current = false;
    // The beginning is that of the first run, which may be folded.
    if (openRuns.from <= 1 || openRuns.opened.has(1)) await entries.show(0);
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
        aria-label={labels.conversation.entries}
      >
        {rows.length + live.length === 0 && !works && !entries.loading && (
          <Text c="dimmed" size="sm" p="md">
            {task.status === 'draft' ? labels.conversation.emptyDraft : labels.conversation.empty}
          </Text>
        )}
        <OpenedContext.Provider value={opened.current}>
          <TaskFactsContext.Provider value={facts}>
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
                    {row?.kind === 'earlier' ? (
                      <div className={own.row}>
                        <EarlierRunLine line={row} run={runs[row.run - 1]} onToggle={() => toggle(row.run)} />
                      </div>
                    ) : row ? (
                      <ConversationRow
                        row={row}
                        taskId={taskId}
                        root={root}
                        wanted={isFound ? wanted : null}
                        foundSeq={isFound ? foundSeq : null}
                        live={isBusy([row]) ? entries.live : null}
                      />
                    ) : (
                      entry && <LiveRow entry={entry[1]} />
                    )}
                  </div>
                );
              })}
            </div>
          </TaskFactsContext.Provider>
        </OpenedContext.Provider>
        {works && <WorkingRow task={task} since={entries.events.at(-1)?.at ?? task.updatedAt} />}
      </section>
      {!atEnd && <LatestButton count={newSince(rows, leftAt.current)} onClick={() => void toLatest()} />}
    </div>
  );
}

/** Rows with text are higher than what is told in a line. */
function estimate(row: Entry | undefined): number {
  return row === undefined || row.kind === 'text' || row.kind === 'prompt' ? sizes.entry : LINE_HEIGHT;
}

/** Whether the newest of these rows is a call that is under way. */
function isBusy(rows: readonly Entry[]): boolean {
  const last = rows.at(-1);
  if (last?.kind === 'work') return last.rows.some(isRunning);
  return last?.kind === 'tool' && isRunning(last);
}

/** How many rows have come after that of this key. */
function newSince(rows: readonly Entry[], key: string | null): number {
  if (key === null) return 0;
  const at = rows.findLastIndex((row) => row.key === key);
  return at < 0 ? 0 : rows.length - 1 - at;
}
