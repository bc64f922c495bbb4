import path from 'node:path';
import type { Rule, RuleDecision } from '../../../contract/approval/rule.ts';
import { fitsCall } from '../../../contract/approval/rule-tool.ts';
import { PROTECTED_WORDS, type ProtectedThing } from '../../../contract/approval/state.ts';
import { fileUse, type ToolCall } from '../../../contract/run/tool-call.ts';
import { truncate } from '../../../contract/text.ts';
import type { Part } from '../shell/parts.ts';
import { type Protection, protectedPath } from '../shell/protect.ts';
import { type AutonomyContext, answerByAutonomy, CHANGES, partsOf, wordsForAgent } from './autonomy.ts';
import { filesOf, type Judged, type NamedFile } from './files.ts';
import { isForPerson } from './kind.ts';
import { coveredBy, coversAddress, coversFile, isAbout, isAboutPath } from './match.ts';
import { modeAllows, modeAsks, whatOf } from './why-words.ts';

/** What a tool call is judged by. The folders are absolute and real. */
export interface JudgeContext extends AutonomyContext {
  /** The branch that others build on; null when it is not known, and then any branch may be it. */
  defaultBranch: string | null;
  /** What a person has lifted for this project. */
  lifted: readonly ProtectedThing[];
  /** Those whose scope covers the task. */
  rules: readonly Rule[];
}

export interface Judgement {
  decision: RuleDecision;
  by: 'autonomy' | 'rule' | 'protected' | 'agent';
  ruleId: string | null;
  protects: ProtectedThing | null;
  /** For a person: why, as a sentence. */
  words: string;
  /** For the agent when it is denied: why, and what it may do instead. */
  agentWords: string;
  /** For a command: how each part of it is answered, in the order in which they stand. */
  parts: { text: string; decision: RuleDecision; words: string }[];
}

/** An empty path would be the folder in which Drover itself runs. */
const NOWHERE: Judgement = {
  decision: 'deny',
  by: 'autonomy',
  ruleId: null,
  protects: null,
  words: 'The task has no workspace, so nothing can be said to be inside it.',
  agentWords: 'This was not allowed, because the task has no workspace. End your turn.',
  parts: [],
};

/** How one part is answered. `why` is the end of a sentence. */
interface Verdict {
  decision: RuleDecision;
  by: Judgement['by'];
  rule: Rule | null;
  protects: ProtectedThing | null;
  why: string;
}

/**
 * Answers a tool call: what a rule denies is denied; what is protected is asked about, whatever else is said, unless it
 * is lifted; then a rule that asks, a rule that allows, and the autonomy. A command is allowed when every part of it
 * is. Pure but for `context.realpath`.
 */
export function judge(question: Judged, context: JudgeContext): Judgement {
  if (!path.isAbsolute(context.workspace) && question.call.kind !== 'checklist') return NOWHERE;
  const known = new Map<string, string | null>();
  const realpath = (path: string) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const real = context.realpath(path);
    known.set(path, real);
    return real;
  };
  return judgeCall(question, { ...context, realpath, rules: context.rules.filter((rule) => rule.enabled) });
}

function judgeCall(question: Judged, context: JudgeContext): Judgement {
  const { call } = question;
  if (call.kind === 'checklist') return judgement([verdict('allow', 'autonomy', 'reporting')], [], call, context);
  if (call.kind !== 'command') return judgement([judgeTool(question, context)], [], call, context);
  const parts = partsOf(call, context);
  if (typeof parts === 'string') {
    const denied = context.rules.find((rule) => rule.decision === 'deny' && isForAll(rule, call));
    return judgement([denied ? byRule(denied) : verdict('ask', 'autonomy', parts)], [], call, context);
  }
  const verdicts = parts.map((part) => judgePart(part, context));
  const told = parts.flatMap((part, index) => {
    const { decision, why, by, rule } = verdicts[index] as Verdict;
    if (!part.argv && decision === 'allow') return [];
    const words = by === 'rule' && rule ? sentence(rule.words) : sentence(whatOf(why));
    return [{ text: truncate(part.text, 400), decision, words }];
  });
  return judgement(verdicts, told, call, context);
}

function judgePart(part: Part, context: JudgeContext): Verdict {
  const { rules, lifted, autonomy } = context;
  const standing = rules.flatMap((rule) => {
    const about = rule.decision === 'allow' ? 'no' : isAbout(rule, part, context);
    return about === 'no' ? [] : [{ rule, about }];
  });
  const deny = standing.find(({ rule, about }) => rule.decision === 'deny' && about === 'yes');
  if (deny) return byRule(deny.rule);
  const protects = [...part.protects].find(([thing]) => !lifted.includes(thing));
  if (protects) return byProtection([protects[0], protects[1] ?? PROTECTED_WORDS[protects[0]]]);
  const [ask] = standing;
  if (ask) return { ...byRule(ask.rule), decision: 'ask' };
  const [doubt] = part.doubts;
  const asks = doubt?.why ?? (part.changes && autonomy !== 'auto' ? CHANGES : null);
  if (asks === null) return verdict('allow', 'autonomy', modeAllows(autonomy));
  const covering = coveredBy(
    part,
    rules.filter(({ decision }) => decision === 'allow'),
    context.home,
  );
  return covering ? byRule(covering) : verdict('ask', 'autonomy', asks);
}

