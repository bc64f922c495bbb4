import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { Client } from '../../../contract/client.ts';
import { actOnce } from '../../state/act.ts';
import { notifyDone } from '../../ui/notify.ts';
import { labels } from './labels.ts';

/** Asks, then forgets a project. A refusal, as while tasks of it run, is shown with what to do. */
export function confirmRemoval(client: Client, project: { id: string; name: string }, onRemoved: () => void): void {
  modals.openConfirmModal({
    title: labels.removeTitle(project.name),
    children: <Text size="sm">{labels.removeMeaning}</Text>,
    labels: { confirm: labels.remove, cancel: labels.keep },
    confirmProps: { color: 'red' },
    closeButtonProps: { 'aria-label': labels.close },
    onConfirm: async () => {
      if ((await actOnce(() => client.projects.remove({ projectId: project.id }))) === null) return;
      notifyDone(labels.removed(project.name));
      onRemoved();
    },
  });
}
