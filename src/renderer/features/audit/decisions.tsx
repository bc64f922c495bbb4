import { Button, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheck, CircleDashed, CircleX, Clock, ShieldAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Approval, ApprovalFilter, ApprovalStatus } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { decidedWords } from '../../../contract/words/decided.ts';
import { dateTimeExact } from '../../../contract/words/measure.ts';
import { actOnce } from '../../state/act.ts';
import { useProjects, useStore, useValue } from '../../state/hooks.ts';
import { sizes } from '../../ui/theme.ts';
import classes from './audit.module.css';
import { labels } from './labels.ts';

const PAGE = 200;

interface DecisionsProps {
  filter: ApprovalFilter;
  onOpen(approvalId: string): void;
}

/** A page of decisions after the other, as far as a person goes back. */
export function Decisions({ filter, onOpen }: DecisionsProps) {
  const { rows, more, loading } = usePages(filter);
  const projects = useProjects();
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows?.length ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.entry,
    getItemKey: (index) => rows?.[index]?.id ?? index,
    overscan: 10,
  });
  if (rows?.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        {Object.keys(filter).length === 0 ? labels.none : labels.noMatch}
      </Text>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={labels.list}>
      <ul className={classes.list} style={{ height: list.getTotalSize() }} aria-label={labels.list}>
        {list.getVirtualItems().map(({ key, index, start }) => {
          const one = rows?.[index];
          if (!one) return null;
          return (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              className={classes.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Decision approval={one} project={names.get(one.projectId) ?? ''} onOpen={() => onOpen(one.id)} />
            </li>
          );
        })}
      </ul>
      {more !== null && (
        <Button m="sm" size="xs" variant="default" loading={loading} onClick={more}>
          {labels.older}
        </Button>
      )}
    </section>
  );
}

const SIGNS: Record<ApprovalStatus, { Icon: typeof CircleX; color: string }> = {
  pending: { Icon: Clock, color: 'var(--drover-needs)' },
  allowed: { Icon: CircleCheck, color: 'var(--drover-done)' },
  denied: { Icon: CircleX, color: 'var(--drover-danger)' },
  expired: { Icon: CircleDashed, color: 'var(--mantine-color-dimmed)' },
  withdrawn: { Icon: CircleDashed, color: 'var(--mantine-color-dimmed)' },
  unasked: { Icon: ShieldAlert, color: 'var(--drover-danger)' },
};

function Decision({ approval, project, onOpen }: { approval: Approval; project: string; onOpen(): void }) {
  const { Icon, color } = SIGNS[approval.status];
  const became = labels.became(approval);
  const about = [decidedWords(approval.decision), project, revealHidden(approval.taskTitle)].filter(Boolean);
  return (
    <UnstyledButton className={classes.decision} onClick={onOpen}>
      <Icon size="1.1em" color={color} aria-hidden />
      <span className={classes.what}>
        <Text size="sm" truncate="end">
          {revealHidden(approval.title)}
        </Text>
        <Text size="xs" c="dimmed" truncate="end">
          {about.join(' · ')}
        </Text>
      </span>
      <span className={classes.end}>
        <Text size="xs" c={became === labels.became(FAILED) ? 'var(--drover-danger)' : 'dimmed'}>
          {became}
        </Text>
        <Text size="xs" c="dimmed">
          {dateTimeExact(approval.askedAt)}
        </Text>
      </span>
    </UnstyledButton>
  );
}

const FAILED = { status: 'allowed', kind: 'tool', followed: 'failed' } as const;

interface Pages {
  /** Null until the first page has arrived. */
  readonly rows: readonly Approval[] | null;
  /** Null when all is there. */
  readonly more: (() => void) | null;
  readonly loading: boolean;
}

function usePages(filter: ApprovalFilter): Pages {
  const { client, pending } = useStore();
  const changed = useValue(pending.list);
  const [rows, setRows] = useState<readonly Approval[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was just answered belongs on top.
  useEffect(() => {
    let wanted = true;
    void actOnce(() => client.approvals.list({ ...filter, limit: PAGE })).then((page) => {
      if (!wanted || page === null) return;
      setRows(page.approvals);
      setCursor(page.nextCursor);
    });
    return () => {
      wanted = false;
    };
  }, [client, filter, changed]);

  async function more(from: string): Promise<void> {
    setLoading(true);
    const page = await actOnce(() => client.approvals.list({ ...filter, limit: PAGE, cursor: from }));
    setLoading(false);
    if (page === null) return;
    setRows([...(rows ?? []), ...page.approvals]);
    setCursor(page.nextCursor);
  }
  return { rows, more: cursor === null ? null : () => void more(cursor), loading };
}
