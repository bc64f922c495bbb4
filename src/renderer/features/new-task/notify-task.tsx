import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { openTask } from '../../app/window-state.ts';
import { labels } from './labels.ts';

const SHOWN_MS = 6000;

/** Says what became of a task that is not shown itself, with the way to it. */
export function notifyTask(words: string, task: { id: string; title: string }): void {
  const id = `task-${task.id}`;
  notifications.show({
    id,
    autoClose: SHOWN_MS,
    withBorder: true,
    message: (
      <>
        {words}: “{task.title}” ·{' '}
        <Anchor
          component="button"
          inherit
          onClick={() => {
            notifications.hide(id);
            openTask(task.id);
          }}
        >
          {labels.open}
        </Anchor>
      </>
    ),
  });
}
