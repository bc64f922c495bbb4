import { Button, Group, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { Client } from '../../../contract/client.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { MAX_TITLE } from '../../../contract/text.ts';
import { act } from '../../state/act.ts';
import { labels } from './labels.ts';

type Target = Pick<TaskSummary, 'id' | 'title'>;

/** Asks what a task is to be called. */
export function askTitle(client: Client, task: Target): void {
  const modalId = modals.open({
    title: labels.rename.title,
    closeButtonProps: { 'aria-label': labels.rename.cancel },
    children: <RenameForm client={client} task={task} onDone={() => modals.close(modalId)} />,
  });
}

function RenameForm({ client, task, onDone }: { client: Client; task: Target; onDone(): void }) {
  const [title, setTitle] = useState(task.title);
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        if (await act((id) => client.tasks.edit({ taskId: task.id, edit: { title: title.trim() }, ...id }))) onDone();
      }}
    >
      <TextInput
        data-autofocus
        label={labels.rename.name}
        maxLength={MAX_TITLE}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onDone}>
          {labels.rename.cancel}
        </Button>
        <Button type="submit" disabled={title.trim() === ''}>
          {labels.rename.save}
        </Button>
      </Group>
    </form>
  );
}
