import type { DesktopNotice } from '../../contract/desktop.ts';
import { columnOf } from '../../contract/task/derive.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { TaskSummary } from '../../contract/task/state.ts';

export type NoticeKind = 'completed' | 'failed' | 'needs-you';

/** Something happened to a task that a person wants to hear of. */
export interface Notice {
  kind: NoticeKind;
  taskId: string;
  title: string;
  words: string;
}

const MOST_NAMED = 4;
const MOST_LETTERS = 120;

/** What a person should hear of after an event, with the task as it is after it; null for most events. */
export function noticeOf({ event }: LoggedEvent, task: TaskSummary): Notice | null {
  const about = { taskId: task.id, title: line(task.title) };
  if (event.type === 'run.settled' && event.status !== 'cancelled') {
    const kind = event.status === 'completed' ? 'completed' : columnOf(task) === 'Needs you' ? 'needs-you' : 'failed';
    return { kind, ...about, words: line(event.outcome.words) };
  }
  if (event.type === 'phase.changed' && event.phase === 'waiting') {
    return { kind: 'needs-you', ...about, words: line(event.words ?? 'It waits for your answer.') };
  }
  return null;
}

const ONE: Record<NoticeKind, string> = {
  completed: 'Task completed',
  failed: 'Task failed',
  'needs-you': 'A task needs you',
};

const MANY: Record<NoticeKind, (count: number) => string> = {
  completed: (count) => `${count} completed`,
  failed: (count) => `${count} failed`,
  'needs-you': (count) => `${count} ${count === 1 ? 'needs' : 'need'} you`,
};

const ORDER: readonly NoticeKind[] = ['needs-you', 'failed', 'completed'];

/** One notice for all that came within a moment. A task that came several times counts as what it was last. */
export function mergeNotices(notices: readonly Notice[]): DesktopNotice {
  const last = [...new Map(notices.map((notice) => [notice.taskId, notice])).values()];
  const [first] = last;
  if (first === undefined) throw new Error('There is nothing to merge.');
  if (last.length === 1) {
    return { title: ONE[first.kind], body: `${first.title}\n${first.words}`, taskId: first.taskId };
  }
  const counted = ORDER.map((kind) => ({ kind, count: last.filter((notice) => notice.kind === kind).length }));
  const title = counted.flatMap(({ kind, count }) => (count > 0 ? [MANY[kind](count)] : [])).join(', ');
  const named = last.slice(0, MOST_NAMED).map((notice) => notice.title);
  const more = last.length - named.length;
  return {
    title: `Tasks: ${title}`,
    body: [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    taskId: null,
  };
}

/** Notification services on Linux read a markup in the body, and a title may come from an agent. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function line(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : letters.join('');
}
