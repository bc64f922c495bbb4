import { List, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { clearSelection, goHome, route } from '../../app/window-state.ts';
import { type Attempt, attempt } from '../../state/act.ts';
import type { Store } from '../../state/store.ts';
import { notifyDone, notifyProblem } from '../../ui/notify.ts';
import { notifyUndo } from '../../ui/notify-undo.tsx';
import { type BulkAction, doneWords, namedTitles, type Refused, refusedLines, tasksInWords } from './bulk.logic.ts';
import { labels } from './labels.ts';

/** How many commands are under way at a time. */
const AT_ONCE = 8;

export type Target = Pick<TaskSummary, 'id' | 'title' | 'archivedAt'>;
type Api = Pick<Store, 'client' | 'tasks'>;

/** Carries out one action on many tasks and says what came of it, for each task that was refused; deleting asks first. */
export async function carryOutAll(api: Api, action: BulkAction, tasks: readonly Target[]): Promise<void> {
  if (tasks.length === 0) return;
  if (action === 'delete') {
    askToDelete(tasks, () => void deleteTasks(api, tasks));
    return;
  }
  clearSelection();
  if (action === 'archive' || action === 'restore') return archiveTasks(api, tasks, action === 'archive');
  if (action === 'done' || action === 'undone') return acceptTasks(api, tasks, action === 'done');
  const { done } = await each(tasks, ({ id: taskId }) => attempt((id) => api.client.tasks[action]({ taskId, ...id })));
  if (done.length > 1) notifyDone(doneWords(action, done));
}

/** Puts tasks away, or brings them back, and offers to take it back. */
export async function archiveTasks(api: Api, tasks: readonly Target[], archived: boolean): Promise<void> {
  const { done } = await archiveEach(api, tasks, archived);
  if (done.length === 0) return;
  notifyUndo(doneWords(archived ? 'archive' : 'restore', done), () => void archiveEach(api, done, !archived));
}

function archiveEach({ client, tasks: list }: Api, tasks: readonly Target[], archived: boolean) {
  return each(tasks, ({ id: taskId }) =>
    list.expecting(taskId, { archivedAt: archived ? Date.now() : null }, () =>
      attempt((id) => client.tasks.archive({ taskId, archived, ...id })),
    ),
  );
}

/** Marks tasks as done, or no longer, and offers to take it back. */
export async function acceptTasks(api: Api, tasks: readonly Target[], accepted: boolean): Promise<void> {
  const { done } = await acceptEach(api, tasks, accepted);
  if (done.length === 0) return;
  notifyUndo(doneWords(accepted ? 'done' : 'undone', done), () => void acceptEach(api, done, !accepted));
}

function acceptEach({ client, tasks: list }: Api, tasks: readonly Target[], accepted: boolean) {
  return each(tasks, ({ id: taskId }) =>
    list.expecting(taskId, { acceptedAt: accepted ? Date.now() : null }, () =>
      attempt((id) => client.tasks.done({ taskId, done: accepted, ...id })),
    ),
  );
}

/** Asks once, naming what goes. */
export function askToDelete(tasks: readonly Target[], onConfirm: () => void): void {
  const many = tasks.length > 1;
  modals.openConfirmModal({
    title: labels.bulk.deleteWhat(tasks.length),
    children: (
      <Stack gap="xs">
        <List size="sm" listStyleType={many ? undefined : 'none'}>
          {namedTitles(tasks).map((title, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: titles may be alike, and the list does not change.
            <List.Item key={at} style={{ overflowWrap: 'anywhere' }}>
              {title}
            </List.Item>
          ))}
        </List>
        <Text size="sm">{labels.bulk.deleteHow(tasks.length)}</Text>
      </Stack>
    ),
    labels: { confirm: labels.bulk.delete, cancel: labels.bulk.keep },
    confirmProps: { color: 'red' },
    closeButtonProps: { 'aria-label': 'Close' },
    onConfirm,
  });
}

/** Deletes tasks; their workspaces and branches stay. */
export async function deleteTasks({ client }: Pick<Store, 'client'>, tasks: readonly Target[]): Promise<void> {
  const open = route.get().taskId;
  if (tasks.some(({ id }) => id === open)) goHome();
  clearSelection();
  const { done } = await each(tasks, ({ id: taskId }) =>
    attempt((id) => client.tasks.remove({ taskId, keepWorkspace: true, ...id })),
  );
  if (done.length > 1) notifyDone(doneWords('delete', done));
}

/** A command for every task, a few at a time, begun in their order. What is refused is shown. */
export async function each<T extends { title: string }>(
  tasks: readonly T[],
  command: (task: T) => Promise<Attempt<unknown>>,
): Promise<{ done: T[] }> {
  const waiting = tasks.values();
  const answers = new Map<T, Attempt<unknown>>();
  const work = async () => {
    for (const task of waiting) answers.set(task, await command(task));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const refused: Refused[] = tasks.flatMap((task) => {
    const answer = answers.get(task);
    return answer && !answer.ok ? [{ title: task.title, words: answer.words }] : [];
  });
  showRefused(refused, tasks.length);
  return { done: tasks.filter((task) => answers.get(task)?.ok) };
}

function showRefused(refused: readonly Refused[], asked: number): void {
  const [first] = refused;
  if (!first) return;
  if (asked === 1) {
    notifyProblem(first.words);
    return;
  }
  notifications.show({
    title: `Not done for ${refused.length} of ${tasksInWords(asked)}`,
    message: (
      <List size="xs" listStyleType="none">
        {refusedLines(refused).map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    ),
    color: 'red',
    autoClose: false,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
