import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useSession } from '../../state/hooks.ts';
import { openTask } from '../../ui/window-state.ts';

/** Notices of the desktop app, where the desktop itself cannot show them. */
export function useDesktopNotices(): void {
  const { desktop } = useSession().connection;
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
