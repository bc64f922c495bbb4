import type { CallInput } from '../../../contract/api.ts';
import type { Priority } from '../../../contract/task/priority.ts';
import type { Schedule } from '../../../contract/task/schedule.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { dateTime } from '../../../contract/words/measure.ts';

/** What is typed and chosen about when a task may start. */
export interface ScheduleDraft {
  readonly priority: Priority;
  /** A time as it is typed; empty for any time. */
  readonly startAt: string;
  readonly after: readonly string[];
  readonly need: 'all' | 'any';
  readonly fromBranch: boolean;
}

export const NO_SCHEDULE: ScheduleDraft = {
  priority: 'normal',
  startAt: '',
  after: [],
  need: 'all',
  fromBranch: false,
};

export function scheduleDraftOf({ priority, startAt, after }: Schedule = {}): ScheduleDraft {
  return {
    priority: priority ?? 'normal',
    startAt: startAt === undefined ? '' : dateTime(startAt),
    after: after?.taskIds ?? [],
    need: after?.need ?? 'all',
    fromBranch: after?.fromBranch ?? false,
  };
}

const TIME = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T,]+)?([01]?\d|2[0-3])[:.]([0-5]\d)$/;

/** A time to start at, `18:30` (the next one) or with its day, in milliseconds; null for none, undefined when unreadable. */
export function readStart(text: string, now: number): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const [, year, month, date, hours, minutes] = TIME.exec(typed) ?? [];
  if (hours === undefined) return undefined;
  const day = new Date(now);
  if (year !== undefined) day.setFullYear(Number(year), Number(month) - 1, Number(date));
  day.setHours(Number(hours), Number(minutes), 0, 0);
  if (year === undefined && day.getTime() <= now) day.setDate(day.getDate() + 1);
  return day.getTime();
}

export type Change = CallInput<'tasks', 'schedule'>['change'];

/** What a draft asks for; a time that cannot be read is left as it was. */
export function changeOf({ priority, startAt, after, need, fromBranch }: ScheduleDraft, now: number): Change {
  const at = readStart(startAt, now);
  return {
    priority,
    ...(at === undefined ? {} : { startAt: at }),
    after: after.length === 0 ? null : { taskIds: [...after], need, fromBranch },
  };
}

/** Whether it says nothing. */
export function isUnscheduled({ priority, startAt, after }: ScheduleDraft): boolean {
  return priority === 'normal' && startAt.trim() === '' && after.length === 0;
}

/** The tasks that one could depend on, those that are not over first, the newest first. */
export function candidates(tasks: Iterable<TaskSummary>, own: string | null): TaskSummary[] {
  const isOver = ({ status, acceptedAt }: TaskSummary) => status === 'completed' || acceptedAt !== null;
  return [...tasks]
    .filter(({ id, archivedAt }) => id !== own && archivedAt === null)
    .sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.createdAt - a.createdAt);
}
