import type { Rule, RuleDecision, RuleTrial } from '../../contract/approval/rule.ts';
import type { Project } from '../../contract/project/state.ts';
import { revealHidden } from '../../contract/text.ts';
import { age } from '../../contract/words/measure.ts';
import type { Style } from './paint.ts';
import { safeLine } from './sanitise.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

const STYLES: Record<RuleDecision, Style> = { allow: 'green', ask: 'yellow', deny: 'red' };

/** Rules as a table, in the order given. */
export function ruleTable(view: View, rules: readonly Rule[], projects: readonly Project[]): string[] {
  return table(
    view,
    [
      { title: 'ID' },
      { title: 'WHERE' },
      { title: 'USES', align: 'right' },
      { title: 'LAST USED', align: 'right' },
      { title: 'RULE', flexible: true },
    ],
    rules.map((rule) => [
      { text: rule.id },
      { text: whereOf(rule, projects) },
      { text: String(rule.uses) },
      { text: rule.lastUsedAt === null ? '-' : age(rule.lastUsedAt, view.now) },
      { text: ruleWords(rule), style: rule.enabled ? STYLES[rule.decision] : 'dim' },
    ]),
  );
}

/** One line on a rule that was just made or changed. */
export function ruleLine(rule: Rule, projects: readonly Project[]): string {
  return `${rule.id}  ${ruleWords(rule)} (${whereOf(rule, projects)})`;
}

/** How a command or a path would be answered; of a command also each part. */
export function trialLines({ paint }: View, { decision, ruleId, words, parts }: RuleTrial): string[] {
  const painted = (one: RuleDecision) => paint(STYLES[one], one.padEnd(5));
  const all = parts.map((part) => `  ${painted(part.decision)}  ${visible(part.text)}: ${visible(part.words)}`);
  return [`${painted(decision)}  ${visible(words)}${ruleId ? ` (${ruleId})` : ''}`, ...(parts.length > 1 ? all : [])];
}

function ruleWords({ words, enabled }: Rule): string {
  return `${visible(words)}${enabled ? '' : ' (off)'}`;
}

function whereOf({ scope }: Rule, projects: readonly Project[]): string {
  if (scope.type === 'task') return scope.taskId;
  if (scope.type === 'everywhere') return 'everywhere';
  return safeLine(projects.find(({ id }) => id === scope.projectId)?.name ?? scope.projectId);
}

function visible(text: string): string {
  return safeLine(revealHidden(text));
}
