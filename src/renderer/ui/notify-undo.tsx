import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { labels } from './labels.ts';

const LONG_MS = 10_000;

/** Says what was done, with a button that takes it back. */
export function notifyUndo(message: string, undo: () => void): void {
  const id = crypto.randomUUID();
  notifications.show({
    id,
    autoClose: LONG_MS,
    withBorder: true,
    message: (
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <span>{message}</span>
        <Button
          size="compact-xs"
          variant="light"
          flex="none"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {labels.undo}
        </Button>
      </Group>
    ),
  });
}
