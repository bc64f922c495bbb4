import { Button, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { NEEDS_YOU_ADDRESS, taskAddress } from '../../../contract/desktop.ts';
import { countNeedsYou } from '../../../contract/task/needs-you.ts';
import { Mark } from '../../app/mark.tsx';
import { useStore, useTaskList, useValue } from '../../state/hooks.ts';
import { ApprovalCard } from './approval-card.tsx';
import classes from './approvals.module.css';
import { labels } from './labels.ts';

const words = labels.popUp;

/** The page of the small window near the tray: the approval that has waited longest, and how many tasks need a person. */
export function PopUp() {
  const { connection, pending } = useStore();
  const { desktop } = connection;
  const list = useValue(pending.list);
  const box = useRef<HTMLElement>(null);
  const first = list?.approvals[0];

  useEffect(() => {
    const element = box.current;
    if (!element || !desktop) return;
    const watch = new ResizeObserver(() => desktop.fit(Math.ceil(element.getBoundingClientRect().height)));
    watch.observe(element);
    return () => watch.disconnect();
  }, [desktop]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) desktop?.hide();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [desktop]);

  return (
    <div className={classes.popUpWindow}>
      <main ref={box} className={classes.popUp} aria-label={words.label} aria-live="polite">
        <Head onLater={() => desktop?.hide()} onAll={() => desktop?.openBoard(NEEDS_YOU_ADDRESS)} />
        {first ? (
          <ApprovalCard
            key={first.id}
            approvalId={first.id}
            from="pop-up"
            keys="after-focus"
            onOpenTask={(taskId) => desktop?.openBoard(taskAddress(taskId))}
          />
        ) : (
          <Text c="dimmed" p="md">
            {words.none}
          </Text>
        )}
      </main>
    </div>
  );
}

/** Whose window this is, how much else needs a person, and the way out. */
function Head({ onLater, onAll }: { onLater(): void; onAll(): void }) {
  const { summaries } = useTaskList();
  const count = useMemo(() => countNeedsYou(summaries.values()), [summaries]);
  return (
    <header className={classes.popUpHead}>
      <Mark size="1.25rem" />
      <Text size="sm" fw={600}>
        {words.name}
      </Text>
      {count > 1 && (
        <Tooltip label={words.all(count)}>
          <UnstyledButton className={classes.popUpCount} aria-label={words.all(count)} onClick={onAll}>
            {words.place(count)}
          </UnstyledButton>
        </Tooltip>
      )}
      <Button size="compact-xs" variant="subtle" color="gray" ml="auto" onClick={onLater}>
        {words.laterKeys}
      </Button>
    </header>
  );
}
