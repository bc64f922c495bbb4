import { ActionIcon, Badge, Text, Tooltip } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { taskAddress } from '../../../contract/desktop.ts';
import { useSession, useValue } from '../../state/hooks.ts';
import { ApprovalCard } from './approval-card.tsx';
import classes from './approvals.module.css';

/** The page of the small window near the tray: the approval that has waited longest, and how many more there are. */
export function PopUp() {
  const { connection, pending } = useSession();
  const { desktop } = connection;
  const list = useValue(pending.list);
  const box = useRef<HTMLElement>(null);
  const first = list?.approvals[0];
  const more = (list?.total ?? 0) - 1;

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
      <main ref={box} className={classes.popUp} aria-label="Approval" aria-live="polite">
        {first ? (
          <ApprovalCard
            key={first.id}
            approvalId={first.id}
            from="pop-up"
            keys="after-focus"
            onOpenTask={(taskId) => desktop?.openBoard(taskAddress(taskId))}
            aside={
              <>
                {more > 0 && (
                  <Badge className={classes.more} variant="light" color="orange" tt="none">
                    {more} more
                  </Badge>
                )}
                <Tooltip label="Decide later (Esc)">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    aria-label="Decide later"
                    onClick={() => desktop?.hide()}
                  >
                    <X size="1.1em" aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </>
            }
          />
        ) : (
          <Text c="dimmed" p="md">
            Nothing is waiting for you.
          </Text>
        )}
      </main>
    </div>
  );
}
