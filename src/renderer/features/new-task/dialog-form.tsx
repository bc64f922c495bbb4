import { Alert, Button, Group, Loader, Text, Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { NEW_TASK_ADDRESS } from '../../../contract/desktop.ts';
import type { Task } from '../../../contract/task/state.ts';
import { useActions, useKeyHint } from '../../app/actions.ts';
import { filter, openTask, projectDialogOpen, route } from '../../app/window-state.ts';
import { act, wordsOf } from '../../state/act.ts';
import { useProjects, useStore, useTask, useValue } from '../../state/hooks.ts';
import { ButtonKeys } from '../../ui/keys.tsx';
import { openSession } from '../board/session-acts.ts';
import { changeOf } from '../schedule/schedule.logic.ts';
import { draftOfTask, editOf, isUntouched, newItemsOf, specOf } from './draft.logic.ts';
import { beginFrom, bringBack, type DraftStore, editStore, newTask, putAside } from './draft-store.ts';
import { labels } from './labels.ts';
import classes from './new-task.module.css';
import { notifyTask } from './notify-task.tsx';
import { SessionButton, type SessionSpec } from './session-button.tsx';
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
  const { client } = useStore();
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
      notifyTask(labels.started, task);
      document.querySelector<HTMLElement>('[role=dialog] textarea')?.focus();
    } else openTask(task.id);
  }
  useFormKeys((then) => void save(then));

  async function openIn(spec: SessionSpec): Promise<void> {
    setBusy(true);
    await openSession(client, spec);
    setBusy(false);
  }

  return (
    <TaskForm store={newTask} fixed={null}>
      {(isReady) => {
        ready.current = isReady;
        return (
          <>
            {!isUntouched(aside) && (
              <Alert mb="xs" p="xs" color="gray">
                <Group justify="space-between" gap="xs">
                  <Text size="xs">{labels.asideKept}</Text>
                  <Group gap="xs">
                    <Button size="compact-xs" variant="default" onClick={bringBack}>
                      {labels.restore}
                    </Button>
                    <Button size="compact-xs" variant="subtle" color="gray" onClick={putAside.forget}>
                      {labels.discardAside}
                    </Button>
                  </Group>
                </Group>
              </Alert>
            )}
            <Problem words={problem} />
            <Buttons
              busy={busy}
              session={<SessionButton draft={draft} busy={busy} onOpen={(spec) => void openIn(spec)} />}
              onSave={(then) => void save(then)}
            />
          </>
        );
      }}
    </TaskForm>
  );
}

function Problem({ words }: { words: string | null }) {
  if (words === null) return null;
  return (
    <Text size="xs" c="var(--drover-danger)" mb="xs" role="alert">
      {words}
    </Text>
  );
}

interface ButtonsProps {
  busy: boolean;
  session: ReactNode;
  onSave(then: Then): void;
}

function Buttons({ busy, session, onSave }: ButtonsProps) {
  const start = useKeyHint('new.start');
  const another = useKeyHint('new.another');
  const asDraft = useKeyHint('new.draft');
  return (
    <div className={classes.buttons}>
      {session}
      <Tooltip label={`${labels.saveDraft}${asDraft.suffix}`}>
        <Button
          variant="subtle"
          color="gray"
          disabled={busy}
          aria-keyshortcuts={asDraft.aria}
          onClick={() => onSave('draft')}
        >
          {labels.saveDraft}
        </Button>
      </Tooltip>
      <Tooltip label={`${labels.startAnother}${another.suffix}`}>
        <Button variant="default" disabled={busy} aria-keyshortcuts={another.aria} onClick={() => onSave('another')}>
          {labels.startAnother}
        </Button>
      </Tooltip>
      <Button
        loading={busy}
        aria-keyshortcuts={start.aria}
        rightSection={start.keys && <ButtonKeys keys={start.keys} />}
        onClick={() => onSave('start')}
      >
        {labels.start}
      </Button>
    </div>
  );
}

function EditTask({ taskId }: { taskId: string }) {
  const task = useTask(taskId);
  if (task === undefined) return <Loader size="sm" aria-label={labels.loading} />;
  if (task === null) return <Text>{labels.gone}</Text>;
  if (task.status === 'queued' || task.status === 'running') {
    return <Text>{labels.running}</Text>;
  }
  return <LoadedEdit task={task} />;
}

function LoadedEdit({ task }: { task: Task }) {
  const { client } = useStore();
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
    const change = changeOf(draft.schedule, Date.now());
    if (done !== null) done = await act((id) => client.tasks.schedule({ taskId, change, ...id }));
    if (done !== null && start) done = await act((id) => client.tasks.start({ taskId, ...id }));
    setBusy(false);
    if (done === null) return;
    store.forget();
    openTask(taskId);
  }
  useFormKeys((then) => void save(then !== 'draft'));

  return (
    <TaskForm store={store} fixed={{ taskId: task.id, items: task.items.length }}>
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
              {labels.discard}
            </Button>
            <Button variant="default" disabled={busy} onClick={() => void save(false)}>
              {labels.save}
            </Button>
            {task.status === 'draft' && (
              <Button loading={busy} onClick={() => void save(true)}>
                {labels.saveAndStart}
              </Button>
            )}
          </Group>
        );
      }}
    </TaskForm>
  );
}
