import { ActionIcon, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { ArrowLeft, CircleCheck, GitMerge, Hand, Play, SquareTerminal, StepForward, Undo2 } from 'lucide-react';
import { stateOf, type TaskState } from '../../../../contract/task/derive.ts';
import type { OutcomeCode, Task } from '../../../../contract/task/state.ts';
import { stateReason } from '../../../../contract/words/state.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';
import type { ActionName } from '../../../app/actions.logic.ts';
import { useKeyHint } from '../../../app/actions.ts';
import { useAgents, useStore } from '../../../state/hooks.ts';
import { visible, visibleLine } from '../../../ui/text.logic.ts';
import { WithCode } from '../../../ui/with-code.tsx';
import { acceptTasks } from '../../board/bulk.tsx';
import { startNow } from '../../board/choose.ts';
import { menuTaskOf } from '../../board/menu-task.ts';
import { lacksGoal, type SessionAct, sessionAct } from '../../board/session.logic.ts';
import { handOver } from '../../board/session-acts.ts';
import { ACTION_WORDS, canLand, type TaskAction, waitsByChoice } from '../../board/task-actions.logic.ts';
import { askLand } from '../../land/ask-land.tsx';
import { labels } from '../labels.ts';
import classes from './header.module.css';
import { HeaderFacts } from './header-facts.tsx';
import { OpenMenu } from './open-menu.tsx';
import { hasSessionBanner } from './session-banner.tsx';
import { TaskMenu } from './task-menu.tsx';

const LONGEST_TITLE = 300;
const LONGEST_REASON = 500;

export interface TaskHeaderProps {
  task: Task;
  detail: WorkspaceDetail | null;
  onShowChanges(): void;
  onAction(action: TaskAction): void;
  onClose(): void;
}

/** What the task is, how it stands, and what can be done with it. */
export function TaskHeader({ task, detail, onShowChanges, onAction, onClose }: TaskHeaderProps) {
  const { header } = labels;
  return (
    <div className={classes.head}>
      <Group wrap="nowrap" align="flex-start" gap="xs">
        <Tooltip label={header.backHint}>
          <ActionIcon variant="subtle" color="gray" aria-label={header.back} onClick={onClose}>
            <ArrowLeft size="1.1em" aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Title order={2} size="h4" lineClamp={2} className={classes.title} dir="auto">
          {visibleLine(task.title, LONGEST_TITLE)}
        </Title>
      </Group>
      <div className={classes.standing}>
        <HeaderFacts task={task} detail={detail} onShowChanges={onShowChanges} />
        <Slots task={task} onAction={onAction} />
      </div>
      <Reason task={task} />
    </div>
  );
}

/** How these ended says what can be done: to resume, which has its button. */
const RESUMED: ReadonlySet<OutcomeCode> = new Set([
  'retries-spent',
  'check-failed',
  'no-first-response',
  'turn-timeout',
  'inactive',
  'interrupted',
]);

/** What a banner below says all of. */
const BANNERS: ReadonlySet<TaskState> = new Set(['blocked', 'waiting', 'taken']);

/** Why it stands so, and what can be done. What a banner below says is not said here. */
function Reason({ task }: { task: Task }) {
  const state = stateOf(task);
  const { outcome } = task;
  const reason = BANNERS.has(state) || task.stall ? null : stateReason(task);
  const hint = state === 'failed' && outcome && !RESUMED.has(outcome.code) ? outcome.hint : null;
  return (
    <>
      {reason !== null && (
        <Text size="sm" className={classes.reason} lineClamp={4}>
          <WithCode text={visibleLine(reason, LONGEST_REASON)} />
        </Text>
      )}
      {hint && (
        <Text size="sm" c="dimmed" className={classes.reason} lineClamp={4}>
          <WithCode text={visible(hint)} />
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

const SESSION_ICONS: Record<SessionAct, typeof Play> = {
  takeOver: Hand,
  openSession: SquareTerminal,
  openAgain: SquareTerminal,
  giveBack: Undo2,
};

/** What moves it on, where its work can be opened, and the rest. That which stops it stands with the box below. */
function Slots({ task, onAction }: { task: Task; onAction(action: TaskAction): void }) {
  const store = useStore();
  const onward = ONWARD[stateOf(task)];
  const session = sessionAct(task, useAgents());
  return (
    <div className={classes.slots} role="toolbar" aria-label={labels.header.actions}>
      {onward === 'start' && (
        <SlotButton name="task.main" words={ACTION_WORDS.start} Icon={Play} onClick={() => onAction('start')} />
      )}
      {waitsByChoice(task) && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Play size="1em" aria-hidden />}
          onClick={() => void startNow(store, task.id)}
        >
          {labels.header.startNow}
        </Button>
      )}
      {onward === 'resume' && !lacksGoal(task) && (
        <SlotButton
          name="task.main"
          words={ACTION_WORDS.resume}
          Icon={StepForward}
          onClick={() => onAction('resume')}
        />
      )}
      {canLand(menuTaskOf(task)) && (
        <SlotButton name="task.land" words={labels.header.land} Icon={GitMerge} onClick={() => askLand(task)} />
      )}
      {onward === 'done' && (
        <SlotButton
          name="task.done"
          words={labels.header.done}
          Icon={CircleCheck}
          onClick={() => void acceptTasks(store, [task], true)}
        />
      )}
      {session !== null && (session !== 'openSession' || lacksGoal(task)) && !hasSessionBanner(task) && (
        <SlotButton
          name="task.session"
          words={labels.session[session]}
          Icon={SESSION_ICONS[session]}
          onClick={() => void handOver(store.client, session, task)}
        />
      )}
      {task.workspace && <OpenMenu workspaceId={task.workspace.id} />}
      <TaskMenu task={task} onAction={onAction} />
    </div>
  );
}

interface SlotButtonProps {
  name: ActionName;
  words: string;
  Icon: typeof Play;
  onClick(): void;
}

/** A button whose tooltip tells the keys that are set for it. */
function SlotButton({ name, words, Icon, onClick }: SlotButtonProps) {
  const { suffix, aria } = useKeyHint(name);
  return (
    <Tooltip label={`${words}${suffix}`}>
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<Icon size="1em" aria-hidden />}
        aria-keyshortcuts={aria}
        onClick={onClick}
      >
        {words}
      </Button>
    </Tooltip>
  );
}
