import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { RESOURCE_LIMITS, type ResourceLimit } from '../../../../contract/process/limit-names.ts';
import type { Task } from '../../../../contract/task/state.ts';
import { limitsWords } from '../../../../contract/words/limit.ts';
import { act } from '../../../state/act.ts';
import { useStore } from '../../../state/hooks.ts';
import { labels as limitLabels } from '../../limits/labels.ts';
import { readLimit, writeLimit } from '../../limits/limits.logic.ts';
import { labels } from '../labels.ts';
import { Fact } from './fact.tsx';

/** What the task may use; to be changed at any time, also while it runs. */
export function LimitsFact({ task }: { task: Task }) {
  const [editing, setEditing] = useState(false);
  const { details } = labels;
  const words = limitsWords(task.limits);
  return (
    <Fact name={details.limits}>
      {editing ? (
        <LimitsForm task={task} onClose={() => setEditing(false)} />
      ) : (
        <>
          {words === '' ? limitLabels.none : words}
          <Button size="compact-xs" variant="subtle" aria-label={details.changeLimits} onClick={() => setEditing(true)}>
            {details.change}
          </Button>
        </>
      )}
    </Fact>
  );
}

function LimitsForm({ task, onClose }: { task: Task; onClose(): void }) {
  const { client } = useStore();
  const { details } = labels;
  const [typed, setTyped] = useState(() =>
    Object.fromEntries(RESOURCE_LIMITS.map((name) => [name, writeLimit(name, task.limits[name])])),
  );
  const [problem, setProblem] = useState<ResourceLimit | null>(null);
  const [busy, setBusy] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const given = RESOURCE_LIMITS.map((name) => [name, readLimit(name, typed[name] ?? '')] as const);
    const unreadable = given.find(([, most]) => most === undefined);
    setProblem(unreadable?.[0] ?? null);
    if (unreadable) return;
    setBusy(true);
    const limits = { ...task.limits, ...Object.fromEntries(given) };
    const done = await act((id) => client.tasks.edit({ taskId: task.id, edit: { limits }, ...id }));
    setBusy(false);
    if (done !== null) onClose();
  }

  return (
    <form
      aria-label={details.changeLimits}
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <Stack gap="xs">
        {RESOURCE_LIMITS.map((name, at) => (
          <TextInput
            key={name}
            size="xs"
            label={limitLabels.names[name]}
            placeholder={limitLabels.none}
            autoFocus={at === 0}
            value={typed[name] ?? ''}
            error={problem === name && limitLabels.unreadable[name]}
            onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
          />
        ))}
        <Group gap="xs">
          <Button type="submit" size="compact-sm" loading={busy}>
            {details.save}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClose}>
            {details.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
