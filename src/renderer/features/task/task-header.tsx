import { ActionIcon, Group, Text, Title, Tooltip } from '@mantine/core';
import { ArrowLeft, Copy, Maximize2, Minimize2, Play, RotateCcw, Square, StepForward, Trash2, X } from 'lucide-react';
import { columnOf, summarize } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import { useNow } from '../../state/hooks.ts';
import { cost, duration } from '../../ui/format.logic.ts';
import { COLUMN_COLORS, elapsed, statusWords } from '../board/card.logic.ts';
import { ACTION_WORDS, actionsOf, type TaskAction } from '../board/task-actions.logic.ts';
import { tokens } from './measure.logic.ts';
import classes from './task.module.css';
import { visible, visibleLine } from './text.logic.ts';

const ICONS: Record<TaskAction, typeof Play> = {
  start: Play,
  stop: Square,
  resume: StepForward,
  rerun: RotateCcw,
  duplicate: Copy,
  delete: Trash2,
};

/** The key of each action while the task has the focus. */
export const ACTION_KEYS: Record<TaskAction, string> = {
  start: 's',
  stop: 's',
  resume: 's',
  rerun: 'r',
  duplicate: 'd',
  delete: 'Delete',
};

const LONGEST_TITLE = 300;

export interface TaskHeaderProps {
  task: Task;
  wide: boolean;
  onAction(action: TaskAction): void;
  onToggleWide(): void;
  onClose(): void;
}

/** What the task is, how it stands, and what can be done with it. */
export function TaskHeader({ task, wide, onAction, onToggleWide, onClose }: TaskHeaderProps) {
  const now = useNow(task.status === 'running');
  const summary = summarize(task);
  const color = COLUMN_COLORS[columnOf(task)];
  const took = elapsed(summary, now);
  const { outcome } = task;
  const facts = [
    took === null ? '' : duration(took),
    task.runCount > 1 ? `run ${task.runCount}` : '',
    tokens(task.usage),
    cost(task.costUsd),
  ].filter(Boolean);
  return (
    <div className={classes.head}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        {wide && (
          <Tooltip label="Back (Escape)">
            <ActionIcon variant="subtle" color="gray" aria-label="Back to the tasks" onClick={onClose}>
              <ArrowLeft size="1.1em" aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Title order={2} size="h4" lineClamp={2} className={classes.title} dir="auto">
          {visibleLine(task.title, LONGEST_TITLE)}
        </Title>
        <Group gap="0.1rem" wrap="nowrap">
          <Tooltip label={wide ? 'Beside the board (W)' : 'Whole width (W)'}>
            <ActionIcon
              variant="subtle"
              color="gray"
              visibleFrom="sm"
              aria-label={wide ? 'Show beside the board' : 'Show in the whole width'}
              aria-keyshortcuts="w"
              onClick={onToggleWide}
            >
              {wide ? <Minimize2 size="1em" aria-hidden /> : <Maximize2 size="1em" aria-hidden />}
            </ActionIcon>
          </Tooltip>
          {!wide && (
            <Tooltip label="Close (Escape)">
              <ActionIcon variant="subtle" color="gray" aria-label="Close task" onClick={onClose}>
                <X size="1.1em" aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Group>
      <Group justify="space-between" gap="xs" align="center">
        <Text size="sm" className={classes.words} flex={1} miw="12rem">
          <Text span fw={600} size="sm" c={color === 'gray' ? 'dimmed' : `var(--drover-${color})`}>
            {STATUS_NAMES[task.status]}
          </Text>
          {statusWords(summary) === STATUS_NAMES[task.status] ? '' : ` · ${visibleLine(statusWords(summary), 500)}`}
          {facts.length > 0 && (
            <Text span c="dimmed" size="xs">
              {'  '}
              {facts.join(' · ')}
            </Text>
          )}
        </Text>
        <Group gap="0.15rem" wrap="nowrap" role="toolbar" aria-label="Task actions">
          {actionsOf(task.status).map((action) => (
            <Action key={action} action={action} busy={task.phase === 'stopping'} onAction={onAction} />
          ))}
        </Group>
      </Group>
      {outcome?.hint && task.status !== 'running' && (
        <Text size="xs" c="dimmed" className={classes.words} lineClamp={4}>
          {visible(outcome.hint)}
        </Text>
      )}
    </div>
  );
}

const STATUS_NAMES: Record<Task['status'], string> = {
  draft: 'Draft',
  queued: 'Queued',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Stopped',
};

function Action({ action, busy, onAction }: { action: TaskAction; busy: boolean; onAction(action: TaskAction): void }) {
  const Icon = ICONS[action];
  const key = ACTION_KEYS[action];
  return (
    <Tooltip label={`${ACTION_WORDS[action]} (${key.length === 1 ? key.toUpperCase() : key})`}>
      <ActionIcon
        variant={['start', 'stop', 'resume'].includes(action) ? 'light' : 'subtle'}
        color={action === 'delete' ? 'red' : action === 'stop' ? 'orange' : undefined}
        aria-label={ACTION_WORDS[action]}
        aria-keyshortcuts={key}
        disabled={busy && action === 'stop'}
        onClick={() => onAction(action)}
      >
        <Icon size="1em" aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
