import type { Priority } from '../task/priority.ts';
import type { Dependencies, Schedule } from '../task/schedule.ts';
import { dateTime, plural } from './measure.ts';

/** What people call a priority. */
export const PRIORITY_WORDS: Record<Priority, string> = { high: 'High', normal: 'Normal', low: 'Low' };

/** A moment to come, as it stands in a sentence, in this machine's time zone: `at 14:05`, `on 3 December at 14:05`. */
export function atWords(at: number, now: number): string {
  const then = new Date(at);
  const time = `${String(then.getHours()).padStart(2, '0')}:${String(then.getMinutes()).padStart(2, '0')}`;
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return `at ${time}`;
  const year = then.getFullYear() === today.getFullYear() ? '' : ` ${then.getFullYear()}`;
  return `on ${then.getDate()} ${then.toLocaleString('en-GB', { month: 'long' })}${year} at ${time}`;
}

/** What a task depends on: `“Fix it”`, `“Fix it” and “Test it”`, `“Fix it” or 2 others`. `titleOf` gives null for what is gone. */
export function dependencyWords(
  { taskIds, need }: Pick<Dependencies, 'taskIds' | 'need'>,
  titleOf: (id: string) => string | null,
): string {
  const [first, second, ...more] = taskIds.map((id) => {
    const title = titleOf(id);
    return title === null ? 'a deleted task' : `“${title}”`;
  });
  const word = need === 'all' ? 'and' : 'or';
  if (second === undefined) return first ?? '';
  return more.length === 0 ? `${first} ${word} ${second}` : `${first} ${word} ${plural(more.length + 1, 'other')}`;
}

/** A schedule in a few words, of what differs from the usual one. */
export function describeSchedule({ priority, startAt, after }: Schedule): string {
  const parts = [
    ...(priority === undefined ? [] : [`${PRIORITY_WORDS[priority].toLowerCase()} priority`]),
    ...(startAt === undefined ? [] : [`starts ${dateTime(startAt)}`]),
    ...(after === undefined
      ? []
      : [`after ${after.need === 'any' && after.taskIds.length > 1 ? 'one of ' : ''}${after.taskIds.join(', ')}`]),
  ];
  return parts.length === 0 ? 'when its turn comes' : parts.join(', ');
}
