import { Alert, Button, Group, Loader, Text, Tooltip } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { NEW_TASK_ADDRESS } from '../../../contract/desktop.ts';
import type { Task } from '../../../contract/task/state.ts';
import { act, wordsOf } from '../../state/act.ts';
import { useProjects, useSession, useTask, useValue } from '../../state/hooks.ts';
import { useActions, useKeyHint } from '../../ui/actions.ts';
import { notifyDone } from '../../ui/notify.ts';
import { filter, openTask, projectDialogOpen, route } from '../../ui/window-state.ts';
import { draftOfTask, editOf, isUntouched, newItemsOf, specOf } from './draft.logic.ts';
import { beginFrom, bringBack, type DraftStore, editStore, newTask, putAside } from './draft-store.ts';
import { TaskForm } from './task-form.tsx';
import { useUsualProject } from './use-usual-project.ts';

type Then = 'draft' | 'start' | 'another';

/** What the dialog of a new task holds: the form of a new one, or of a draft that is changed. */
export function DialogForm({ edit, from }: { edit: string | null; from: string | null }) {
  return edit ? <EditTask key={edit} taskId={edit} /> : <NewTask from={from} />;
}

/** The keys of the buttons, which count while the dialog is the one in front. */
function useFormKeys(save: (then: Then) => void): void {
  const applies = () => !projectDialogOpen.get();
  useActions([
    { name: 'new.start', applies, run: () => save('start') },
    { name: 'new.another', applies, run: () => save('another') },
    { name: 'new.draft', applies, run: () => save('draft') },
  ]);
}

function NewTask({ from }: { from: string | null }) {
  const { client } = useSession();
  const projects = useProjects() ?? [];
  const draft = useValue(newTask.value);
  const aside = useValue(putAside.value);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ready = useRef<() => boolean>(() => true);

  useEffect(() => {
    if (from === null) return;
    client.tasks.get({ taskId: from }).then(
      ({ task }) => {
        if (route.get().from !== from) return;
        beginFrom(draftOfTask(task));
        // Loaded again, the page shows what was typed since then, not the template once more.
        history.replaceState(null, '', NEW_TASK_ADDRESS);
      },
      (error: unknown) => setProblem(wordsOf(error)),
    );
  }, [client, from]);

  const usual = useUsualProject();
  const preferred = filter.get().projectId ?? usual;
  const known = draft.projectId !== null && projects.some(({ id }) => id === draft.projectId);
  useEffect(() => {
    if (!known && preferred !== null) newTask.change({ projectId: preferred });
  }, [known, preferred]);

  async function save(then: Then): Promise<void> {
    if (busy || !ready.current()) return;
    setBusy(true);
    setProblem(null);
    const task = await act((id) =>
      client.tasks.create({ ...specOf(newTask.value.get()), ...id, start: then !== 'draft' }),
    );
    setBusy(false);
    if (task === null) return;
    newTask.clear();
    if (then === 'another') {
      notifyDone(`Started “${task.title}”.`);
      document.querySelector<HTMLElement>('[role=dialog] textarea')?.focus();
    } else openTask(task.id);
  }
  useFormKeys((then) => void save(then));

  return (
    <TaskForm store={newTask} fixed={null}>
      {(isReady) => {
        ready.current = isReady;
        return (
          <>
            {!isUntouched(aside) && (
              <Alert mb="xs" p="xs" color="gray">
                <Group justify="space-between" gap="xs">
                  <Text size="xs">Your earlier draft was set aside.</Text>
                  <Group gap="xs">
                    <Button size="compact-xs" variant="default" onClick={bringBack}>
                      Restore it
                    </Button>
                    <Button size="compact-xs" variant="subtle" color="gray" onClick={putAside.forget}>
                      Discard it
                    </Button>
                  </Group>
                </Group>
              </Alert>
            )}
            <Problem words={problem} />
            <Buttons busy={busy} onSave={(then) => void save(then)} />
          </>
        );
      }}
    </TaskForm>
  );
}

function Problem({ words }: { words: string | null }) {
  if (words === null) return null;
  return (
    <Text size="xs" c="var(--drover-red)" mb="xs" role="alert">
      {words}
    </Text>
  );
}

function Buttons({ busy, onSave }: { busy: boolean; onSave(then: Then): void }) {
  const start = useKeyHint('new.start');
  const another = useKeyHint('new.another');
  const asDraft = useKeyHint('new.draft');
  return (
    <Group justify="flex-end" gap="xs">
      <Tooltip label={`Keep it on the board, to be started later${asDraft.suffix}`}>
        <Button variant="subtle" disabled={busy} aria-keyshortcuts={asDraft.aria} onClick={() => onSave('draft')}>
          Save as draft
        </Button>
      </Tooltip>
      <Tooltip label={`Start, and write the next one${another.suffix}`}>
        <Button variant="default" disabled={busy} aria-keyshortcuts={another.aria} onClick={() => onSave('another')}>
          Start another
        </Button>
      </Tooltip>
      <Tooltip label={`Start${start.suffix}`}>
        <Button loading={busy} aria-keyshortcuts={start.aria} onClick={() => onSave('start')}>
          Start
        </Button>
      </Tooltip>
    </Group>
  );
}

function EditTask({ taskId }: { taskId: string }) {
  const task = useTask(taskId);
  if (task === undefined) return <Loader size="sm" aria-label="Loading the task" />;
  if (task === null) return <Text>This task no longer exists.</Text>;
  if (task.status === 'queued' || task.status === 'running') {
    return <Text>This task runs. It can be changed when it does not.</Text>;
  }
  return <LoadedEdit task={task} />;
}

function LoadedEdit({ task }: { task: Task }) {
  const { client } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stays when the task changes meanwhile.
  const store: DraftStore = useMemo(() => editStore(task.id, draftOfTask(task)), [task.id]);
  const [busy, setBusy] = useState(false);
  const ready = useRef<() => boolean>(() => true);

  async function save(start: boolean): Promise<void> {
    if (busy || !ready.current()) return;
    setBusy(true);
    const { id: taskId } = task;
    const draft = store.value.get();
    let done: unknown = await act((id) => client.tasks.edit({ taskId, edit: editOf(draft, task), ...id }));
    for (const item of newItemsOf(draft, task)) {
      if (done !== null) done = await act((id) => client.items.add({ taskId, ...item, ...id }));
    }
    if (done !== null && start) done = await act((id) => client.tasks.start({ taskId, ...id }));
    setBusy(false);
    if (done === null) return;
    store.forget();
    openTask(taskId);
  }
  useFormKeys((then) => void save(then !== 'draft'));

  return (
    <TaskForm store={store} fixed={{ items: task.items.length }}>
      {(isReady) => {
        ready.current = isReady;
        return (
          <Group justify="flex-end" gap="xs">
            <Button
              variant="subtle"
              color="gray"
              disabled={busy}
              onClick={() => {
                store.forget();
                openTask(task.id);
              }}
            >
              Discard the changes
            </Button>
            <Button variant="default" disabled={busy} onClick={() => void save(false)}>
              Save
            </Button>
            {task.status === 'draft' && (
              <Button loading={busy} onClick={() => void save(true)}>
                Save and start
              </Button>
            )}
          </Group>
        );
      }}
    </TaskForm>
  );
}
