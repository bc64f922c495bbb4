import { Button, Group, Loader, Modal, ScrollArea, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isUnsettled } from '../../../../contract/task/derive.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';
import { actOnce, wordsOf } from '../../../state/act.ts';
import { useClient, useTaskList } from '../../../state/hooks.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { planCleanUp } from '../clean-up.logic.ts';
import { labels } from '../labels.ts';

export interface CleanUpProps {
  onClose(): void;
  onDone(): void;
}

/** Shows which workspaces would go and which stay, and removes the former. Drover itself refuses what would lose work. */
export function CleanUp({ onClose, onDone }: CleanUpProps) {
  const client = useClient();
  const { summaries } = useTaskList();
  const [all, setAll] = useState<readonly WorkspaceDetail[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let wanted = true;
    client.workspaces.list({}).then(
      (found) => wanted && setAll(found),
      (error: unknown) => wanted && setProblem(wordsOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [client]);
  const isOver = (taskId: string) => {
    const task = summaries.get(taskId);
    return task === undefined || !isUnsettled(task.status);
  };
  const plan = all && planCleanUp(all, isOver);
  const title = ({ taskId, branch }: WorkspaceDetail) => summaries.get(taskId)?.title ?? branch;

  async function remove(going: readonly WorkspaceDetail[]): Promise<void> {
    setBusy(true);
    let count = 0;
    for (const { id: workspaceId } of going) {
      if ((await actOnce(() => client.workspaces.remove({ workspaceId }))) !== null) count += 1;
    }
    setBusy(false);
    if (count > 0) notifyDone(labels.cleanUpDone(count));
    onDone();
    onClose();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={labels.cleanUpTitle}
      size="lg"
      closeButtonProps={{ 'aria-label': labels.close }}
    >
      <Stack gap="md">
        {problem !== null && <Text size="sm">{problem}</Text>}
        {plan === null && problem === null && <Loader size="sm" aria-label={labels.cleanUpChecking} />}
        {plan?.going.length === 0 && <Text size="sm">{labels.cleanUpNone}</Text>}
        {plan && plan.going.length > 0 && (
          <Names words={labels.cleanUpGoes(plan.going.length)} lines={plan.going.map((one) => [one.id, title(one)])} />
        )}
        {plan && plan.staying.length > 0 && (
          <Names
            words={labels.cleanUpStays(plan.staying.length)}
            lines={plan.staying.map(({ workspace, why }) => [workspace.id, `${title(workspace)} · ${why}`])}
          />
        )}
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed" flex={1}>
            {plan && plan.going.length > 0 && labels.cleanUpHint}
          </Text>
          <Button variant="default" onClick={onClose}>
            {labels.cancel}
          </Button>
          {plan && plan.going.length > 0 && (
            // It comes when git has answered; what it removes is held by another branch.
            <Button autoFocus loading={busy} onClick={() => void remove(plan.going)}>
              {labels.cleanUpConfirm(plan.going.length)}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Names({ words, lines }: { words: string; lines: readonly (readonly [id: string, words: string])[] }) {
  return (
    <section aria-label={words}>
      <Text size="sm" fw={600} mb="xs">
        {words}
      </Text>
      <ScrollArea.Autosize mah="10rem">
        {lines.map(([id, line]) => (
          <Text key={id} size="sm" truncate="end">
            {line}
          </Text>
        ))}
      </ScrollArea.Autosize>
    </section>
  );
}
