import type { Rule, RuleSpec } from '../../contract/approval/rule.ts';
import { ruleNameOf } from '../../contract/approval/rule-tool.ts';
import type { ApprovalAnswer, ApprovalDecision, Surface } from '../../contract/approval/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { briefCall } from '../../contract/run/brief-call.ts';
import type { ToolCall } from '../../contract/run/tool-call.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import type { Task } from '../../contract/task/state.ts';
import { deciderWords } from '../../contract/words/decided.ts';
import type { CoreApi } from '../core-api.ts';
import type { Log } from '../log/log.ts';
import { type Meaning, readAnswer } from './answer.ts';
import type { ApprovalsStore, StoredApproval } from './approvals-store.ts';
import { describe } from './describe.ts';
import { toCsv, toJsonLines } from './export.ts';
import type { Question } from './judge/autonomy.ts';
import type { JudgeContexts } from './judge/context.ts';
import { type JudgeContext, judge } from './judge/judge.ts';
import { ownCommand } from './judge/own-command.ts';
import type { OpenQuestion, OpenQuestions } from './open-questions.ts';
import { suggestRule } from './rules/suggest.ts';

/** So much of each input is in an export, in UTF-16 units. */
const EXPORTED_INPUT = 4096;

export interface ApprovalsDeps {
  approvals: ApprovalsStore;
  openQuestions: OpenQuestions;
  log: Log;
  contexts: JudgeContexts;
  task(taskId: string): Task | null;
  dispatch(taskId: string, command: TaskCommand, commandId?: string): Result<{ seq: number }>;
  /** What a call of a tool with this input is, for the agent of a task. */
  callOf(task: Task, tool: string, input: Record<string, unknown>): ToolCall;
  /** Stops the run of a task without writing anything first. */
  stopRun(taskId: string): void;
  /** The task of an earlier command with this id. */
  taskOfCommand(commandId: string): string | null;
  rules: {
    make(spec: RuleSpec, approvalId: string): Result<Rule>;
    /** Takes back a rule that was just made. */
    unmake(ruleId: string): void;
    used(ruleId: string): void;
  };
}

