import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Client } from '../../../contract/client.ts';
import { actOnce } from '../../state/act.ts';
import { notifyDone } from '../../ui/notify.ts';

/** Asks, then forgets a project. A refusal, as while tasks of it run, is shown with what to do. */
export function confirmRemoval(client: Client, project: { id: string; name: string }, onRemoved: () => void): void {
  modals.openConfirmModal({
    title: `Remove “${project.name}”?`,
    children: (
      <Text size="sm">
        Drover forgets the project and what is set for it. Its folder, its branches and your files stay as they are. It
        is refused while it has unfinished tasks or workspaces.
      </Text>
    ),
    labels: { confirm: 'Remove', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    closeButtonProps: { 'aria-label': 'Close' },
    onConfirm: async () => {
      if ((await actOnce(() => client.projects.remove({ projectId: project.id }))) === null) return;
      notifyDone(`“${project.name}” is removed from Drover.`);
      onRemoved();
    },
  });
}
