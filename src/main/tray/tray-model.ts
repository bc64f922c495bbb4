import { columnOf } from '../../contract/task/derive.ts';
import type { TaskSummary } from '../../contract/task/state.ts';
import { visibleLine } from '../../contract/text.ts';
import { isQuietTime, type QuietChoice, timeInWords } from '../preferences/quiet-time.ts';
import type { WaitingApproval } from '../tasks/waiting-approval.ts';

export type TrayState = 'idle' | 'running' | 'needs-you' | 'failed';

/** What a click on an entry asks for. */
export type TrayAction =
  | { type: 'open-board' }
  | { type: 'open-approvals' }
  | { type: 'new-task' }
  | { type: 'capture' }
  | { type: 'open-task'; taskId: string }
  | { type: 'open-approval'; approvalId: string }
  | { type: 'answer'; approvalId: string; answer: 'allow' | 'deny' }
  | { type: 'stop-task'; taskId: string }
  | { type: 'pause'; on: boolean }
  | { type: 'quiet'; choice: QuietChoice }
  | { type: 'login-item'; on: boolean }
  | { type: 'quit' };

/** An entry of the menu. Without an action and without entries of its own it is a heading. */
export type TrayEntry =
  | { kind: 'separator' }
  | { kind: 'entry'; label: string; action?: TrayAction; checked?: boolean; entries?: TrayEntry[] };

export interface TrayModel {
  state: TrayState;
  tooltip: string;
  /** How many things wait for a person. */
  needing: number;
  menu: TrayEntry[];
}

export interface TrayFacts {
  /** At least all tasks that run, wait or failed. */
  tasks: readonly TaskSummary[];
  /** Oldest first. */
  approvals: readonly WaitingApproval[];
  /** When a person last looked at the board, in milliseconds since 1970: what failed before is no news. */
  seenAt: number;
  now: number;
  /** Until when nobody wants to be disturbed; null for not at all. */
  quietUntil: number | null;
  /** Nothing is started. */
  paused: boolean;
  loginItem: boolean;
  /** The app ends by itself when the last task has ended. */
  ending: boolean;
  /** Tasks go on in another process when the app ends. */
  elsewhere: boolean;
}

/** A menu is no list: beyond this it says how many more there are. */
const MOST_TASKS = 8;
const MOST_APPROVALS = 10;
const MOST_LETTERS = 48;
/** As much as a person reads before they allow it. */
const WHOLE_TITLE = 120;

/** How many things wait for a person: each approval, and each task that needs them for another reason. */
export function countNeeding(tasks: readonly TaskSummary[], approvals: readonly WaitingApproval[]): number {
  return approvals.length + otherwiseNeeding(tasks, approvals).length;
}

/** What the tray shows: the one place where that is decided. */
export function deriveTray(facts: TrayFacts): TrayModel {
  const { tasks, approvals, seenAt } = facts;
  const needing = countNeeding(tasks, approvals);
  const others = otherwiseNeeding(tasks, approvals);
  const running = tasks.filter((task) => columnOf(task) === 'running');
  const queued = tasks.filter((task) => columnOf(task) === 'queued');
  const failed = tasks.filter((task) => columnOf(task) === 'failed' && (task.settledAt ?? task.updatedAt) > seenAt);
  const state = needing > 0 ? 'needs-you' : failed.length ? 'failed' : running.length ? 'running' : 'idle';
  const counts = { needing, failed: failed.length, running: running.length, queued: queued.length };
  return {
    state,
    needing,
    tooltip: `Drover: ${inWords(counts)}${asides(facts)}`,
    menu: [
      ...section('Awaiting approval', approvals, MOST_APPROVALS, describeApproval, { type: 'open-approvals' }),
      ...taskSection('Needs you', others, openOnly),
      ...taskSection('Failed', failed, openOnly),
      ...taskSection('Running', running, openAndStop),
      entry('Open board', { type: 'open-board' }),
      entry('New task…', { type: 'new-task' }),
      entry('Quick capture…', { type: 'capture' }),
      { kind: 'separator' },
      facts.paused
        ? entry('Resume everything', { type: 'pause', on: false })
        : entry('Pause everything', { type: 'pause', on: true }),
      quietEntry(facts),
      { kind: 'separator' },
      { ...entry('Start at login', { type: 'login-item', on: !facts.loginItem }), checked: facts.loginItem },
      { kind: 'separator' },
      entry(facts.elsewhere ? 'Quit (tasks keep running in the background)' : 'Quit', { type: 'quit' }),
    ],
  };
}

