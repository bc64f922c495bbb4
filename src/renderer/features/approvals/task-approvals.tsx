import { Alert, Text } from '@mantine/core';
import { Hourglass } from 'lucide-react';
import type { Task } from '../../../contract/task/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { ApprovalCard } from './approval-card.tsx';
import classes from './approvals.module.css';

/** What a task waits for from a person, above everything else of it: its oldest approval, and a stall. */
export function TaskApprovals({ task }: { task: Pick<Task, 'approvals' | 'stall'> }) {
  const [first] = task.approvals;
  const more = task.approvals.length - 1;
  return (
    <>
      {first && (
        <div className={classes.inTask}>
          <ApprovalCard
            key={first.id}
            approvalId={first.id}
            aside={
              more > 0 ? (
                <Text size="xs" c="dimmed" className={classes.more}>
                  {more} more after this
                </Text>
              ) : null
            }
          />
        </div>
      )}
      {task.stall && (
        <Alert
          className={classes.stall}
          variant="default"
          icon={<Hourglass className={classes.why} size="1.1em" aria-hidden />}
          title={revealHidden(task.stall.words)}
        >
          <pre className={classes.command}>{revealHidden(task.stall.tail)}</pre>
        </Alert>
      )}
    </>
  );
}
