import { Anchor, Button, Group, Loader, Text, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import { hasNoGoal } from '../../../contract/task/derive.ts';
import type { Task } from '../../../contract/task/state.ts';
import { ago } from '../../../contract/words/measure.ts';
import { useActions } from '../../app/actions.ts';
import { openTask } from '../../app/window-state.ts';
import { act } from '../../state/act.ts';
import { useClient, useNow, useProjects, useTask } from '../../state/hooks.ts';
import { visible } from '../../ui/text.logic.ts';
import { WithCode } from '../../ui/with-code.tsx';
import { menuTaskOf } from '../board/menu-task.ts';
import { carryOut } from '../board/task-actions.tsx';
import { useTaskKeys } from '../board/task-keys.ts';
import { MessageBox } from '../task/composer/message-box.tsx';
import { BlockedBanner } from '../task/header/blocked-banner.tsx';
import { SessionBanner } from '../task/header/session-banner.tsx';
import { StallBanner } from '../task/header/stall-banner.tsx';
import { Context } from './context.tsx';
import { labels } from './labels.ts';
import type { NeedRow } from './needs.logic.ts';
import classes from './needs-you.module.css';

/** A task that needs its person as a whole: it is blocked, a command of it waits for input, or it failed. */
export function TaskNeed({ row }: { row: NeedRow }) {
  const task = useTask(row.taskId);
  const box = useRef<HTMLDivElement>(null);
  const reply = () => box.current?.querySelector('textarea')?.focus();
  const client = useClient();
  useTaskKeys(
    () => (task ? menuTaskOf(task) : null),
    (action, one) => void carryOut(client, action, one),
  );
  useActions([{ name: 'task.message', run: reply }]);
  if (task === undefined) return <Loader size="sm" m="md" />;
  if (task === null) return null;
  return (
    <article className={classes.need} aria-label={row.words}>
      <div className={classes.needBody}>
        <div>
          <Title order={2} size="h4" className={classes.words}>
            {row.kind === 'failed' ? row.words : labels.kinds[row.kind]}
          </Title>
          <About row={row} />
        </div>
        {row.kind === 'failed' && <Failed task={task} onReply={reply} />}
        <SessionBanner task={task} onShow={() => openTask(task.id)} />
        <StallBanner task={task} />
        <BlockedBanner task={task} onReply={reply} />
        <Context taskId={row.taskId} doing={row.kind !== 'blocked'} />
      </div>
      <div ref={box}>
        <MessageBox task={task} />
      </div>
    </article>
  );
}

function About({ row }: { row: NeedRow }) {
  const projects = useProjects();
  const now = useNow(true, 60_000);
  const project = projects?.find(({ id }) => id === row.projectId)?.name;
  return (
    <Text size="sm" c="dimmed" className={classes.words}>
      <Anchor component="button" size="sm" onClick={() => openTask(row.taskId)}>
        {row.taskTitle}
      </Anchor>
      {[project, ago(row.at, now)].filter(Boolean).map((part) => ` · ${part}`)}
    </Text>
  );
}

/** What can be done after a failure, and the three ways on. */
function Failed({ task, onReply }: { task: Task; onReply(): void }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const isFree = hasNoGoal(task);
  async function tryAgain(): Promise<void> {
    setBusy(true);
    const { id: taskId } = task;
    if (isFree) await act((id) => client.sessions.takeOver({ taskId, ...id }));
    else await act((id) => client.tasks.resume({ taskId, ...id }));
    setBusy(false);
  }
  return (
    <>
      {task.outcome?.hint && (
        <Text size="sm" className={classes.words}>
          <WithCode text={visible(task.outcome.hint)} />
        </Text>
      )}
      <Group gap="xs">
        <Button size="sm" loading={busy} onClick={() => void tryAgain()}>
          {isFree ? labels.openAgain : labels.tryAgain}
        </Button>
        {!isFree && (
          <Button size="sm" variant="default" onClick={onReply}>
            {labels.reply}
          </Button>
        )}
        <Button size="sm" variant="default" onClick={() => openTask(task.id)}>
          {labels.open}
        </Button>
      </Group>
    </>
  );
}