function judgeTool(question: Judged, context: JudgeContext): Verdict {
  const { call } = question;
  const files = filesOf(question, context);
  const named = typeof files === 'string' ? [] : files;
  const isAboutCall = (rule: Rule) => {
    if (isForAll(rule, call) || named.some(({ real, use }) => isAboutPath(rule, real, use, context))) return true;
    return call.kind === 'fetch' && fitsCall(rule, call) && coversAddress(rule.pattern, call.url);
  };
  const ruled = (decision: RuleDecision) =>
    context.rules.find((rule) => rule.decision === decision && isAboutCall(rule));
  const deny = ruled('deny');
  if (deny) return byRule(deny);
  const [protects] = named.flatMap((file) => protectedFile(file, context));
  if (protects) return byProtection(protects);
  const ask = ruled('ask');
  if (ask) return byRule(ask);
  const answer = answerByAutonomy(question, context);
  if (isForPerson(call)) return verdict('ask', 'agent', answer.decision === 'ask' ? answer.why : '');
  if (answer.decision === 'allow') return verdict('allow', 'autonomy', modeAllows(context.autonomy));
  const covering = typeof files === 'string' ? null : coveringRule(question, files, context);
  return covering ? byRule(covering) : verdict('ask', 'autonomy', answer.why);
}

function protectedFile({ real, written, use }: NamedFile, context: JudgeContext): Protection[] {
  const name = /[*?[{]/.test(written) && use === 'read' ? written : real;
  return protectedPath(real, name, use, context).filter(([thing]) => !context.lifted.includes(thing));
}

/** The rule that allows a call that is no command; of several files each has to be covered. */
function coveringRule(question: Judged, files: readonly NamedFile[], context: JudgeContext): Rule | null {
  const { call, blockedPath } = question;
  const rules = context.rules.filter((rule) => rule.decision === 'allow');
  if (fileUse(call.kind) !== null) {
    const each = files.map((file) => rules.find((rule) => coversFile(rule, call, file, context)));
    return each.every((rule) => rule !== undefined) ? (each[0] ?? null) : null;
  }
  // The program itself found that it leaves its bounds: no rule has named that.
  if (blockedPath !== null) return null;
  return (
    rules.find((rule) => {
      if (rule.tool === '*' || !fitsCall(rule, call)) return false;
      return call.kind === 'fetch' ? coversAddress(rule.pattern, call.url) : rule.pattern === '*';
    }) ?? null
  );
}

function isForAll(rule: Rule, call: ToolCall): boolean {
  return rule.pattern === '*' && fitsCall(rule, call);
}

function verdict(decision: RuleDecision, by: Judgement['by'], why: string): Verdict {
  return { decision, by, rule: null, protects: null, why };
}

function byProtection([protects, words]: Protection): Verdict {
  return { ...verdict('ask', 'protected', words), protects };
}

function byRule(rule: Rule): Verdict {
  return { ...verdict(rule.decision, 'rule', rule.words), rule };
}

/** One denied part denies, one that is asked about asks: first what is protected, then what a rule says. */
function judgement(
  verdicts: readonly Verdict[],
  parts: Judgement['parts'],
  call: ToolCall,
  context: JudgeContext,
): Judgement {
  const asked = verdicts.filter(({ decision }) => decision === 'ask');
  const decisive =
    verdicts.find(({ decision }) => decision === 'deny') ??
    asked.find(({ by }) => by === 'protected') ??
    asked.find(({ by }) => by === 'rule') ??
    asked[0] ??
    verdicts.find(({ by }) => by === 'rule') ??
    verdicts[0] ??
    verdict('ask', 'autonomy', 'a command that cannot be understood');
  const { decision, by, rule, protects, why } = decisive;
  const words = wordsOf(decisive, context);
  const agentWords =
    decision === 'deny'
      ? `A rule of the user forbids this: ${why}. Do not reach for the same by another way: continue without it, or report the item as blocked and say what you need.`
      : wordsForAgent(call, why, context);
  return { decision, by, ruleId: rule?.id ?? null, protects, words, agentWords, parts };
}

function wordsOf({ decision, by, why }: Verdict, { autonomy }: JudgeContext): string {
  if (by === 'rule') return `A rule says: ${why}.`;
  if (by === 'protected') return `${why} always needs approval.`;
  if (by === 'agent') return sentence(why);
  return decision === 'allow' ? sentence(why) : modeAsks(autonomy, why);
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.…]$/.test(first) ? first : `${first}.`;
}
