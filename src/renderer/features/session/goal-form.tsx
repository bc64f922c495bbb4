import { Button, Group, Loader, Text, Textarea } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Task } from '../../../contract/task/state.ts';
import { act } from '../../state/act.ts';
import { useClient, useTask, useValue } from '../../state/hooks.ts';
import { ChecklistEditor } from '../new-task/checklist-editor.tsx';
import { draftOfTask, newItemsOf, problemOf } from '../new-task/draft.logic.ts';
import { goalStore } from '../new-task/draft-store.ts';
import { labels } from './labels.ts';

export interface GoalFormProps {
  taskId: string;
  onClose(): void;
}

/** The goal and the items of a session. What was typed is kept until it is saved. */
export function GoalForm({ taskId, onClose }: GoalFormProps) {
  const task = useTask(taskId);
  if (task === undefined) return <Loader size="sm" aria-label={labels.loading} />;
  if (task === null) return <Text size="sm">{labels.gone}</Text>;
  return <Loaded task={task} onClose={onClose} />;
}

function Loaded({ task, onClose }: { task: Task; onClose(): void }) {
  const client = useClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stays when the task changes meanwhile.
  const store = useMemo(() => goalStore(task.id, draftOfTask(task)), [task.id]);
  const draft = useValue(store.value);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  // The dialog is there before its form has been loaded.
  useEffect(() => field.current?.focus(), []);
  const problem = problemOf(draft);
  const problemIn = (field: 'goal' | 'items') => (asked && problem?.field === field ? problem.words : undefined);
  // Its session can be given back only while they have it.
  const isHeld = task.phase === 'taken';

  async function save(givesBack: boolean): Promise<void> {
    setAsked(true);
    if (busy || problem !== null) return;
    setBusy(true);
    const { id: taskId } = task;
    const goal = draft.goal.trim();
    const items = newItemsOf(draft, task);
    let done: unknown;
    if (givesBack) done = await act((id) => client.sessions.giveBack({ taskId, goal, items, ...id }));
    else {
      done = await act((id) => client.tasks.edit({ taskId, edit: { goal }, ...id }));
      for (const item of items)
        if (done !== null) done = await act((id) => client.items.add({ taskId, ...item, ...id }));
    }
    setBusy(false);
    if (done === null) return;
    store.forget();
    onClose();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(isHeld);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void save(isHeld);
      }}
    >
      <Textarea
        ref={field}
        label={labels.goal}
        placeholder={labels.goalExample}
        autosize
        minRows={4}
        maxRows={12}
        value={draft.goal}
        error={problemIn('goal')}
        onChange={(event) => store.change({ goal: event.currentTarget.value })}
      />
      <ChecklistEditor
        items={draft.items}
        fixed={task.items.length}
        error={problemIn('items')}
        onChange={(items) => store.change({ items })}
      />
      {isHeld && (
        <Text size="xs" c="dimmed" mt="xs">
          {labels.hint}
        </Text>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant={isHeld ? 'default' : 'filled'} loading={busy && !isHeld} onClick={() => void save(false)}>
          {labels.save}
        </Button>
        {isHeld && (
          <Button type="submit" loading={busy}>
            {labels.giveBack}
          </Button>
        )}
      </Group>
    </form>
  );
}
