import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { openTask } from '../../app/window-state.ts';
import { useStore } from '../../state/hooks.ts';

/** Notices of the desktop app, where the desktop itself cannot show them. */
export function useDesktopNotices(): void {
  const { desktop } = useStore().connection;
  useEffect(
    () =>
      desktop?.onNotice(({ title, body, taskId }) => {
        notifications.show({
          title,
          message: body,
          withBorder: true,
          onClick: () => taskId !== null && openTask(taskId),
        });
      }),
    [desktop],
  );
}
