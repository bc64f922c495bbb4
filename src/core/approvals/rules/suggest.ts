import type { Rule } from '../../../contract/approval/rule.ts';
import { ruleNameOf } from '../../../contract/approval/rule-tool.ts';
import type { RuleSuggestion } from '../../../contract/approval/state.ts';
import { type CallOf, fileUse } from '../../../contract/run/tool-call.ts';
import { partsOf } from '../judge/autonomy.ts';
import { filesOf, type Judged, shortPath } from '../judge/files.ts';
import { type JudgeContext, judge } from '../judge/judge.ts';
import { isForPerson } from '../judge/kind.ts';
import { coveredBy, patternOf } from '../judge/match.ts';
import type { Part } from '../shell/parts.ts';
import { LONGEST_PATH } from '../shell/paths.ts';
import { describeRule } from './rule-words.ts';
import { widthsOf } from './widths.ts';

/**
 * The narrowest rule that would have allowed this call, or null where no single one could: what cannot be read, is
 * protected or only known when it runs, and commands of which several parts need leave.
 */
export function suggestRule(question: Judged, context: JudgeContext): RuleSuggestion | null {
  const { call } = question;
  if (call.kind === 'checklist' || isForPerson(call)) return null;
  const pattern = candidateOf(question, context);
  if (pattern === null) return null;
  const tool = ruleNameOf(call);
  /** In words what a rule of this pattern would match; null for one that would not have allowed this call. */
  const wordsOf = (pattern: string): string | null => {
    const words = describeRule({ tool, pattern, decision: 'allow' });
    const made = wouldBe(tool, pattern, words);
    const { decision, ruleId } = judge(question, { ...context, rules: [...context.rules, made] });
    return decision === 'allow' && ruleId !== null ? words : null;
  };
  const words = wordsOf(pattern);
  if (words === null) return null;
  const wider = widthsOf(call.kind, pattern).flatMap((width) => {
    const says = wordsOf(width);
    return says === null ? [] : [{ pattern: width, words: says }];
  });
  return { tool, pattern, words, wider };
}

function candidateOf(question: Judged, context: JudgeContext): string | null {
  const { call } = question;
  if (call.kind === 'command') return commandOf(call, context);
  if (fileUse(call.kind) !== null) {
    const files = filesOf(question, context);
    const [file, ...more] = typeof files === 'string' ? [] : files;
    if (!file || more.some(({ real }) => real !== file.real)) return null;
    const path = shortPath(file.real, context.workspace);
    return /[*?{}[\]\\!()]/.test(file.written + path) ? null : path;
  }
  if (call.kind !== 'fetch' || call.query !== undefined) return '*';
  const { url } = call;
  return url !== null && url.length <= LONGEST_PATH && !url.endsWith('*') ? url : null;
}

/** The command that needs leave, as it stands, when there is only one. */
function commandOf(call: CallOf<'command'>, context: JudgeContext): string | null {
  const parts = partsOf(call, context);
  if (typeof parts === 'string') return null;
  const rules = context.rules.filter(({ enabled, decision }) => enabled && decision === 'allow');
  const open = parts.filter((part) => {
    const asks = part.doubts.length > 0 || (part.changes && context.autonomy !== 'auto');
    return asks && !coveredBy(part, rules, context.home);
  });
  const outer = new Set(open.map(outermost));
  const [only] = outer;
  return only && outer.size === 1 ? patternOf(only, context.home) : null;
}

function outermost(part: Part): Part {
  return part.runBy ? outermost(part.runBy) : part;
}

function wouldBe(tool: string, pattern: string, words: string): Rule {
  return {
    id: 'u00000000',
    tool,
    pattern,
    scope: { type: 'everywhere' },
    decision: 'allow',
    enabled: true,
    words,
    madeBy: 'approval',
    approvalId: null,
    createdAt: 0,
    lastUsedAt: null,
    uses: 0,
  };
}
