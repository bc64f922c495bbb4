import type { RuleDecision, RuleScope } from '../../../contract/approval/rule.ts';
import { ruleTool } from '../../../contract/approval/rule-tool.ts';

export const DECISION_WORDS: Record<RuleDecision, string> = { allow: 'Allow', ask: 'Ask', deny: 'Deny' };

export const DECISION_COLORS: Record<RuleDecision, string> = {
  allow: 'var(--drover-teal)',
  ask: 'var(--drover-orange)',
  deny: 'var(--drover-red)',
};

/** Where a rule counts, in words. Names that are not known (any more) are left out. */
export function scopeWords(
  scope: RuleScope,
  names: { project(id: string): string | undefined; task(id: string): string | undefined },
): string {
  if (scope.type === 'everywhere') return 'Everywhere';
  if (scope.type === 'project') return `Project ${names.project(scope.projectId) ?? scope.projectId}`;
  return `Task ${names.task(scope.taskId) ?? scope.taskId}`;
}

/** What the pattern of a tool looks like. */
export function patternHint(tool: string): string {
  const about = ruleTool(tool)?.about;
  if (about === 'command') return 'Words of a command; * at the end stands for anything that follows: npm run *';
  if (about === 'path') {
    return 'A path in the workspace or an absolute one; ** stands for any folders: docs/**';
  }
  return '* for every call of this tool';
}
