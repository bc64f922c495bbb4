import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Schedule } from '../../../contract/task/schedule.ts';
import { wordsOf } from '../../state/act.ts';
import { useClient } from '../../state/hooks.ts';
import { labels } from './labels.ts';
import { changeOf, readStart, type ScheduleDraft, scheduleDraftOf } from './schedule.logic.ts';
import { ScheduleFields } from './schedule-fields.tsx';

export interface ScheduleFormProps {
  taskId: string;
  schedule: Schedule | undefined;
  onClose(): void;
}

/** Changes when a task may start; what is refused, such as tasks that would wait for each other, is said here. */
export function ScheduleForm({ taskId, schedule, onClose }: ScheduleFormProps) {
  const client = useClient();
  const [draft, setDraft] = useState<ScheduleDraft>(() => scheduleDraftOf(schedule));
  const [busy, setBusy] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // The dialog is there before its form has been loaded.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);

  async function save(): Promise<void> {
    const now = Date.now();
    const isWrong = readStart(draft.startAt, now) === undefined;
    setUnreadable(isWrong);
    if (isWrong) return;
    setBusy(true);
    try {
      await client.tasks.schedule({ taskId, change: changeOf(draft, now), commandId: crypto.randomUUID() });
      onClose();
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  }

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <ScheduleFields
        taskId={taskId}
        draft={draft}
        problem={unreadable ? labels.startAtUnreadable : undefined}
        onChange={(part) => {
          setProblem(null);
          setDraft({ ...draft, ...part });
        }}
      />
      {problem !== null && (
        <Text size="sm" c="var(--drover-danger)" mt="md" role="alert">
          {problem}
        </Text>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {labels.cancel}
        </Button>
        <Button type="submit" loading={busy}>
          {labels.save}
        </Button>
      </Group>
    </form>
  );
}
