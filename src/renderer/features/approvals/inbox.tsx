import { Button, Checkbox, Group, Text, Title, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheckBig } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Approval } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { ago } from '../../../contract/words/measure.ts';
import { useNow, useProjects, useSession, useValue } from '../../state/hooks.ts';
import { sizes } from '../../ui/theme.ts';
import { go, openTask, route } from '../../ui/window-state.ts';
import { sameShape } from './answers.logic.ts';
import { ApprovalCard } from './approval-card.tsx';
import classes from './approvals.module.css';
import { PageTabs } from './page-tabs.tsx';
import { useAnswer } from './use-answer.ts';

/** Everything that waits for a person, oldest first, and the one that is looked at beside it. */
export function Inbox() {
  const { pending } = useSession();
  const list = useValue(pending.list);
  const { approvalId } = useValue(route);
  const approvals = list?.approvals ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = approvalId ?? approvals[0]?.id ?? null;
  useEffect(() => {
    const left = new Set(approvals.map(({ id }) => id));
    if ([...chosen].some((id) => !left.has(id))) setChosen(new Set([...chosen].filter((id) => left.has(id))));
  }, [approvals, chosen]);

  /** After an answer the next one comes into sight. */
  function onAnswered(id: string): void {
    const at = approvals.findIndex((one) => one.id === id);
    const next = approvals[at + 1] ?? approvals[at - 1];
    go({ place: 'approvals', approvalId: next && next.id !== id ? next.id : null });
  }

  return (
    <section className={classes.page} aria-label="Approvals">
      <PageTabs />
      {list !== null && approvals.length === 0 && shown === null ? (
        <Empty />
      ) : (
        <div className={classes.split}>
          {approvals.length > 0 && (
            <Rows approvals={approvals} total={list?.total ?? 0} shown={shown} chosen={chosen} onChoose={setChosen} />
          )}
          <div className={classes.detail}>
            {shown !== null && (
              <ApprovalCard
                key={shown}
                approvalId={shown}
                keys={chosen.size > 0 ? 'never' : 'always'}
                onOpenTask={(taskId) => openTask(taskId)}
                onAnswered={() => onAnswered(shown)}
              />
            )}
          </div>
        </div>
      )}
    </section>
  );
}

interface RowsProps {
  approvals: readonly Approval[];
  total: number;
  shown: string | null;
  chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

function Rows({ approvals, total, shown, chosen, onChoose }: RowsProps) {
  const projects = useProjects();
  const names = useMemo(() => new Map(projects?.map(({ id, name }) => [id, name])), [projects]);
  const now = useNow(true, 60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: approvals.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => sizes.entry,
    getItemKey: (index) => approvals[index]?.id ?? index,
    overscan: 8,
  });

  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = approvals.findIndex(({ id }) => id === shown);
    if (event.key === ' ' && shown !== null) toggle(shown);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const index = at + (event.key === 'ArrowDown' ? 1 : -1);
      const next = approvals[index];
      if (!next) return;
      go({ place: 'approvals', approvalId: next.id });
      rows.scrollToIndex(index);
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-approval="${next.id}"]`)?.focus(),
      );
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={classes.rows}>
      <Several approvals={approvals} chosen={chosen} onDone={() => onChoose(new Set())} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons inside. */}
      <div ref={scroller} className={classes.scroller} onKeyDown={onKeyDown}>
        <ul className={classes.list} style={{ height: rows.getTotalSize() }} aria-label="Waiting approvals">
          {rows.getVirtualItems().map(({ key, index, start }) => {
            const one = approvals[index];
            if (!one) return null;
            return (
              <li
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className={classes.row}
                data-shown={one.id === shown || undefined}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Checkbox
                  size="xs"
                  aria-label={`Select: ${one.title}`}
                  checked={chosen.has(one.id)}
                  onChange={() => toggle(one.id)}
                />
                <UnstyledButton
                  className={classes.rowButton}
                  data-approval={one.id}
                  aria-current={one.id === shown ? 'true' : undefined}
                  onClick={() => go({ place: 'approvals', approvalId: one.id })}
                >
                  <Text size="sm" truncate="end">
                    {revealHidden(one.title)}
                  </Text>
                  <Text size="xs" c="dimmed" truncate="end">
                    {names.get(one.projectId) ?? ''} · {revealHidden(one.taskTitle)} · {ago(one.askedAt, now)}
                  </Text>
                </UnstyledButton>
              </li>
            );
          })}
        </ul>
        {total > approvals.length && (
          <Text size="xs" c="dimmed" p="sm">
            {total - approvals.length} more follow when these are answered.
          </Text>
        )}
      </div>
    </div>
  );
}

/** Answers for all that are chosen, one after the other, where they are of one shape. */
function Several({
  approvals,
  chosen,
  onDone,
}: {
  approvals: readonly Approval[];
  chosen: ReadonlySet<string>;
  onDone(): void;
}) {
  const { busy, send } = useAnswer();
  if (chosen.size === 0) return null;
  const picked = approvals.filter(({ id }) => chosen.has(id));
  const alike = sameShape(picked);
  async function answerAll(type: 'allow' | 'deny'): Promise<void> {
    for (const { id } of picked) await send(id, type === 'allow' ? { type, scope: 'once' } : { type });
    onDone();
  }
  return (
    <Group className={classes.several} gap="xs">
      <Text size="sm">{picked.length} selected</Text>
      <Button size="compact-xs" disabled={!alike} loading={busy} onClick={() => void answerAll('allow')}>
        Allow all
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        disabled={picked.some(({ kind }) => kind !== 'tool')}
        loading={busy}
        onClick={() => void answerAll('deny')}
      >
        Deny all
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={onDone}>
        Clear
      </Button>
      {!alike && (
        <Text size="xs" c="dimmed">
          Only calls of one tool can be allowed together.
        </Text>
      )}
    </Group>
  );
}

function Empty() {
  return (
    <div className={classes.empty}>
      <CircleCheckBig size="2.5rem" strokeWidth={1.5} aria-hidden />
      <Title order={2} size="h4">
        Nothing is waiting for you
      </Title>
      <Text c="dimmed" ta="center">
        When an agent wants to do more than its task allows, the question comes here, into the tray and as a
        notification.
      </Text>
      <Button variant="default" size="xs" onClick={() => go({ place: 'audit' })}>
        Past decisions
      </Button>
    </div>
  );
}
