import { Checkbox, Text, Title, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  Ban,
  CircleX,
  ClipboardList,
  FilePen,
  FileSearch,
  Globe,
  Hand,
  Hourglass,
  MessageCircleQuestion,
  Terminal,
  Wrench,
} from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { ago } from '../../../contract/words/measure.ts';
import { go } from '../../app/window-state.ts';
import { useNow, useProjects } from '../../state/hooks.ts';
import { sizes } from '../../ui/theme.ts';
import { labels } from './labels.ts';
import type { NeedKind, NeedRow } from './needs.logic.ts';
import classes from './needs-you.module.css';
import { Several } from './several.tsx';

const ICONS: Record<NeedKind, typeof Ban> = {
  command: Terminal,
  edit: FilePen,
  read: FileSearch,
  fetch: Globe,
  tool: Wrench,
  plan: ClipboardList,
  question: MessageCircleQuestion,
  stall: Hourglass,
  taken: Hand,
  blocked: Ban,
  failed: CircleX,
};

interface NeedListProps {
  rows: readonly NeedRow[];
  /** How many tasks they are of. */
  tasks: number;
  /** How many approvals there are besides those that are listed. */
  hidden: number;
  shown: string | null;
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
  onMove(steps: number): NeedRow | null;
}

/** The list at the left: what happened, in which task, since when. */
export function NeedList({ rows, tasks, hidden, shown, chosen, onChoose, onMove }: NeedListProps) {
  const projects = useProjects();
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const now = useNow(true, 60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.entry,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  const at = rows.findIndex(({ id }) => id === shown);
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at);
  }, [at, list]);

  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    if (
      event.key === ' ' &&
      row?.approval &&
      event.target instanceof HTMLElement &&
      event.target.matches('[data-need]')
    ) {
      toggle(row.id);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = onMove(event.key === 'ArrowDown' ? 1 : -1);
      if (!next) return;
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-need="${next.id}"]`)?.focus());
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={classes.rows}>
      <header className={classes.head}>
        <Title order={1} size="h5">
          {labels.title}
        </Title>
        <Text size="xs" c="dimmed" title={labels.keys}>
          {labels.count(tasks)}
        </Text>
      </header>
      <Several rows={rows} chosen={chosen} onDone={() => onChoose(new Set())} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons inside. */}
      <div ref={scroller} className={classes.scroller} onKeyDown={onKeyDown}>
        <ul className={classes.list} style={{ height: list.getTotalSize() }} aria-label={labels.list}>
          {list.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const isSame = rows[index - 1]?.taskId === row.taskId;
            return (
              <li
                key={key}
                ref={list.measureElement}
                data-index={index}
                className={classes.row}
                data-shown={row.id === shown || undefined}
                data-selecting={chosen.size > 0 || undefined}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Sign row={row} checked={chosen.has(row.id)} onToggle={() => toggle(row.id)} />
                <UnstyledButton
                  className={classes.rowButton}
                  data-need={row.id}
                  aria-current={row.id === shown ? 'true' : undefined}
                  onClick={() => go({ place: 'needs-you', needId: row.id })}
                >
                  <Text size="sm" lineClamp={2} className={classes.words} dir="auto">
                    {row.words}
                  </Text>
                  <Text size="xs" c="dimmed" className={classes.about}>
                    <span className={classes.taskName} dir="auto">
                      {isSame ? '' : [row.taskTitle, names.get(row.projectId)].filter(Boolean).join(' · ')}
                    </span>
                    <span>{ago(row.at, now)}</span>
                  </Text>
                </UnstyledButton>
              </li>
            );
          })}
        </ul>
        {hidden > 0 && (
          <Text size="xs" c="dimmed" p="sm">
            {labels.more(hidden)}
          </Text>
        )}
      </div>
    </div>
  );
}

/** The kind of a row; an approval has its box to select it in the same place. */
function Sign({ row, checked, onToggle }: { row: NeedRow; checked: boolean; onToggle(): void }) {
  const Icon = ICONS[row.kind];
  return (
    <span className={classes.sign} data-kind={row.kind} data-checked={checked || undefined}>
      <Icon size="1.1em" role="img" aria-label={labels.kinds[row.kind]} className={classes.kind} />
      {row.approval && (
        <Checkbox
          size="xs"
          className={classes.box}
          aria-label={labels.select(row.words)}
          checked={checked}
          onChange={onToggle}
        />
      )}
    </span>
  );
}
