import { ruleTool } from '../../../contract/approval/rule-tool.ts';
import type { Approval } from '../../../contract/approval/state.ts';
import { fileUse } from '../../../contract/run/tool-call.ts';
import { stateOf } from '../../../contract/task/derive.ts';
import { type Need, needOf } from '../../../contract/task/needs-you.ts';
import type { TaskSummary } from '../../../contract/task/state.ts';
import { stateReason } from '../../../contract/words/state.ts';
import { visibleLine, withoutMarks } from '../../ui/text.logic.ts';
import { labels } from './labels.ts';

export type NeedKind = keyof typeof labels.kinds;

/** One thing that needs a person: an approval, or a task that needs them for another reason. */
export interface NeedRow {
  /** Of the approval or the task; the address of the page has it. */
  readonly id: string;
  readonly kind: NeedKind;
  /** What happened, in one sentence. */
  readonly words: string;
  readonly taskId: string;
  readonly taskTitle: string;
  readonly projectId: string;
  /** Since when it waits; milliseconds since 1970. */
  readonly at: number;
  /** Null where the task as a whole needs its person. */
  readonly approval: Approval | null;
}

const LONGEST = 300;
/** Whose agent waits comes first, then what stands still, then what is over. */
const ORDER: readonly Need[] = ['answer', 'stall', 'blocked', 'failed', 'taken'];

/**
 * Everything that needs a person, in all projects: what an agent waits for first, each kind oldest first, and what one
 * task asks side by side.
 */
export function needsIn(tasks: Iterable<TaskSummary>, approvals: readonly Approval[]): NeedRow[] {
  const asking = new Map<string, Approval[]>();
  for (const approval of approvals) {
    const group = asking.get(approval.taskId);
    if (group) group.push(approval);
    else asking.set(approval.taskId, [approval]);
  }
  const groups = [...asking.values()].map((group) => ({ order: 0, rows: group.map(rowOfApproval) }));
  for (const task of tasks) {
    const need = needOf(task);
    if (need === null || need === 'answer' || asking.has(task.id)) continue;
    groups.push({ order: ORDER.indexOf(need), rows: [rowOfTask(task, need)] });
  }
  const since = ({ rows }: (typeof groups)[number]) => rows[0]?.at ?? 0;
  return groups.sort((a, b) => a.order - b.order || since(a) - since(b)).flatMap(({ rows }) => rows);
}

function rowOfApproval(approval: Approval): NeedRow {
  const { id, taskId, taskTitle, projectId, askedAt } = approval;
  return {
    ...{ id, taskId, projectId, at: askedAt, approval },
    kind: kindOf(approval),
    words: wordsOf(approval),
    taskTitle: visibleLine(taskTitle, LONGEST),
  };
}

function kindOf({ kind, tool }: Approval): NeedKind {
  if (kind !== 'tool') return kind;
  const called = ruleTool(tool)?.kind;
  if (called === 'command' || called === 'fetch') return called;
  const use = called === undefined ? null : fileUse(called);
  return use === null ? 'tool' : use === 'read' ? 'read' : 'edit';
}

function wordsOf({ kind, title }: Approval): string {
  if (kind === 'plan') return /no plan/i.test(title) ? labels.noPlan : labels.plan;
  if (kind === 'question') {
    const count = Number(/\d+/.exec(title)?.[0] ?? 1);
    return count > 1 ? labels.questions(count) : labels.question;
  }
  return visibleLine(title, LONGEST);
}

function rowOfTask(task: TaskSummary, need: Exclude<Need, 'answer'>): NeedRow {
  const { id, title, projectId } = task;
  return {
    ...{ id, taskId: id, projectId, approval: null },
    kind: need,
    words: visibleLine(withoutMarks(reasonOf(task, need)), LONGEST),
    taskTitle: visibleLine(title, LONGEST),
    at: task.settledAt ?? task.updatedAt,
  };
}

function reasonOf(task: TaskSummary, need: Exclude<Need, 'answer'>): string {
  if (stateOf(task) === 'unblocked') return labels.unblocked;
  if (need === 'taken' && task.noGoal) return stateReason(task) ?? labels.free;
  return stateReason(task) ?? (need === 'stall' || need === 'taken' ? labels[need] : labels.noReason);
}

/** The row that is a number of steps away, without leaving the list; null where there is none. */
export function stepFrom(rows: readonly NeedRow[], id: string | null, steps: number): NeedRow | null {
  const at = rows.findIndex((row) => row.id === id);
  const next = at < 0 ? (steps > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + steps));
  return rows[next] ?? null;
}

/** What comes into sight when a row has been dealt with; null when it was the last. */
export function nextAfter(rows: readonly NeedRow[], id: string): NeedRow | null {
  const at = rows.findIndex((row) => row.id === id);
  return rows[at + 1] ?? (at > 0 ? rows[at - 1] : null) ?? null;
}
