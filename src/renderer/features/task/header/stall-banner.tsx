import { Button, Group, Text } from '@mantine/core';
import { Hourglass } from 'lucide-react';
import { useState } from 'react';
import type { Task } from '../../../../contract/task/state.ts';
import { revealHidden } from '../../../../contract/text.ts';
import { STALL_MESSAGE } from '../../../../contract/words/stall.ts';
import { act } from '../../../state/act.ts';
import { useAgents, useClient } from '../../../state/hooks.ts';
import { canSendNow } from '../composer/send-now.logic.ts';
import { labels } from '../labels.ts';
import classes from '../task.module.css';

/** A command that waits for input nobody can give, and the ways on; nothing while there is none. */
export function StallBanner({ task }: { task: Task }) {
  const client = useClient();
  const agents = useAgents() ?? [];
  const [busy, setBusy] = useState(false);
  const { stall } = task;
  if (stall === null) return null;

  async function once(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    await work();
    setBusy(false);
  }
  async function tellAgent(): Promise<void> {
    const taskId = task.id;
    const queued = await act((id) => client.tasks.message({ taskId, text: STALL_MESSAGE, ...id }));
    const messageId = queued?.messages.at(-1)?.id;
    if (messageId !== undefined) await act((id) => client.messages.send({ taskId, messageId, ...id }));
  }
  const stopCheck = () => act((id) => client.tasks.stopCheck({ taskId: task.id, ...id }));
  const stop = () => act((id) => client.tasks.stop({ taskId: task.id, ...id }));

  return (
    <section className={classes.blocked} aria-label={labels.stall.region}>
      <Text size="sm" fw={600} className={classes.words} dir="auto">
        <Hourglass size="1em" aria-hidden /> {revealHidden(stall.words)}
      </Text>
      <pre className={classes.stallTail}>{revealHidden(stall.tail)}</pre>
      <Group gap="xs" mt="xs">
        {canSendNow(task, agents) && (
          <Button size="compact-sm" loading={busy} title={labels.stall.tellHint} onClick={() => void once(tellAgent)}>
            {labels.stall.tell}
          </Button>
        )}
        {stall.check && (
          <Button
            size="compact-sm"
            loading={busy}
            disabled={task.phase === 'stopping'}
            title={labels.stall.stopCheckHint}
            onClick={() => void once(stopCheck)}
          >
            {labels.stall.stopCheck}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy || task.phase === 'stopping'}
          onClick={() => void once(stop)}
        >
          {labels.stall.stopTask}
        </Button>
      </Group>
    </section>
  );
}
