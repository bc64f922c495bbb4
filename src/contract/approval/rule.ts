import * as z from 'zod';
import { approvalId, projectId, ruleId, taskId } from '../ids.ts';
import { approvalReason } from './state.ts';

/** Where a rule counts. */
export const ruleScope = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('task'), taskId }),
  z.strictObject({ type: z.literal('project'), projectId }),
  z.strictObject({ type: z.literal('everywhere') }),
]);
export type RuleScope = z.infer<typeof ruleScope>;

export const ruleDecision = z.enum(['allow', 'ask', 'deny']);
export type RuleDecision = z.infer<typeof ruleDecision>;

/**
 * What a person gives to make a rule. `tool` is a tool's name, or `*` for all. `pattern` is, for commands, words of which
 * the last may be `*` for anything that follows (`npm run *`); for tools with a path, a glob relative to the workspace
 * (`docs/**`) or absolute; `*` matches all. Deny beats ask beats allow.
 */
export const ruleSpec = z.strictObject({
  tool: z.string().min(1).max(200),
  pattern: z.string().min(1).max(4096),
  scope: ruleScope,
  decision: ruleDecision,
});
export type RuleSpec = z.infer<typeof ruleSpec>;

export const rule = ruleSpec.extend({
  id: ruleId,
  enabled: z.boolean(),
  /** The rule in words for a person. */
  words: z.string(),
  /** Whether a person wrote it down, or an answer to an approval made it. */
  madeBy: z.enum(['user', 'approval']),
  approvalId: approvalId.nullable(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
  uses: z.number(),
});
export type Rule = z.infer<typeof rule>;

/** What would happen to a command or a path, and why. */
export const ruleTrial = z.object({
  decision: ruleDecision,
  /** The rule that answers; null when it is the autonomy or a protection. */
  ruleId: ruleId.nullable(),
  words: z.string(),
  /** Why a person would be asked; null unless `ask`. */
  reason: approvalReason.nullable(),
  /** For a command: its parts and how each is answered, in the order in which they stand. */
  parts: z.array(z.object({ text: z.string(), decision: ruleDecision, words: z.string() })),
});
export type RuleTrial = z.infer<typeof ruleTrial>;
