import * as z from 'zod';
import { autonomy } from '../agent/state.ts';
import { base } from '../call.ts';
import { projectId, ruleId, taskId } from '../ids.ts';
import { rule, ruleDecision, ruleSpec, ruleTrial } from './rule.ts';

/** The calls on rules. */
export const rules = {
  list: base
    .route({ method: 'GET', path: '/rules', summary: 'All rules, newest first' })
    .input(z.strictObject({ projectId: projectId.optional(), taskId: taskId.optional() }))
    .output(z.array(rule)),
  add: base.route({ method: 'POST', path: '/rules', summary: 'Make a rule' }).input(ruleSpec).output(rule),
  set: base
    .route({ method: 'PATCH', path: '/rules/{ruleId}', summary: 'Change a rule, or turn it off or on' })
    .input(
      z.strictObject({
        ruleId,
        pattern: z.string().min(1).max(4096).optional(),
        decision: ruleDecision.optional(),
        enabled: z.boolean().optional(),
      }),
    )
    .output(rule),
  remove: base
    .route({ method: 'DELETE', path: '/rules/{ruleId}', summary: 'Delete a rule' })
    .input(z.strictObject({ ruleId }))
    .output(z.object({ ruleId })),
  try: base
    .route({ method: 'POST', path: '/rules/try', summary: 'The decision on a command or a path, and why' })
    .input(
      z.strictObject({
        tool: z.string().min(1).max(200),
        /** A command, or a path. */
        text: z.string().max(64 * 1024),
        projectId: projectId.optional(),
        taskId: taskId.optional(),
        autonomy: autonomy.optional(),
      }),
    )
    .output(ruleTrial),
};
