import * as z from 'zod';
import { autonomy } from '../agent/state.ts';
import { approvalId, projectId, ruleId, runId, taskId } from '../ids.ts';
import { longText } from '../run/long-text.ts';
import { agentQuestion, toolCall } from '../run/tool-call.ts';
import { MAX_TEXT } from '../text.ts';

/** What is asked for: permission for a tool call, a yes to a plan, or answers to questions of the agent. */
export const approvalKind = z.enum(['tool', 'plan', 'question']);
export type ApprovalKind = z.infer<typeof approvalKind>;

/**
 * `expired`: nobody answered before the turn was over or the host died, so the action did not happen. `withdrawn`: the
 * agent itself no longer wants to know. `unasked`: it happened without permission, because the agent's own program let it
 * through; the task was stopped.
 */
export const approvalStatus = z.enum(['pending', 'allowed', 'denied', 'expired', 'withdrawn', 'unasked']);
export type ApprovalStatus = z.infer<typeof approvalStatus>;

/** Where an answer was given. */
export const surface = z.enum([
  'window',
  'browser',
  'pop-up',
  'notification',
  'tray',
  'command-line',
  'api',
  'terminal',
]);
export type Surface = z.infer<typeof surface>;

/**
 * Some things always ask whatever the rules and the autonomy say, unless a person has lifted it for the project:
 * deleting outside the workspace, `git push --force`, pushing to the default branch, changing git config or hooks,
 * writing to Drover's own data, reading files that hold keys.
 */
export const protectedThing = z.enum([
  'delete-outside',
  'force-push',
  'push-default-branch',
  'git-config',
  'drover-data',
  'key-files',
]);
export type ProtectedThing = z.infer<typeof protectedThing>;

export const PROTECTED_WORDS: Record<ProtectedThing, string> = {
  'delete-outside': 'Deleting files outside the workspace',
  'force-push': 'Pushing with force',
  'push-default-branch': 'Pushing to the default branch',
  'git-config': 'Changing git’s configuration or hooks',
  'drover-data': 'Writing to Drover’s own data',
  'key-files': 'Reading files that may hold keys or passwords',
};

/** Why a person is asked. `words` is a sentence. */
export const approvalReason = z.object({
  by: z.enum(['autonomy', 'rule', 'protected', 'agent']),
  words: z.string(),
  /** The rule that says ask. */
  ruleId: ruleId.nullable(),
  protects: protectedThing.nullable(),
});
export type ApprovalReason = z.infer<typeof approvalReason>;

/** What a task keeps of an approval that is pending; the whole is asked for with `approvals.get`. */
export const pendingApproval = z.object({
  id: approvalId,
  kind: approvalKind,
  tool: z.string(),
  /** A short line in plain words, such as `Run npm install`. */
  title: z.string(),
  askedAt: z.number(),
});
export type PendingApproval = z.infer<typeof pendingApproval>;

/** A stretch of the shown text that a person should look at; UTF-16 offsets, `end` excluded. */
export const mark = z.object({
  start: z.number(),
  end: z.number(),
  level: z.enum(['danger', 'note']),
  words: z.string(),
});
export type Mark = z.infer<typeof mark>;

/**
 * What will happen, made for a person to look at. Texts are cut to 64 KB, and `cut` says so; they may hold anything an
 * agent can write, hidden characters included: clients show them with `revealHidden`.
 */
export const approvalView = z.discriminatedUnion('type', [
  z.object({ type: z.literal('command'), command: z.string(), cut: z.boolean(), marks: z.array(mark) }),
  /** `before` is null for a new file; both are the changed part of an edit, or the whole file for a write. */
  z.object({
    type: z.literal('edit'),
    path: z.string(),
    before: z.string().nullable(),
    after: z.string(),
    cut: z.boolean(),
  }),
  z.object({ type: z.literal('file'), path: z.string() }),
  z.object({ type: z.literal('plan'), markdown: z.string(), cut: z.boolean() }),
  z.object({ type: z.literal('question'), questions: z.array(agentQuestion) }),
  z.object({
    type: z.literal('other'),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    cut: z.boolean(),
  }),
]);
export type ApprovalView = z.infer<typeof approvalView>;

