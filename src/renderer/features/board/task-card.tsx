import { Checkbox, Group, Progress, Text, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { columnOf } from '../../../contract/task/derive.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { ago, cost, duration } from '../../ui/format.logic.ts';
import { openTask, toggleSelected } from '../../ui/window-state.ts';
import classes from './board.module.css';
import { COLUMN_COLORS, elapsed, statusWords } from './card.logic.ts';

export interface TaskCardProps {
  task: TaskSummary;
  projectName: string;
  now: number;
  selected: boolean;
  /** Whether anything is selected: then every card shows its box. */
  selecting: boolean;
  open: boolean;
  /** The one card that Tab reaches; the arrows go on from it. */
  tabbable: boolean;
}

export const TaskCard = memo(function TaskCard(props: TaskCardProps) {
  const { task, projectName, now, selected, selecting, open, tabbable } = props;
  const color = COLUMN_COLORS[columnOf(task)];
  const words = statusWords(task);
  const took = elapsed(task, now);
  const { total, completed, blocked } = task.items;
  return (
    <div className={classes.card} data-selected={selected || undefined} data-open={open || undefined}>
      <UnstyledButton
        className={classes.cardButton}
        data-task={task.id}
        tabIndex={tabbable ? 0 : -1}
        aria-current={open ? 'true' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) toggleSelected(task.id);
          else openTask(task.id);
        }}
      >
        <Text size="sm" fw={550} lineClamp={2} className={classes.title}>
          {task.title}
        </Text>
        <Text size="xs" c="dimmed" truncate="end">
          {[projectName, task.agent.agent, task.agent.model].filter(Boolean).join(' · ')}
        </Text>
        <Text size="xs" c={color === 'gray' ? 'dimmed' : `var(--drover-${color})`} truncate="end" title={words}>
          {words}
        </Text>
        {total > 0 && (
          <Progress.Root size="xs" my="0.25rem" aria-hidden>
            <Progress.Section value={(completed / total) * 100} color="teal" />
            <Progress.Section value={(blocked / total) * 100} color="orange" />
          </Progress.Root>
        )}
        <Group gap="xs" wrap="nowrap">
          {total > 0 && (
            <Text size="xs" c="dimmed">
              {completed}/{total}
            </Text>
          )}
          {took !== null && (
            <Text size="xs" c="dimmed">
              {duration(took)}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {cost(task.costUsd)}
          </Text>
          <Text size="xs" c="dimmed" ml="auto">
            {ago(task.updatedAt, now)}
          </Text>
        </Group>
      </UnstyledButton>
      <Checkbox
        className={classes.check}
        data-shown={selecting || undefined}
        size="xs"
        tabIndex={-1}
        aria-label={`Select ${task.title}`}
        checked={selected}
        onChange={() => toggleSelected(task.id)}
      />
    </div>
  );
});
