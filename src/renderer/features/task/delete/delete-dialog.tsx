import { Button, Group, List, Loader, Modal, Radio, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Task } from '../../../../contract/task/state.ts';
import type { WorkspaceDetail } from '../../../../contract/workspace/state.ts';
import { actOnce } from '../../../state/act.ts';
import { useClient } from '../../../state/hooks.ts';
import { visible, visibleLine } from '../../../ui/text.logic.ts';
import { labels } from '../labels.ts';
import classes from '../task.module.css';
import { whatGoes } from './delete.logic.ts';
import { deleteTask } from './delete-task.ts';

export interface DeleteDialogProps {
  task: Task;
  opened: boolean;
  onClose(): void;
  onDeleted(): void;
}

/** Asks before a task is deleted, and says what goes and what stays. */
export function DeleteDialog({ task, opened, onClose, onDeleted }: DeleteDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={labels.delete.title}
      closeButtonProps={{ 'aria-label': labels.delete.close }}
      centered
    >
      {opened && <Question task={task} onClose={onClose} onDeleted={onDeleted} />}
    </Modal>
  );
}

function Question({ task, onClose, onDeleted }: Omit<DeleteDialogProps, 'opened'>) {
  const client = useClient();
  const [workspaces, setWorkspaces] = useState<readonly WorkspaceDetail[] | null>(task.workspace ? null : []);
  const [remove, setRemove] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id: taskId, workspace } = task;

  useEffect(() => {
    if (!workspace) return;
    let over = false;
    void actOnce(() => client.workspaces.list({ taskId })).then((found) => {
      if (over) return;
      if (found) setWorkspaces(found);
      else onClose();
    });
    return () => {
      over = true;
    };
  }, [client, taskId, workspace, onClose]);

  async function confirm(): Promise<void> {
    setBusy(true);
    const done = await deleteTask(client, taskId, !remove);
    setBusy(false);
    if (done) onDeleted();
  }

  const { goes, stays } = whatGoes(task, workspaces ?? [], remove);
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600} className={classes.words}>
        {visibleLine(task.title)}
      </Text>
      {workspaces?.some(({ state }) => state !== 'removed') && (
        <Radio.Group
          aria-label={labels.delete.workspace}
          value={remove ? 'remove' : 'keep'}
          onChange={(value) => setRemove(value === 'remove')}
        >
          <Stack gap="xs">
            <Radio value="keep" label={labels.delete.keep} />
            <Radio value="remove" label={labels.delete.remove} />
          </Stack>
        </Radio.Group>
      )}
      {workspaces === null ? (
        <Loader size="sm" aria-label={labels.delete.checking} />
      ) : (
        <>
          <Told heading={labels.delete.goes} lines={goes} />
          {stays.length > 0 && <Told heading={labels.delete.stays} lines={stays} />}
        </>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {labels.delete.cancel}
        </Button>
        <Button color="red" loading={busy} disabled={workspaces === null} onClick={() => void confirm()}>
          {labels.delete.confirm}
        </Button>
      </Group>
    </Stack>
  );
}

function Told({ heading, lines }: { heading: string; lines: readonly string[] }) {
  return (
    <div>
      <Text size="xs" fw={600} c="dimmed">
        {heading}
      </Text>
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line} className={classes.words}>
            {visible(line)}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
