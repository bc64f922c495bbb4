import { columnOf } from '../../contract/task/derive.ts';
import type { TaskSummary } from '../../contract/task/state.ts';

export type TrayState = 'idle' | 'running' | 'needs-you' | 'failed';

/** What a click on an entry asks for. */
export type TrayAction =
  | { type: 'open-board' }
  | { type: 'new-task' }
  | { type: 'open-task'; taskId: string }
  | { type: 'stop-task'; taskId: string }
  | { type: 'login-item'; on: boolean }
  | { type: 'quit' };

/** An entry of the menu. Without an action and without entries of its own it is a heading. */
export type TrayEntry =
  | { kind: 'separator' }
  | { kind: 'entry'; label: string; action?: TrayAction; checked?: boolean; entries?: TrayEntry[] };

export interface TrayModel {
  state: TrayState;
  tooltip: string;
  menu: TrayEntry[];
}

export interface TrayFacts {
  /** At least all tasks that run, wait or failed. */
  tasks: readonly TaskSummary[];
  /** When a person last looked at the board, in milliseconds since 1970: what failed before is no news. */
  seenAt: number;
  loginItem: boolean;
  /** The app ends by itself when the last task has ended. */
  ending: boolean;
}

/** A menu is no list: beyond this it says how many more there are. */
const MOST_TASKS = 8;
const MOST_LETTERS = 48;

/** What the tray shows: the one place where that is decided. */
export function deriveTray({ tasks, seenAt, loginItem, ending }: TrayFacts): TrayModel {
  const needing = tasks.filter((task) => columnOf(task) === 'Needs you');
  const running = tasks.filter((task) => columnOf(task) === 'Running');
  const queued = tasks.filter((task) => columnOf(task) === 'Queued');
  const failed = tasks.filter((task) => columnOf(task) === 'Failed' && (task.settledAt ?? task.updatedAt) > seenAt);
  const state = needing.length ? 'needs-you' : failed.length ? 'failed' : running.length ? 'running' : 'idle';
  return {
    state,
    tooltip: `Drover: ${words({ needing, failed, running, queued })}${ending ? ' (quits when they are done)' : ''}`,
    menu: [
      ...section('Needs you', needing, openOnly),
      ...section('Failed', failed, openOnly),
      ...section('Running', running, openAndStop),
      entry('Open board', { type: 'open-board' }),
      entry('New task…', { type: 'new-task' }),
      { kind: 'separator' },
      { ...entry('Start at login', { type: 'login-item', on: !loginItem }), checked: loginItem },
      { kind: 'separator' },
      entry('Quit', { type: 'quit' }),
    ],
  };
}

type Counted = Record<'needing' | 'failed' | 'running' | 'queued', readonly TaskSummary[]>;

function words({ needing, failed, running, queued }: Counted): string {
  const parts = [
    needing.length ? `${needing.length} ${needing.length === 1 ? 'needs' : 'need'} you` : '',
    failed.length ? `${failed.length} failed` : '',
    running.length ? `${running.length} running` : '',
    queued.length ? `${queued.length} queued` : '',
  ].filter((part) => part !== '');
  return parts.join(', ') || 'nothing is running';
}

function section(
  heading: string,
  tasks: readonly TaskSummary[],
  describe: (task: TaskSummary, label: string) => TrayEntry,
): TrayEntry[] {
  if (tasks.length === 0) return [];
  const shown = tasks.slice(0, MOST_TASKS).map((task) => describe(task, labelOf(task)));
  const more = tasks.length - shown.length;
  return [
    { kind: 'entry', label: heading },
    ...shown,
    ...(more > 0 ? [entry(`${more} more on the board…`, { type: 'open-board' })] : []),
    { kind: 'separator' },
  ];
}

function openOnly(task: TaskSummary, label: string): TrayEntry {
  return entry(label, { type: 'open-task', taskId: task.id });
}

function openAndStop(task: TaskSummary, label: string): TrayEntry {
  return {
    kind: 'entry',
    label,
    entries: [
      entry('Open', { type: 'open-task', taskId: task.id }),
      ...(task.phase === 'stopping' ? [] : [entry('Stop', { type: 'stop-task', taskId: task.id })]),
    ],
  };
}

function entry(label: string, action: TrayAction): TrayEntry & { kind: 'entry' } {
  return { kind: 'entry', label, action };
}

/** The title in one short line, and how far its checklist is. */
function labelOf({ title, items }: TaskSummary): string {
  const line = title.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  const short = letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : line;
  return items.total === 0 ? short : `${short} (${items.completed}/${items.total})`;
}