/** The calls on approvals. Everything that answers a question is synchronous: nothing happens in between. */
export function createApprovalsCalls(deps: ApprovalsDeps): CoreApi['approvals'] {
  const { approvals, openQuestions, log, contexts, task, dispatch, taskOfCommand, rules, stopRun, callOf } = deps;
  const missing = (approvalId: string) => reject('not-found', `There is no approval ${approvalId}.`);

  /** The input of an approval as the log has it: whole up to what the log keeps. */
  function inputOf({ seq, taskId }: StoredApproval) {
    const event = log.read({ after: seq - 1, limit: 1 })[0]?.event;
    if (event?.type !== 'approval.requested' && event?.type !== 'approval.settled') return null;
    const { input } = event;
    const whole =
      input.blob === null ? input.text : log.readBlob(taskId, input.blob, 0, Number.POSITIVE_INFINITY)?.text;
    return { shown: input, whole: whole ?? input.text };
  }

  /** What was asked, by what the log has of it. */
  function storedQuestion({ taskId, tool }: StoredApproval, input: Record<string, unknown>): Question | null {
    const found = task(taskId);
    return found && { call: callOf(found, tool, input), input, blockedPath: null };
  }

  function contextOf(approval: StoredApproval): JudgeContext | null {
    const found = task(approval.taskId);
    return found ? contexts.of(found, approval.folder) : null;
  }

  /** Returns the number of the last event of the answer. */
  function answer(approvalId: string, given: ApprovalAnswer, from: Surface, commandId?: string): Result<number> {
    if (commandId !== undefined) {
      const earlier = taskOfCommand(commandId);
      // Seen before: the store gives the earlier answer and does nothing.
      if (earlier !== null) return seqOf(dispatch(earlier, settleCommand(approvalId, denial(from)), commandId));
    }
    const approval = approvals.get(approvalId);
    const found = approval && task(approval.taskId);
    if (!approval || !found) return missing(approvalId);
    const asked = approval.status === 'pending' ? openQuestions.get(approvalId) : null;
    if (!asked) return reject('wrong-state', notPending(approval));
    const { kind, question } = asked;
    const meaning = readAnswer(given, {
      kind,
      call: question.call,
      input: question.input,
      autonomy: found.autonomy,
      callWith: (input) => withInput(found, question, input).call,
    });
    if (!meaning.ok) return meaning;
    const context = contexts.of(found, approval.folder);
    const allowed = checkAllowed(asked, meaning.value, context, found);
    if (!allowed.ok) return allowed;
    const made = makeRule(asked, given, meaning.value, context, found);
    if (!made.ok) return made;
    const settled = settle(asked, meaning.value, { from, ruleId: made.value?.id ?? null, commandId });
    if (!settled.ok && made.value) rules.unmake(made.value.id);
    if (settled.ok && made.value) answerOthers(found);
    return settled;
  }

  /** A question with another input: what it is then, its adapter says; of a command that Drover runs, Drover. */
  function withInput(of: Task, question: OpenQuestion['question'], input: Record<string, unknown>) {
    const own = question.purpose !== undefined;
    return { ...question, input, call: own ? ownCommand(input) : callOf(of, question.call.title, input) };
  }

  /** What a rule denies, a person cannot allow in passing: the rule may have come after the question, or the edit. */
  function checkAllowed(
    { question }: OpenQuestion,
    { decision, edited }: Meaning,
    context: JudgeContext,
    of: Task,
  ): Result<null> {
    if (decision === 'deny') return accept(null);
    const judged = judge(edited === null ? question : withInput(of, question, edited), context);
    if (judged.decision !== 'deny') return accept(null);
    return reject('conflict', `This cannot be allowed: ${judged.words}`);
  }

  function makeRule(
    { approvalId, question }: OpenQuestion,
    given: ApprovalAnswer,
    { scope, edited }: Meaning,
    context: JudgeContext,
    of: Task,
  ): Result<Rule | null> {
    const { id: taskId, projectId } = of;
    if (given.type !== 'allow' || (scope !== 'task' && scope !== 'project')) return accept(null);
    const asked = edited === null ? question : withInput(of, question, edited);
    const { protects, words } = judge(asked, context);
    if (protects !== null) {
      return reject(
        'invalid',
        `${words} No rule changes that: allow it once, or lift it in the settings of the project.`,
      );
    }
    const suggestion = suggestRule(asked, context);
    const pattern = given.pattern ?? suggestion?.pattern;
    if (pattern === undefined) {
      return reject('invalid', 'No rule can be made of this: allow it once, or give a pattern.', ['once']);
    }
    const tool = suggestion?.tool ?? ruleNameOf(question.call);
    const where = scope === 'task' ? ({ type: 'task', taskId } as const) : ({ type: 'project', projectId } as const);
    return rules.make({ tool, pattern, scope: where, decision: 'allow' }, approvalId);
  }

  /** Stores the answer, and only then gives it to the agent. */
  function settle(
    { approvalId, taskId }: OpenQuestion,
    { decision, scope, words, edited, autonomy, stop, toolAnswer }: Meaning,
    { from, ruleId, commandId }: { from: Surface; ruleId: string | null; commandId: string | undefined },
  ): Result<number> {
    const kept = edited === null ? null : log.keep(taskId, JSON.stringify(edited));
    const stored: ApprovalDecision = { decision, by: 'user', from, scope, ruleId, words, edited: kept };
    const change = { ...(autonomy === undefined ? {} : { autonomy }), ...(stop ? { stop } : {}) };
    const settled = dispatch(taskId, { ...settleCommand(approvalId, stored), ...change }, commandId);
    if (settled.ok) openQuestions.answer(approvalId, toolAnswer, 'person');
    // To stop an agent nothing has to be written, not even the denial.
    else if (stop && settled.rejection.code === 'unavailable') stopRun(taskId);
    return seqOf(settled);
  }

  /** A new rule also answers what already waits and it covers: each is judged again as if it were asked now. */
  function answerOthers({ id, projectId }: Task): void {
    for (const waiting of openQuestions.all()) {
      const other = task(waiting.taskId);
      if (!other?.workspace || (other.id !== id && other.projectId !== projectId)) continue;
      const { decision, ruleId, words } = judge(waiting.question, contexts.of(other, other.workspace.path));
      if (decision !== 'allow' || ruleId === null) continue;
      const nothing = { from: null, scope: null, edited: null };
      const stored: ApprovalDecision = { decision, by: 'rule', ruleId, words, ...nothing };
      if (!dispatch(other.id, settleCommand(waiting.approvalId, stored)).ok) continue;
      rules.used(ruleId);
      openQuestions.answer(waiting.approvalId, { decision }, 'drover');
    }
  }

  return {
    async list(filter) {
      const { approvals: page, nextCursor } = approvals.list(filter);
      return accept({ approvals: page.map(withoutSeq), nextCursor, pending: approvals.countPending() });
    },
    async get({ approvalId }) {
      const approval = approvals.get(approvalId);
      const input = approval && inputOf(approval);
      const context = approval && contextOf(approval);
      if (!approval || !input || !context) return missing(approvalId);
      const question = openQuestions.get(approvalId)?.question ?? storedQuestion(approval, parse(input.whole));
      if (question === null) return missing(approvalId);
      const pending = approval.status === 'pending' && approval.kind === 'tool' && approval.reason?.protects === null;
      return accept({
        ...withoutSeq(approval),
        call: briefCall(question.call),
        input: input.shown,
        view: describe(question, context).view,
        suggestion: pending ? suggestRule(question, context) : null,
      });
    },
    async answer({ approvalId, answer: given, from, commandId }) {
      const answered = answer(approvalId, given, from, commandId);
      if (!answered.ok) return answered;
      const approval = approvals.get(approvalId);
      return approval ? accept({ ...approval, seq: answered.value }) : missing(approvalId);
    },
    async export({ format, ...filter }) {
      const { approvals: page, nextCursor } = approvals.list(filter);
      const rows = page.map((approval) => ({
        ...withoutSeq(approval),
        input: (inputOf(approval)?.shown.text ?? '').slice(0, EXPORTED_INPUT),
      }));
      const text = format === 'csv' ? toCsv(rows, filter.cursor === undefined) : toJsonLines(rows);
      return accept({ text, nextCursor });
    },
  };
}

function settleCommand(approvalId: string, decision: ApprovalDecision) {
  return { type: 'approval.settle', approvalId, decision } as const;
}

function denial(from: Surface): ApprovalDecision {
  return { decision: 'deny', by: 'user', from, scope: null, ruleId: null, words: '', edited: null };
}

function seqOf(outcome: Result<{ seq: number }>): Result<number> {
  return outcome.ok ? accept(outcome.value.seq) : outcome;
}

function withoutSeq({ seq: _, ...approval }: StoredApproval) {
  return approval;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Longer than what the log keeps.
    return { input: text };
  }
}

function notPending({ id, status, decision }: StoredApproval): string {
  if (status === 'pending') return `Approval ${id} no longer waits for an answer.`;
  if (status === 'expired' || status === 'withdrawn' || status === 'unasked') {
    return `Approval ${id} is over. ${decision?.words ?? ''}`.trim();
  }
  const who = decision ? ` ${deciderWords({ ...decision, scope: null })}` : '';
  return `Approval ${id} was already ${status}${who}.`;
}
