import { ActionIcon, Group, Text, Title, Tooltip } from '@mantine/core';
import {
  Archive,
  ArchiveRestore,
  ArrowLeft,
  Copy,
  Maximize2,
  Minimize2,
  Pencil,
  Play,
  RotateCcw,
  Square,
  StepForward,
  Trash2,
  X,
} from 'lucide-react';
import { isUnsettled, stateOf, summarize } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import { cost, span, tokens } from '../../../contract/words/measure.ts';
import { STATE_WORDS, stateReason } from '../../../contract/words/state.ts';
import { useNow, useSession } from '../../state/hooks.ts';
import type { ActionName } from '../../ui/actions.logic.ts';
import { useKeyHint } from '../../ui/actions.ts';
import { visible, visibleLine } from '../../ui/text.logic.ts';
import { openDraft } from '../../ui/window-state.ts';
import { archiveTasks } from '../board/bulk.tsx';
import { elapsed } from '../board/card.logic.ts';
import { ACTION_WORDS, actionsOf, type TaskAction } from '../board/task-actions.logic.ts';
import classes from './task.module.css';

const ICONS: Record<TaskAction, typeof Play> = {
  start: Play,
  stop: Square,
  resume: StepForward,
  rerun: RotateCcw,
  duplicate: Copy,
  delete: Trash2,
};

/** What each is called where keys are given to actions. */
const ACTION_NAMES: Record<TaskAction, ActionName> = {
  start: 'task.main',
  stop: 'task.main',
  resume: 'task.main',
  rerun: 'task.rerun',
  duplicate: 'task.duplicate',
  delete: 'task.delete',
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
  const session = useSession();
  const now = useNow(task.status === 'running');
  const summary = summarize(task);
  const { words: state, tone } = STATE_WORDS[stateOf(task)];
  const reason = stateReason(task);
  const took = elapsed(summary, now);
  const { outcome } = task;
  const facts = [
    took === null ? '' : span(took),
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
          <HeaderButton
            name="task.wide"
            words={wide ? 'Show beside the board' : 'Show in the whole width'}
            Icon={wide ? Minimize2 : Maximize2}
            color="gray"
            visibleFrom="sm"
            onClick={onToggleWide}
          />
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
          <Text span fw={600} size="sm" c={tone === 'gray' ? 'dimmed' : `var(--drover-${tone})`}>
            {state}
          </Text>
          {reason === null ? '' : ` · ${visibleLine(reason, 500)}`}
          {facts.length > 0 && (
            <Text span c="dimmed" size="xs">
              {'  '}
              {facts.join(' · ')}
            </Text>
          )}
        </Text>
        <Group gap="0.15rem" wrap="nowrap" role="toolbar" aria-label="Task actions">
          {actionsOf(task.status)
            .filter((action) => action !== 'delete')
            .map((action) => (
              <Action key={action} action={action} busy={task.phase === 'stopping'} onAction={onAction} />
            ))}
          {task.status === 'draft' && (
            <HeaderButton name="task.edit" words="Edit the draft" Icon={Pencil} onClick={() => openDraft(task.id)} />
          )}
          {!isUnsettled(task.status) && (
            <HeaderButton
              name="task.archive"
              words={task.archivedAt === null ? 'Archive' : 'Bring back'}
              Icon={task.archivedAt === null ? Archive : ArchiveRestore}
              onClick={() => void archiveTasks(session, [task], task.archivedAt === null)}
            />
          )}
          {actionsOf(task.status).includes('delete') && <Action action="delete" busy={false} onAction={onAction} />}
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

function Action({ action, busy, onAction }: { action: TaskAction; busy: boolean; onAction(action: TaskAction): void }) {
  return (
    <HeaderButton
      name={ACTION_NAMES[action]}
      words={ACTION_WORDS[action]}
      Icon={ICONS[action]}
      variant={['start', 'stop', 'resume'].includes(action) ? 'light' : 'subtle'}
      color={action === 'delete' ? 'red' : action === 'stop' ? 'orange' : undefined}
      disabled={busy && action === 'stop'}
      onClick={() => onAction(action)}
    />
  );
}

interface HeaderButtonProps {
  name: ActionName;
  words: string;
  /** Shown in the tooltip where it says more than the name. */
  label?: string;
  Icon: typeof Play;
  variant?: 'light' | 'subtle';
  color?: string | undefined;
  disabled?: boolean;
  visibleFrom?: 'sm';
  onClick(): void;
}

/** A button with a picture; its tooltip tells the keys that are set for it. */
function HeaderButton({ name, words, label, Icon, variant = 'subtle', ...rest }: HeaderButtonProps) {
  const { suffix, aria } = useKeyHint(name);
  return (
    <Tooltip label={`${label ?? words}${suffix}`}>
      <ActionIcon variant={variant} aria-label={words} aria-keyshortcuts={aria} {...rest}>
        <Icon size="1em" aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
