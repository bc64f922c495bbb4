import type { ApprovalAnswer, ApprovalDetail, ApprovalKind } from '../../../contract/approval/state.ts';
import type { AgentQuestion, ToolCall } from '../../../contract/run/tool-call.ts';
import { labels } from './labels.ts';

/** What a person can do with an approval: what refuses before what allows. */
export type Answering = 'deny' | 'deny-stop' | 'allow' | 'allow-task' | 'allow-project' | 'edit';

/** One answer, and its key, without modifiers. */
export interface Offered {
  readonly answering: Answering;
  readonly label: string;
  readonly key: string;
}

const ALL: readonly (readonly [Answering, key: string])[] = [
  ['deny', 'd'],
  ['deny-stop', 'x'],
  ['allow', 'a'],
  ['allow-task', 't'],
  ['allow-project', 'p'],
  ['edit', 'e'],
];

/** Whether what would happen is dangerous, or always asks: then Deny is the safe choice. */
export function isDangerous({ view, reason }: Pick<ApprovalDetail, 'view' | 'reason'>): boolean {
  return reason?.by === 'protected' || (view.type === 'command' && view.marks.some(({ level }) => level === 'danger'));
}

/** Whether a plan is to be approved that the agent has not sent. */
export function lacksPlan({ view }: Pick<ApprovalDetail, 'view'>): boolean {
  return view.type === 'plan' && view.markdown.trim() === '';
}

/** Which answers fit: a plan and a question are never allowed for ever, and nothing is without a rule it would make. */
export function answersFor(approval: Pick<ApprovalDetail, 'kind' | 'suggestion' | 'view'>): Offered[] {
  const { kind, suggestion } = approval;
  return ALL.flatMap(([answering, key]) => {
    const lasts = answering === 'allow-task' || answering === 'allow-project';
    if (lasts && (kind !== 'tool' || suggestion === null)) return [];
    if (answering === 'edit' && kind !== 'tool') return [];
    return [{ answering, key, label: labelOf(answering, approval) }];
  });
}

function labelOf(answering: Answering, approval: Pick<ApprovalDetail, 'kind' | 'view'>): string {
  const { kind } = approval;
  switch (answering) {
    case 'deny':
      return lacksPlan(approval) ? labels.askForPlan : labels.deny(kind);
    case 'deny-stop':
      return labels.stop(kind);
    case 'allow':
      return labels.allow(kind);
    case 'allow-task':
      return labels.allowTask;
    case 'allow-project':
      return labels.allowProject;
    case 'edit':
      return labels.edit;
  }
}

/** How long a window must have had the focus, and an approval been in sight, before a key counts, in milliseconds. */
export const FOCUS_MS = 300;

/** Whether a key pressed at `at` counts: it may be meant for what was there before. `since` is null while there is nothing. */
export function keyCounts(since: number | null, at: number): boolean {
  return since !== null && at - since >= FOCUS_MS;
}

/** Approvals that can be answered at once: tool calls of the same tool, with the same kind of answer. */
export function sameShape(approvals: readonly { kind: ApprovalKind; tool: string }[]): boolean {
  const [first] = approvals;
  return first !== undefined && approvals.every(({ kind, tool }) => kind === 'tool' && tool === first.tool);
}

/** What a person has chosen and typed for one question. */
export interface Reply {
  readonly chosen: readonly string[];
  readonly text: string;
}

/** The first question without an answer, by its place; the last one when all have theirs. */
export function openQuestion(questions: readonly AgentQuestion[], replies: readonly Reply[]): number {
  const open = questions.findIndex((question, at) => replyOf([question], [replies[at] ?? NOTHING]) === null);
  return open < 0 ? questions.length - 1 : open;
}

/** A reply after the option with this number, from 1 on, was pressed; null where there is none. */
export function withOption({ options, multiSelect }: AgentQuestion, reply: Reply, no: number): Reply | null {
  const label = options[no - 1]?.label;
  if (label === undefined) return null;
  if (!multiSelect) return { chosen: [label], text: '' };
  const had = reply.chosen.includes(label);
  return { ...reply, chosen: had ? reply.chosen.filter((one) => one !== label) : [...reply.chosen, label] };
}

const NOTHING: Reply = { chosen: [], text: '' };

/** The answers as they are sent; null while a question has none. Free text counts beside what is chosen. */
export function replyOf(questions: readonly AgentQuestion[], replies: readonly Reply[]): ApprovalAnswer | null {
  const answers: Record<string, string | string[]> = {};
  for (const [at, question] of questions.entries()) {
    const { chosen, text } = replies[at] ?? { chosen: [], text: '' };
    const given = text.trim() === '' ? [...chosen] : question.multiSelect ? [...chosen, text.trim()] : [text.trim()];
    const [only] = given;
    if (only === undefined) return null;
    answers[question.question] = question.multiSelect ? given : only;
  }
  return { type: 'reply', answers };
}

/** What a person typed in the place of the input: the object, or a sentence on what is wrong with it. */
export function readInput(text: string): { ok: true; input: Record<string, unknown> } | { ok: false; words: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ok: true, input: value as Record<string, unknown> };
    }
    return { ok: false, words: 'This must be an object with fields, in { and }.' };
  } catch (error) {
    return { ok: false, words: `This cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** The one member of an input that a person changes most, where it is there: the command, or the new text of a file. */
export function mainField({ field }: ToolCall, input: Record<string, unknown>): string | null {
  return field !== undefined && typeof input[field] === 'string' ? field : null;
}
