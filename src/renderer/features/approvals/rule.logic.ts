import type { RuleDecision, RuleScope } from '../../../contract/approval/rule.ts';

export const DECISION_WORDS: Record<RuleDecision, string> = { allow: 'Allow', ask: 'Ask', deny: 'Deny' };

export const DECISION_COLORS: Record<RuleDecision, string> = {
  allow: 'var(--drover-teal)',
  ask: 'var(--drover-orange)',
  deny: 'var(--drover-red)',
};

/** Tools that a rule can name without looking them up; any other name can be typed. */
export const RULE_TOOLS = ['Bash', 'Edit', 'Write', 'Read', 'WebFetch', 'WebSearch', '*'] as const;

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
  if (tool === 'Bash') return 'Words of a command; * at the end stands for anything that follows: npm run *';
  if (['Edit', 'Write', 'Read', 'MultiEdit', 'NotebookEdit'].includes(tool)) {
    return 'A path in the workspace or an absolute one; ** stands for any folders: docs/**';
  }
  return '* for every call of this tool';
}
