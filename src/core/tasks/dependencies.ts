import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Dependencies, ScheduleChange } from '../../contract/task/schedule.ts';
import type { Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import { dependencyWords } from '../../contract/words/schedule.ts';
import type { Waiting } from './why-waits.ts';

/** What is looked at of a task that another depends on. */
export type Awaited = Pick<Task, 'title' | 'status' | 'archivedAt' | 'acceptedAt'>;

/** A task is finished for those that depend on it when it is completed, or a person has taken its work as done. */
function isFinished({ status, acceptedAt }: Awaited): boolean {
  return status === 'completed' || acceptedAt !== null;
}

/** Why this one will not be finished unless a person does something; null when it may be. */
function heldBy(task: Awaited | null): string | null {
  if (task === null) return 'A task that this depends on was deleted.';
  if (isFinished(task)) return null;
  const title = named(task);
  if (task.status === 'failed') return `Depends on ${title}, which has failed.`;
  if (task.status === 'cancelled') return `Depends on ${title}, which was stopped.`;
  return task.archivedAt === null ? null : `Depends on ${title}, which is archived.`;
}

const named = ({ title }: Pick<Task, 'title'>) => `“${truncate(title, 60)}”`;

/** What the tasks that one depends on hold it for; null when they do not. Pure, but for looking them up. */
export function dependencyHolds(
  after: Dependencies | undefined,
  lookUp: (taskId: string) => Awaited | null,
): Waiting | null {
  if (after === undefined || after.met) return null;
  const tasks = after.taskIds.map((id) => ({ id, task: lookUp(id) }));
  const left = tasks.filter(({ task }) => task === null || !isFinished(task));
  if (left.length === 0 || (after.need === 'any' && left.length < tasks.length)) return null;
  const held = left.flatMap(({ task }) => heldBy(task) ?? []);
  const [first] = held;
  if (first !== undefined && (after.need === 'all' || held.length === left.length)) {
    return { for: 'dependency', words: first, held: true };
  }
  const open = left.filter(({ task }) => heldBy(task) === null);
  const taskIds = open.map(({ id }) => id);
  const titleOf = (taskId: string) => truncate(lookUp(taskId)?.title ?? '', 60);
  const [only] = open;
  const draft = open.length === 1 && only?.task?.status === 'draft' ? ', which is a draft' : '';
  return { for: 'dependency', words: `Waits for ${dependencyWords({ ...after, taskIds }, titleOf)}${draft}.` };
}

/** The branch that the workspace of a task begins from, of what it depends on; null where that is not just one. */
export function branchToBeginFrom(
  after: Dependencies | undefined,
  lookUp: (taskId: string) => (Awaited & Pick<Task, 'workspace'>) | null,
): string | null {
  if (!after?.fromBranch) return null;
  const branches = after.taskIds.flatMap((taskId) => {
    const task = lookUp(taskId);
    return task && isFinished(task) && task.workspace ? [task.workspace.branch] : [];
  });
  const [branch, ...more] = branches;
  return branch === undefined || more.length > 0 ? null : branch;
}

type Known = Pick<Task, 'title' | 'projectId' | 'schedule'>;

/** Whether a task may have this schedule: what it depends on is there, and does not wait for it in turn. */
export function checkSchedule(
  own: { id: string; title: string; projectId: string },
  { after }: ScheduleChange,
  lookUp: (taskId: string) => Known | null,
): Result<null> {
  if (!after) return accept(null);
  for (const taskId of after.taskIds) {
    const other = lookUp(taskId);
    if (taskId === own.id) return reject('invalid', 'A task cannot depend on itself.');
    if (other === null) return reject('not-found', `There is no task ${taskId}.`);
    if (after.fromBranch && other.projectId !== own.projectId) {
      return reject('invalid', `${named(other)} is in another project, so the task cannot begin from its branch.`);
    }
  }
  const circle = circleOf(own.id, after.taskIds, lookUp);
  if (circle === null) return accept(null);
  const names = circle.map((taskId) => named(lookUp(taskId) ?? own)).join(', which waits for ');
  return reject('conflict', `The tasks would wait for each other: ${named(own)} waits for ${names}.`);
}

/** The way from a task over those that wait for each other back to itself; null when there is none. */
function circleOf(
  start: string,
  first: readonly string[],
  lookUp: (taskId: string) => Pick<Task, 'schedule'> | null,
): string[] | null {
  const seen = new Set<string>();
  const ways = first.map((taskId) => [taskId]);
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    const last = way.at(-1) ?? '';
    if (last === start) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    const after = lookUp(last)?.schedule?.after;
    if (after && !after.met) for (const next of after.taskIds) ways.push([...way, next]);
  }
  return null;
}
