import { columnOf, stateOf } from '../../contract/task/derive.ts';
import { countNeedsYou, needOf } from '../../contract/task/needs-you.ts';
import type { TaskSummary } from '../../contract/task/state.ts';
import { visibleLine } from '../../contract/text.ts';
import { STATE_WORDS } from '../../contract/words/state.ts';
import { isQuietTime, type QuietChoice, timeInWords } from '../preferences/quiet-time.ts';
import type { WaitingApproval } from '../tasks/waiting-approval.ts';

export type TrayState = 'idle' | 'running' | 'needs-you' | 'failed';

/** What a click on an entry asks for. */
export type TrayAction =
  | { type: 'open-board' }
  | { type: 'open-needs-you' }
  | { type: 'new-task' }
  | { type: 'capture' }
  | { type: 'open-task'; taskId: string }
  | { type: 'open-approval'; approvalId: string }
  | { type: 'answer'; approvalId: string; answer: 'allow' | 'deny' }
  | { type: 'stop-task'; taskId: string }
  | { type: 'pause'; on: boolean }
  | { type: 'quiet'; choice: QuietChoice }
  | { type: 'login-item'; on: boolean }
  | { type: 'background'; on: boolean }
  | { type: 'quit' };

/** An entry of the menu. Without an action and without entries of its own it is a heading. */
export type TrayEntry =
  | { kind: 'separator' }
  | { kind: 'entry'; label: string; action?: TrayAction; checked?: boolean; entries?: TrayEntry[] };

export interface TrayModel {
  state: TrayState;
  tooltip: string;
  /** How many tasks need a person. */
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
  /** Drover is to keep working when this app ends. */
  background: boolean;
  /** It moves into the background, each task when it is between turns. */
  moving: boolean;
  /** The app ends by itself when the last task has ended. */
  ending: boolean;
  /** Tasks go on in another process when the app ends. */
  elsewhere: boolean;
}

/** A menu is no list: beyond this it says how many more there are. */
const MOST_TASKS = 8;
const MOST_LETTERS = 48;
/** As much as a person reads before they allow it. */
const WHOLE_TITLE = 120;

/** What the tray shows: the one place where that is decided. */
export function deriveTray(facts: TrayFacts): TrayModel {
  const { tasks, approvals, seenAt } = facts;
  const needing = countNeedsYou(tasks);
  const asking = askingTasks(approvals);
  const others = otherwiseNeeding(tasks, approvals);
  const running = tasks.filter((task) => columnOf(task) === 'running');
  const queued = tasks.filter((task) => stateOf(task) === 'queued');
  // What failed stays in the number; the icon calls for a person only until it was seen.
  const isCalling = approvals.length > 0 || others.some((task) => stateOf(task) !== 'failed');
  const isNews = others.some((task) => (task.settledAt ?? task.updatedAt) > seenAt);
  const state = isCalling ? 'needs-you' : isNews ? 'failed' : running.length ? 'running' : 'idle';
  const counts = { needing, running: running.length, queued: queued.length };
  return {
    state,
    needing,
    tooltip: `Drover: ${inWords(counts)}${asides(facts)}`,
    menu: [
      ...section(
        'Needs you',
        [...asking, ...others],
        MOST_TASKS,
        (one) => ('asks' in one ? describeAsking(one) : openOnly(one)),
        { type: 'open-needs-you' },
      ),
      ...section('Running', running, MOST_TASKS, openAndStop, { type: 'open-board' }),
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
      {
        ...entry('Keep working without the window', { type: 'background', on: !facts.background }),
        checked: facts.background,
      },
      { kind: 'separator' },
      entry(facts.elsewhere ? 'Quit (tasks keep running in the background)' : 'Quit', { type: 'quit' }),
    ],
  };
}

/** A task whose agent asks, with all that it asks, oldest first. */
interface Asking {
  readonly asks: readonly [WaitingApproval, ...WaitingApproval[]];
}

/** Each task once, however much it asks: what is listed is what is counted. */
function askingTasks(approvals: readonly WaitingApproval[]): Asking[] {
  const byTask = new Map<string, [WaitingApproval, ...WaitingApproval[]]>();
  for (const one of approvals) {
    const known = byTask.get(one.taskId);
    if (known) known.push(one);
    else byTask.set(one.taskId, [one]);
  }
  return [...byTask.values()].map((asks) => ({ asks }));
}

function otherwiseNeeding(tasks: readonly TaskSummary[], approvals: readonly WaitingApproval[]): TaskSummary[] {
  const asking = new Set(approvals.map(({ taskId }) => taskId));
  return tasks.filter((task) => needOf(task) !== null && !asking.has(task.id));
}

function inWords(counts: Record<'needing' | 'running' | 'queued', number>): string {
  const parts = [
    counts.needing ? `${counts.needing} ${counts.needing === 1 ? 'needs' : 'need'} you` : '',
    counts.running ? `${counts.running} running` : '',
    counts.queued ? `${counts.queued} queued` : '',
  ].filter((part) => part !== '');
  return parts.join(', ') || 'nothing is running';
}

function asides({ paused, ending, moving }: TrayFacts): string {
  if (moving) return ' (moves to the background when each task is between turns)';
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

/** Only what its title says in full can be answered from here; the rest must be looked at first. */
function describeAsking({ asks }: Asking): TrayEntry {
  const [{ id, title, taskId, taskTitle, isPlain }, ...more] = asks;
  const whole = visibleLine(title, WHOLE_TITLE);
  const isWhole = isPlain && !whole.endsWith('…');
  return {
    kind: 'entry',
    label: visibleLine(taskTitle, MOST_LETTERS),
    entries: [
      { kind: 'entry', label: whole },
      ...(isWhole
        ? [
            entry('Allow', { type: 'answer', approvalId: id, answer: 'allow' }),
            entry('Deny', { type: 'answer', approvalId: id, answer: 'deny' }),
          ]
        : []),
      entry('Open…', { type: 'open-approval', approvalId: id }),
      ...(more.length > 0 ? [entry(`… and ${more.length} more`, { type: 'open-task', taskId })] : []),
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

/** The title in one short line, and how far its checklist is, or that it waits for input or failed. */
function labelOf(task: TaskSummary): string {
  const { title, items, stalled } = task;
  const line = visibleLine(title, MOST_LETTERS);
  if (stalled) return `${line}: waits for input`;
  if (stateOf(task) === 'failed') return `${line}: ${STATE_WORDS.failed.words.toLowerCase()}`;
  return items.total === 0 ? line : `${line} (${items.completed}/${items.total})`;
}