function otherwiseNeeding(tasks: readonly TaskSummary[], approvals: readonly WaitingApproval[]): TaskSummary[] {
  const asking = new Set(approvals.map(({ taskId }) => taskId));
  return tasks.filter((task) => columnOf(task) === 'needs-you' && !asking.has(task.id));
}

function inWords(counts: Record<'needing' | 'failed' | 'running' | 'queued', number>): string {
  const parts = [
    counts.needing ? `${counts.needing} ${counts.needing === 1 ? 'needs' : 'need'} you` : '',
    counts.failed ? `${counts.failed} failed` : '',
    counts.running ? `${counts.running} running` : '',
    counts.queued ? `${counts.queued} queued` : '',
  ].filter((part) => part !== '');
  return parts.join(', ') || 'nothing is running';
}

function asides({ paused, ending }: TrayFacts): string {
  if (ending) return ' (quits when they are done)';
  return paused ? ' (paused)' : '';
}

function quietEntry({ quietUntil, now }: TrayFacts): TrayEntry {
  const until = quietUntil !== null && isQuietTime(quietUntil, now) ? quietUntil : null;
  return {
    kind: 'entry',
    label: until === null ? 'Do not disturb' : `Do not disturb until ${timeInWords(until, now)}`,
    entries: [
      entry('For an hour', { type: 'quiet', choice: 'hour' }),
      entry('Until tomorrow', { type: 'quiet', choice: 'tomorrow' }),
      { ...entry('Off', { type: 'quiet', choice: 'off' }), checked: until === null },
    ],
  };
}

function section<T>(
  heading: string,
  things: readonly T[],
  most: number,
  describe: (thing: T) => TrayEntry,
  all: TrayAction,
): TrayEntry[] {
  if (things.length === 0) return [];
  const more = things.length - Math.min(things.length, most);
  return [
    { kind: 'entry', label: heading },
    ...things.slice(0, most).map(describe),
    ...(more > 0 ? [entry(`… and ${more} more`, all)] : []),
    { kind: 'separator' },
  ];
}

function taskSection(
  heading: string,
  tasks: readonly TaskSummary[],
  describe: (task: TaskSummary) => TrayEntry,
): TrayEntry[] {
  return section(heading, tasks, MOST_TASKS, describe, { type: 'open-board' });
}

/** Only what its title says in full can be answered from here; the rest must be looked at first. */
function describeApproval({ id, title, taskTitle, isPlain }: WaitingApproval): TrayEntry {
  const whole = visibleLine(title, WHOLE_TITLE);
  const label = visibleLine(title, MOST_LETTERS);
  const isWhole = isPlain && !whole.endsWith('…');
  return {
    kind: 'entry',
    label,
    entries: [
      ...(label === whole ? [] : [{ kind: 'entry' as const, label: whole }]),
      { kind: 'entry', label: `Task: ${visibleLine(taskTitle, MOST_LETTERS)}` },
      ...(isWhole
        ? [
            entry('Allow', { type: 'answer', approvalId: id, answer: 'allow' }),
            entry('Deny', { type: 'answer', approvalId: id, answer: 'deny' }),
          ]
        : []),
      entry('Open…', { type: 'open-approval', approvalId: id }),
    ],
  };
}

function openOnly(task: TaskSummary): TrayEntry {
  return entry(labelOf(task), { type: 'open-task', taskId: task.id });
}

function openAndStop(task: TaskSummary): TrayEntry {
  return {
    kind: 'entry',
    label: labelOf(task),
    entries: [
      entry('Open', { type: 'open-task', taskId: task.id }),
      ...(task.phase === 'stopping' ? [] : [entry('Stop', { type: 'stop-task', taskId: task.id })]),
    ],
  };
}

function entry(label: string, action: TrayAction): TrayEntry & { kind: 'entry' } {
  return { kind: 'entry', label, action };
}

/** The title in one short line, and how far its checklist is, or that it waits for input. */
function labelOf({ title, items, stalled }: TaskSummary): string {
  const line = visibleLine(title, MOST_LETTERS);
  if (stalled) return `${line}: waits for input`;
  return items.total === 0 ? line : `${line} (${items.completed}/${items.total})`;
}
