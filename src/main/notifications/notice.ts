import type { DesktopNotice } from '../../contract/desktop.ts';
import type { Settings } from '../../contract/settings/state.ts';
import { stateOf } from '../../contract/task/derive.ts';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { TaskSummary } from '../../contract/task/state.ts';
import { visibleLine } from '../../contract/text.ts';
import { STATE_WORDS, stateWord } from '../../contract/words/state.ts';
import { isQuietTime } from '../preferences/quiet-time.ts';
import type { WaitingApproval } from '../tasks/waiting-approval.ts';

export type NoticeKind = 'completed' | 'failed' | 'needs-you';

/** Something happened to a task that a person wants to hear of. */
export interface Notice {
  kind: NoticeKind;
  taskId: string;
  projectId: string;
  title: string;
  /** The word for the state of the task. */
  state: string;
  words: string;
}

const MOST_NAMED = 4;
const MOST_LETTERS = 120;

/**
 * What a person should hear of after an event, with the task as it is after it; null for most events. Approvals are not
 * among them: they can be answered, and have notices of their own.
 */
export function noticeOf({ event }: LoggedEvent, task: TaskSummary): Notice | null {
  const about = { taskId: task.id, projectId: task.projectId, title: line(task.title), state: stateWord(task) };
  if (event.type === 'run.settled' && event.status !== 'cancelled') {
    const kind = event.status === 'completed' ? 'completed' : stateOf(task) === 'failed' ? 'failed' : 'needs-you';
    return { kind, ...about, words: line(event.outcome.words) };
  }
  if (event.type === 'stall.noticed') return { kind: 'needs-you', ...about, words: line(event.words) };
  return null;
}

/** Whether a person wants to hear of such a thing now. */
export function isWanted(
  { kind, projectId }: Pick<Notice, 'kind' | 'projectId'>,
  { settings, isQuiet, now }: { settings: Settings; isQuiet(projectId: string): boolean; now: number },
): boolean {
  if (isQuietTime(settings['attention.quietUntil'], now) || isQuiet(projectId)) return false;
  if (kind === 'needs-you') return settings['attention.needsYou'];
  return settings[kind === 'failed' ? 'attention.failed' : 'attention.completed'];
}

const MANY: Record<NoticeKind, (count: number) => string> = {
  completed: (count) => `${count} ${STATE_WORDS.finished.words.toLowerCase()}`,
  failed: (count) => `${count} ${STATE_WORDS.failed.words.toLowerCase()}`,
  'needs-you': (count) => `${count} ${count === 1 ? 'needs' : 'need'} you`,
};

const ORDER: readonly NoticeKind[] = ['needs-you', 'failed', 'completed'];

/** One notice for all that came within a moment. A task that came several times counts as what it was last. */
export function mergeNotices(notices: readonly Notice[]): DesktopNotice {
  const last = [...new Map(notices.map((notice) => [notice.taskId, notice])).values()];
  const [first] = last;
  if (first === undefined) throw new Error('There is nothing to merge.');
  if (last.length === 1) {
    return { title: first.state, body: `${first.title}\n${first.words}`, taskId: first.taskId };
  }
  const counted = ORDER.map((kind) => ({ kind, count: last.filter((notice) => notice.kind === kind).length }));
  const title = counted.flatMap(({ kind, count }) => (count > 0 ? [MANY[kind](count)] : [])).join(', ');
  return { title: `Tasks: ${title}`, body: named(last.map((notice) => notice.title)), taskId: null };
}

/** One notice for approvals that were asked for within a moment. */
export function approvalNotice(approvals: readonly WaitingApproval[]): DesktopNotice {
  const [first] = approvals;
  if (first === undefined) throw new Error('There is nothing to tell.');
  if (approvals.length === 1) {
    const body = `${line(first.title)}\nTask: ${line(first.taskTitle)}`;
    const title =
      first.kind === 'question' ? 'A question for you' : first.kind === 'plan' ? 'A plan to review' : 'Allow?';
    return { title, body, taskId: first.taskId };
  }
  return {
    title: `${approvals.length} approvals wait for you`,
    body: named(approvals.map((approval) => line(approval.title))),
    taskId: null,
  };
}

function named(titles: readonly string[]): string {
  const more = titles.length - MOST_NAMED;
  return [...titles.slice(0, MOST_NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** Notification services on Linux may read a markup in the body, and a title may come from an agent. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function line(text: string): string {
  return visibleLine(text, MOST_LETTERS);
}
