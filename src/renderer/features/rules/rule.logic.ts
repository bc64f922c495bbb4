import type { Rule, RuleDecision, RuleScope } from '../../../contract/approval/rule.ts';
import { OFFERED_TOOLS, ruleTool } from '../../../contract/approval/rule-tool.ts';
import type { ProtectedThing } from '../../../contract/approval/state.ts';
import { labels } from './labels.ts';

export const DECISION_COLORS: Record<RuleDecision, string> = {
  allow: 'var(--drover-done)',
  ask: 'var(--drover-needs)',
  deny: 'var(--drover-danger)',
};

/** Where a rule counts, in words. Names that are not known (any more) are left out. */
export function scopeWords(
  scope: RuleScope,
  names: { project(id: string): string | undefined; task(id: string): string | undefined },
): string {
  if (scope.type === 'everywhere') return labels.where.everywhere;
  if (scope.type === 'project') return named(names.project(scope.projectId), labels.where.project);
  return named(names.task(scope.taskId), labels.where.task);
}

function named(name: string | undefined, words: (name: string) => string): string {
  return name === undefined ? labels.where.gone : words(name);
}

/** What the pattern of a tool looks like. */
export function patternHint(tool: string): string {
  const about = ruleTool(tool)?.about;
  if (about === 'command') return labels.hints.command;
  return about === 'path' ? labels.hints.path : labels.hints.other;
}

/** What a rule can be about, as it is chosen from; `*` is no tool that can be tested. */
export function toolChoices({ all }: { all: boolean }): { value: string; label: string }[] {
  return OFFERED_TOOLS.filter((tool) => all || tool !== '*').map((tool) => ({
    value: tool,
    label: labels.tools[tool] ?? tool,
  }));
}

/** The rules in which every word of a search occurs. */
export function findRules(rules: readonly Rule[], search: string): readonly Rule[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rules;
  return rules.filter(({ tool, pattern, words: says }) => {
    const text = `${tool} ${pattern} ${says}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Where a thing always asks: everywhere but in the projects that have lifted it. */
export function alwaysWhere(
  thing: ProtectedThing,
  projects: readonly { name: string; lifted: readonly ProtectedThing[] }[],
): string {
  const lifting = projects.filter(({ lifted }) => lifted.includes(thing)).map(({ name }) => name);
  return lifting.length === 0 ? labels.where.everywhere : labels.always.exceptIn(lifting);
}
