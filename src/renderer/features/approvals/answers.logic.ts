import type { ApprovalAnswer, ApprovalDetail, ApprovalKind } from '../../../contract/approval/state.ts';
import type { AgentQuestion, ToolCall } from '../../../contract/run/tool-call.ts';

/** What a person can do with an approval, in the order of the buttons. */
export type Answering = 'allow' | 'allow-task' | 'allow-project' | 'edit' | 'deny' | 'deny-stop';

export interface AnsweringWords {
  readonly answering: Answering;
  readonly label: string;
  /** One key, without modifiers. */
  readonly key: string;
}

const ALL: readonly AnsweringWords[] = [
  { answering: 'allow', label: 'Allow', key: 'a' },
  { answering: 'allow-task', label: 'Allow for this task', key: 't' },
  { answering: 'allow-project', label: 'Always in this project', key: 'p' },
  { answering: 'edit', label: 'Edit, then allow', key: 'e' },
  { answering: 'deny', label: 'Deny', key: 'd' },
  { answering: 'deny-stop', label: 'Deny and stop', key: 'x' },
];

/** Whether what would happen is dangerous, or always asks: then Deny is the safe choice and comes first. */
export function isDangerous({ view, reason }: Pick<ApprovalDetail, 'view' | 'reason'>): boolean {
  return reason?.by === 'protected' || (view.type === 'command' && view.marks.some(({ level }) => level === 'danger'));
}

/** Those that refuse before those that allow. */
export function denyFirst(answers: readonly AnsweringWords[]): AnsweringWords[] {
  const denies = ({ answering }: AnsweringWords) => answering === 'deny' || answering === 'deny-stop';
  return [...answers.filter(denies), ...answers.filter((one) => !denies(one))];
}

/** Whether a plan is to be approved that the agent has not sent. */
export function lacksPlan({ view }: Pick<ApprovalDetail, 'view'>): boolean {
  return view.type === 'plan' && view.markdown.trim() === '';
}

/** Which answers fit: a plan and a question are never allowed for ever, and nothing is without a rule it would make. */
export function answersFor(approval: Pick<ApprovalDetail, 'kind' | 'suggestion' | 'view'>): AnsweringWords[] {
  const { kind, suggestion } = approval;
  return ALL.flatMap((one) => {
    if (one.answering === 'deny' && lacksPlan(approval)) return [{ ...one, label: 'Ask for the plan' }];
    if (one.answering === 'allow-task' || one.answering === 'allow-project') {
      return kind === 'tool' && suggestion !== null ? [one] : [];
    }
    if (one.answering === 'edit') return kind === 'tool' ? [one] : [];
    return [{ ...one, label: labelOf(one, kind) }];
  });
}

function labelOf({ answering, label }: AnsweringWords, kind: ApprovalKind): string {
  if (kind === 'plan' && answering === 'allow') return 'Approve the plan';
  if (kind === 'plan' && answering === 'deny') return 'Send back';
  if (kind === 'question' && answering === 'allow') return 'Answer';
  if (kind === 'question' && answering === 'deny') return 'Do not answer';
  return label;
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
