import { Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { attempt } from '../../state/act.ts';
import { useClient, useTask } from '../../state/hooks.ts';
import { notifyDone } from '../../ui/notify.ts';
import { visibleLine } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';

const SHORT = 7;

export interface UndoFormProps {
  taskId: string;
  onClose(): void;
}

/** Says where the branch goes back to, and moves it. */
export function UndoForm({ taskId, onClose }: UndoFormProps) {
  const client = useClient();
  const task = useTask(taskId);
  const [touch, setTouch] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const landing = task?.landing;
  if (!landing) return <Loader size="sm" aria-label={labels.looking} />;
  const onto = visibleLine(landing.onto, 120);

  async function undo(): Promise<void> {
    setBusy(true);
    const done = await attempt((id) => client.landings.undo({ taskId, touchCheckout: touch, ...id }));
    setBusy(false);
    if (!done.ok) return setProblem(done.words);
    notifyDone(labels.undone(onto));
    onClose();
  }

  return (
    <Stack gap="sm">
      <Text size="sm">{labels.undoWhat(onto, landing.commit.slice(0, SHORT), landing.before.slice(0, SHORT))}</Text>
      <Text size="sm">{labels.undoHow}</Text>
      <Checkbox
        label={labels.undoTouch(onto)}
        checked={touch}
        onChange={(event) => setTouch(event.currentTarget.checked)}
      />
      {problem !== null && (
        <Text size="sm" c="var(--drover-danger)" role="alert" style={{ overflowWrap: 'anywhere' }}>
          {problem}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {labels.keep}
        </Button>
        <Button loading={busy} onClick={() => void undo()}>
          {labels.undo}
        </Button>
      </Group>
    </Stack>
  );
}