/**
 * The rule that "always" would make: what it matches, and the same in words for a person. `wider`: patterns that match
 * more of its kind, the narrowest first.
 */
export const ruleSuggestion = z.object({
  tool: z.string(),
  pattern: z.string(),
  words: z.string(),
  wider: z.array(z.object({ pattern: z.string(), words: z.string() })),
});
export type RuleSuggestion = z.infer<typeof ruleSuggestion>;

export const approvalDecision = z.object({
  decision: z.enum(['allow', 'deny', 'expired', 'withdrawn', 'unasked']),
  by: z.enum(['autonomy', 'rule', 'user', 'drover']),
  /** Where a person answered; null when nobody did. */
  from: surface.nullable(),
  /** For how long an answer counts; null unless a person allowed. */
  scope: z.enum(['once', 'task', 'project']).nullable(),
  /** The rule that answered, or that the answer made. */
  ruleId: ruleId.nullable(),
  words: z.string(),
  /** The input a person put in the place of the agent's; null when unchanged. */
  edited: longText.nullable(),
});
export type ApprovalDecision = z.infer<typeof approvalDecision>;

/** One row of the inbox and of the audit: every tool call that was judged, by whomever. */
export const approval = z.object({
  id: approvalId,
  taskId,
  taskTitle: z.string(),
  projectId,
  runId,
  callId: z.string().nullable(),
  kind: approvalKind,
  tool: z.string(),
  title: z.string(),
  status: approvalStatus,
  /** Null for what nobody had to be asked about. */
  reason: approvalReason.nullable(),
  /** The folder the agent works in. */
  folder: z.string(),
  askedAt: z.number(),
  settledAt: z.number().nullable(),
  decision: approvalDecision.nullable(),
  /** What became of the call. */
  followed: z.enum(['succeeded', 'failed']).nullable(),
});
export type Approval = z.infer<typeof approval>;

export const approvalDetail = approval.extend({
  /** Shortened. */
  call: toolCall,
  /** The exact input as JSON text. */
  input: longText,
  view: approvalView,
  /** Null where no rule could be made. */
  suggestion: ruleSuggestion.nullable(),
});
export type ApprovalDetail = z.infer<typeof approvalDetail>;

/**
 * An answer of a person. `scope`: `task` and `project` also make a rule, as suggested or as given in `pattern`. `input`
 * replaces the agent's input. `autonomy` goes with a plan: the one after it. `words` are for the agent. `stop` ends
 * the task. `reply` answers questions: the text of the question, and the labels or words that were chosen.
 */
export const approvalAnswer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('allow'),
    scope: z.enum(['once', 'task', 'project']).default('once'),
    pattern: z.string().max(MAX_TEXT).optional(),
    input: z.record(z.string(), z.unknown()).optional(),
    autonomy: autonomy.optional(),
  }),
  z.strictObject({
    type: z.literal('deny'),
    words: z.string().max(MAX_TEXT).optional(),
    stop: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('reply'),
    answers: z.record(z.string().max(MAX_TEXT), z.union([z.string().max(MAX_TEXT), z.array(z.string().max(MAX_TEXT))])),
  }),
]);
export type ApprovalAnswer = z.infer<typeof approvalAnswer>;

/** Which approvals a list or an export is about. */
export const approvalFilter = z.strictObject({
  status: z.array(approvalStatus).optional(),
  projectId: projectId.optional(),
  taskId: taskId.optional(),
  by: z.array(z.enum(['autonomy', 'rule', 'user', 'drover'])).optional(),
  tool: z.string().max(200).optional(),
  /** Found in the title or the input's beginning. */
  search: z.string().max(200).optional(),
  /** Asked at or after, and before; milliseconds since 1970. */
  since: z.number().optional(),
  until: z.number().optional(),
});
export type ApprovalFilter = z.infer<typeof approvalFilter>;
