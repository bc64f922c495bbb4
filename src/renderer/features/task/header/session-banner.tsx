import { Button, Group, Text } from '@mantine/core';
import { Hand } from 'lucide-react';
import { useState } from 'react';
import { hasNoGoal, isClosed, isTheirs } from '../../../../contract/task/derive.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { useKeyHint } from '../../../app/actions.ts';
import { act } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { askGoal } from '../../session/ask-goal.tsx';
import { labels } from '../labels.ts';
import classes from '../task.module.css';

/** Whether the banner says that a person has the session, or gets it next, and how it is given back. */
export const hasSessionBanner = (task: Task) =>
  isTheirs(task) && task.status === 'running' && task.phase !== 'stopping';

/** That a person has the session, or gets it next, and the ways on; nothing while the loop has it. */
export function SessionBanner({ task, onShow }: { task: Task; onShow(): void }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const { suffix, aria } = useKeyHint('task.session');
  const { session } = labels;
  if (!hasSessionBanner(task)) return null;
  const { id: taskId, run } = task;
  const isAsked = run?.holder !== 'person';
  const isFree = hasNoGoal(task);

  async function once(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    await work();
    setBusy(false);
  }
  const giveBack = () => act((id) => client.sessions.giveBack({ taskId, ...id }));
  const takeNow = () => act((id) => client.sessions.takeOver({ taskId, now: true, ...id }));
  const openAgain = () => act((id) => client.sessions.takeOver({ taskId, ...id }));

  return (
    <section className={classes.blocked} aria-label={session.region}>
      <Text size="sm" fw={600} className={classes.words}>
        <Hand size="1em" aria-hidden /> {wordsOf(task, isAsked)}
      </Text>
      <Group gap="xs" mt="xs">
        {isAsked && run?.openTurn != null && (
          <Button size="compact-sm" loading={busy} title={session.nowHint} onClick={() => void once(takeNow)}>
            {session.now}
          </Button>
        )}
        {isClosed(task) ? (
          <Button
            size="compact-sm"
            loading={busy}
            title={suffix.trim() || undefined}
            aria-keyshortcuts={aria}
            onClick={() => void once(openAgain)}
          >
            {session.openAgain}
          </Button>
        ) : (
          !isAsked && (
            <Button size="compact-sm" variant="default" onClick={onShow}>
              {session.show}
            </Button>
          )
        )}
        {isFree ? (
          <Button size="compact-sm" variant="default" title={session.setGoalHint} onClick={() => askGoal(taskId)}>
            {session.setGoal}
          </Button>
        ) : (
          <Button
            size="compact-sm"
            variant={isAsked || isClosed(task) ? 'default' : 'filled'}
            loading={busy}
            title={isAsked ? undefined : `${session.giveBackHint}${isClosed(task) ? '' : suffix}`}
            aria-keyshortcuts={isClosed(task) ? undefined : aria}
            onClick={() => void once(giveBack)}
          >
            {isAsked ? session.keep : session.giveBack}
          </Button>
        )}
      </Group>
    </section>
  );
}

function wordsOf(task: Task, isAsked: boolean): string {
  const { session } = labels;
  const { phase, run } = task;
  if (isAsked) return run?.openTurn == null ? session.opening : session.asked;
  if (phase === 'starting' || phase === 'idle') return session.opening;
  const isFree = hasNoGoal(task);
  if (isClosed(task)) return isFree ? session.endedFree : session.ended;
  return isFree ? session.free : session.yours;
}
