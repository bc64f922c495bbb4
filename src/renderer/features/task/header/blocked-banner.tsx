import { Button, Group, List, Text } from '@mantine/core';
import { Ban, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { stateOf } from '../../../../contract/task/derive.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { useKeyHint } from '../../../app/actions.ts';
import { act } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { visible, visibleLine } from '../../../ui/text.logic.ts';
import { WithCode } from '../../../ui/with-code.tsx';
import { labels } from '../labels.ts';
import classes from '../task.module.css';

const LONGEST_NAME = 120;

/** What a task is blocked by, and the three ways on; nothing for any other task. */
export function BlockedBanner({ task, onReply }: { task: Task; onReply(): void }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const { suffix, aria } = useKeyHint('task.main');
  const state = stateOf(task);
  if (state !== 'blocked' && state !== 'unblocked') return null;
  const blocked = task.items.filter((item) => item.status === 'blocked');

  async function unblock(skip: boolean): Promise<void> {
    setBusy(true);
    await act((id) => client.tasks.unblock({ taskId: task.id, skip, ...id }));
    setBusy(false);
  }

  return (
    <section className={classes.blocked} aria-label={labels.blocked.region}>
      {blocked.length === 0 ? (
        <Text size="sm">
          <CircleCheck size="1em" aria-hidden /> {labels.blocked.nothing}
        </Text>
      ) : (
        <List size="sm" listStyleType="none">
          {blocked.map((item) => (
            <List.Item key={item.id} icon={<Ban size="1em" aria-hidden />} className={classes.words}>
              <Text span size="sm" fw={600} dir="auto">
                {visibleLine(item.text, LONGEST_NAME)}
              </Text>
              <Text size="sm" className={classes.words} dir="auto">
                <WithCode text={visible(item.reason ?? labels.blocked.noReason)} />
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          loading={busy}
          title={suffix.trim() || undefined}
          aria-keyshortcuts={aria}
          onClick={() => void unblock(false)}
        >
          {blocked.length === 0 ? labels.blocked.go : labels.blocked.fixed}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onReply}>
          {labels.blocked.reply}
        </Button>
        {blocked.length > 0 && (
          <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void unblock(true)}>
            {labels.blocked.skip(blocked.length)}
          </Button>
        )}
      </Group>
    </section>
  );
}
