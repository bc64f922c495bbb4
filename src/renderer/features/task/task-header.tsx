import { ActionIcon, Badge, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { ArrowLeft, CircleCheck, GitBranch, Maximize2, Minimize2, Play, Square, StepForward, X } from 'lucide-react';
import { stateOf, summarize, type TaskState } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import { span } from '../../../contract/words/measure.ts';
import { STATE_WORDS, stateReason } from '../../../contract/words/state.ts';
import { useNow, useSession } from '../../state/hooks.ts';
import type { ActionName } from '../../ui/actions.logic.ts';
import { useKeyHint } from '../../ui/actions.ts';
import { visible, visibleLine } from '../../ui/text.logic.ts';
import { WithCode } from '../../ui/with-code.tsx';
import { acceptTasks } from '../board/bulk.tsx';
import { elapsed } from '../board/card.logic.ts';
import type { TaskAction } from '../board/task-actions.logic.ts';
import classes from './task.module.css';
import { TaskMenu } from './task-menu.tsx';

const LONGEST_TITLE = 300;
const LONGEST_REASON = 500;

export interface TaskHeaderProps {
  task: Task;
  wide: boolean;
  onAction(action: TaskAction): void;
  onToggleWide(): void;
  onClose(): void;
}

/** What the task is, how it stands, and what can be done with it. */
export function TaskHeader({ task, wide, onAction, onToggleWide, onClose }: TaskHeaderProps) {
  const { suffix, aria } = useKeyHint('task.wide');
  const toggleWords = wide ? 'Show beside the board' : 'Show in the whole width';
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
          <Tooltip label={`${toggleWords}${suffix}`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              visibleFrom="sm"
              aria-label={toggleWords}
              aria-keyshortcuts={aria}
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
      <Group justify="space-between" gap="xs" align="flex-start" mt="0.25rem">
        <Standing task={task} />
        <Slots task={task} onAction={onAction} />
      </Group>
      <Reason task={task} />
    </div>
  );
}

/** The state in one word, for how long, and the branch, which alone may go to the next line. */
function Standing({ task }: { task: Task }) {
  const now = useNow(task.status === 'running');
  const { words, tone } = STATE_WORDS[stateOf(task)];
  const took = elapsed(summarize(task), now);
  const facts = [took === null ? '' : span(took), task.runCount > 1 ? `run ${task.runCount}` : ''].filter(Boolean);
  return (
    <div className={classes.state}>
      <Badge
        variant="light"
        color={tone}
        c={`var(--drover-${tone}, var(--mantine-color-${tone}-light-color))`}
        tt="none"
        radius="sm"
      >
        {words}
      </Badge>
      {facts.length > 0 && (
        <Text size="xs" c="dimmed" className={classes.standingFacts}>
          {facts.join(' · ')}
        </Text>
      )}
      {task.workspace && (
        <Text size="xs" c="dimmed" className={classes.branch} title={task.workspace.branch}>
          <GitBranch size="1em" aria-label="Branch" /> <span dir="auto">{visibleLine(task.workspace.branch, 120)}</span>
        </Text>
      )}
    </div>
  );
}

/** Why it stands so, and what can be done. What a banner below says is not said here. */
function Reason({ task }: { task: Task }) {
  const state = stateOf(task);
  const reason = state === 'blocked' || state === 'waiting' ? null : stateReason(task);
  return (
    <>
      {reason !== null && (
        <Text size="sm" className={classes.words} lineClamp={4}>
          <WithCode text={visibleLine(reason, LONGEST_REASON)} />
        </Text>
      )}
      {state === 'failed' && task.outcome?.hint && (
        <Text size="xs" c="dimmed" className={classes.words} lineClamp={4}>
          <WithCode text={visible(task.outcome.hint)} />
        </Text>
      )}
    </>
  );
}

/** What moves a task on from where it stands; those of a blocked one stand in its banner. */
const ONWARD: Partial<Record<TaskState, 'start' | 'resume' | 'done'>> = {
  draft: 'start',
  stopped: 'resume',
  failed: 'resume',
  finished: 'done',
};

/** Every action has a place of its own, so that after a press nothing else stands under the pointer. */
function Slots({ task, onAction }: { task: Task; onAction(action: TaskAction): void }) {
  const session = useSession();
  const onward = ONWARD[stateOf(task)];
  const canStop = task.status === 'queued' || task.status === 'running';
  return (
    <div className={classes.slots} role="toolbar" aria-label="Task actions">
      <div>
        {onward === 'start' && (
          <SlotButton name="task.main" words="Start" Icon={Play} onClick={() => onAction('start')} />
        )}
        {onward === 'resume' && (
          <SlotButton name="task.main" words="Resume" Icon={StepForward} onClick={() => onAction('resume')} />
        )}
        {onward === 'done' && (
          <SlotButton
            name="task.done"
            words="Mark done"
            Icon={CircleCheck}
            onClick={() => void acceptTasks(session, [task], true)}
          />
        )}
      </div>
      <div>
        {canStop && (
          <SlotButton
            name="task.main"
            words="Stop"
            Icon={Square}
            color="orange"
            c="var(--drover-orange)"
            disabled={task.phase === 'stopping'}
            onClick={() => onAction('stop')}
          />
        )}
      </div>
      <TaskMenu task={task} onAction={onAction} />
    </div>
  );
}

interface SlotButtonProps {
  name: ActionName;
  words: string;
  Icon: typeof Play;
  color?: string;
  c?: string;
  disabled?: boolean;
  onClick(): void;
}

/** A button whose tooltip tells the keys that are set for it. */
function SlotButton({ name, words, Icon, ...rest }: SlotButtonProps) {
  const { suffix, aria } = useKeyHint(name);
  return (
    <Tooltip label={`${words}${suffix}`}>
      <Button
        size="compact-sm"
        variant="light"
        fullWidth
        leftSection={<Icon size="1em" aria-hidden />}
        aria-keyshortcuts={aria}
        {...rest}
      >
        {words}
      </Button>
    </Tooltip>
  );
}
