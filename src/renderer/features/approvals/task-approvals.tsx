import { Text } from '@mantine/core';
import type { Task } from '../../../contract/task/state.ts';
import { ApprovalCard } from './approval-card.tsx';
import classes from './approvals.module.css';
import { labels } from './labels.ts';

/** The oldest approval that a task waits for, above everything else of it. */
export function TaskApprovals({ task }: { task: Pick<Task, 'approvals'> }) {
  const [first] = task.approvals;
  const more = task.approvals.length - 1;
  if (!first) return null;
  return (
    <div className={classes.inTask}>
      <ApprovalCard
        key={first.id}
        approvalId={first.id}
        inTask
        keys="always"
        aside={
          more > 0 ? (
            <Text size="xs" c="dimmed" className={classes.more}>
              {labels.moreInTask(more)}
            </Text>
          ) : null
        }
      />
    </div>
  );
}
