import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Task } from '../../../contract/task/state.ts';
import { useClient } from '../../state/hooks.ts';
import { deleteTask } from './delete-task.ts';
import { visibleLine } from './text.logic.ts';

export interface DeleteDialogProps {
  task: Task;
  opened: boolean;
  onClose(): void;
  onDeleted(): void;
}

/** Asks before a task is deleted, and what is to become of its workspace. */
export function DeleteDialog({ task, opened, onClose, onDeleted }: DeleteDialogProps) {
  const client = useClient();
  const [keep, setKeep] = useState(true);
  const [discard, setDiscard] = useState(false);
  const [busy, setBusy] = useState(false);

  async function confirm(): Promise<void> {
    setBusy(true);
    const done = await deleteTask(client, task.id, keep, discard);
    setBusy(false);
    if (done) onDeleted();
  }

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Delete this task?"
      closeButtonProps={{ 'aria-label': 'Close' }}
      centered
    >
      <Stack gap="sm">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          “{visibleLine(task.title)}” and its log are deleted for good.
        </Text>
        {task.workspace && (
          <>
            <Checkbox
              checked={keep}
              onChange={(event) => setKeep(event.currentTarget.checked)}
              label="Keep the workspace and its branch"
            />
            <Checkbox
              checked={discard}
              disabled={keep}
              onChange={(event) => setDiscard(event.currentTarget.checked)}
              label="Remove it even with unsaved or unmerged work"
              description="That work is put aside first; without this the removal is refused"
            />
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={busy} onClick={() => void confirm()}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
