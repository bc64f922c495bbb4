import { Button, Text, Title } from '@mantine/core';
import { CircleCheckBig } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { countNeedsYou } from '../../../contract/task/needs-you.ts';
import { go, openSettings, openTask, route } from '../../app/window-state.ts';
import { useStore, useTaskList, useValue } from '../../state/hooks.ts';
import { ApprovalCard } from '../approvals/approval-card.tsx';
import { Context } from './context.tsx';
import { labels } from './labels.ts';
import { NeedList } from './need-list.tsx';
import { needsIn, nextAfter } from './needs.logic.ts';
import classes from './needs-you.module.css';
import { TaskNeed } from './task-need.tsx';
import { useMoveKeys } from './use-move-keys.ts';

/** Everything that needs a person, and the one that is looked at beside it, with what answers it. */
export function NeedsYou() {
  const { pending } = useStore();
  const { summaries, loaded } = useTaskList();
  const list = useValue(pending.list);
  const { needId } = useValue(route);
  const rows = useMemo(() => needsIn(summaries.values(), list?.approvals ?? []), [summaries, list]);
  const count = useMemo(() => countNeedsYou(summaries.values()), [summaries]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // What was answered elsewhere stays in sight until one goes on; a task that needs nobody any more has nothing to show.
  const isShown = needId !== null && (needId.startsWith('q') || rows.some(({ id }) => id === needId));
  const shown = isShown ? needId : (rows[0]?.id ?? null);
  const row = rows.find(({ id }) => id === shown) ?? null;

  useEffect(() => {
    const left = new Set(rows.map(({ id }) => id));
    if ([...chosen].some((id) => !left.has(id))) setChosen(new Set([...chosen].filter((id) => left.has(id))));
  }, [rows, chosen]);

  /** After an answer the next one comes into sight. */
  function goOn(id: string): void {
    go({ place: 'needs-you', needId: nextAfter(rows, id)?.id ?? null });
  }
  const move = useMoveKeys({ rows, shown, onOpen: () => row && openTask(row.taskId) });

  if (list === null || !loaded) return <section className={classes.page} aria-label={labels.title} />;
  return (
    <section className={classes.page} aria-label={labels.title}>
      {rows.length === 0 && shown === null ? (
        <Empty />
      ) : (
        <div className={classes.split}>
          {rows.length > 0 && (
            <NeedList
              rows={rows}
              tasks={count}
              hidden={list.total - list.approvals.length}
              shown={shown}
              chosen={chosen}
              onChoose={setChosen}
              onMove={move}
            />
          )}
          <div className={classes.detail}>
            {shown !== null &&
              (row !== null && row.approval === null ? (
                <TaskNeed key={shown} row={row} />
              ) : (
                <ApprovalCard
                  key={shown}
                  approvalId={shown}
                  keys={chosen.size > 0 ? 'never' : 'always'}
                  onOpenTask={(taskId) => openTask(taskId)}
                  onAnswered={() => goOn(shown)}
                >
                  {row !== null && <Context taskId={row.taskId} />}
                </ApprovalCard>
              ))}
          </div>
        </div>
      )}
    </section>
  );
}

function Empty() {
  return (
    <div className={classes.empty}>
      <CircleCheckBig size="2.5rem" strokeWidth={1.5} color="var(--drover-done)" aria-hidden />
      <Title order={2} size="h4">
        {labels.empty.title}
      </Title>
      <Text size="sm" c="dimmed" ta="center">
        {labels.empty.words}
      </Text>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => openSettings('audit')}>
        {labels.empty.audit}
      </Button>
    </div>
  );
}
