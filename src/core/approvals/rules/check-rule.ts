import type { RuleSpec } from '../../../contract/approval/rule.ts';
import { FETCH_TOOL, isRuleTool, RULE_TOOL_HINT, ruleTool } from '../../../contract/approval/rule-tool.ts';
import { accept, type Result, reject } from '../../../contract/rejection.ts';
import { isForPerson } from '../judge/kind.ts';
import { readCommandPattern, ruleUse } from '../judge/match.ts';
import { readGlob } from '../shell/glob.ts';

type Shape = Pick<RuleSpec, 'tool' | 'pattern' | 'decision' | 'scope'>;

/**
 * Whether a rule can be kept: one that could never fit, or that would allow more than a person can mean, is refused
 * with a sentence.
 */
export function checkRule({ tool, pattern, decision, scope }: Shape, home: string): Result<null> {
  const allows = decision === 'allow';
  if (!isRuleTool(tool)) return invalid(RULE_TOOL_HINT);
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(pattern)) return invalid('A pattern has no hidden characters in it.');
  if (allows && tool === '*') return invalid('A rule that allows has to name a tool.');
  const known = ruleTool(tool);
  if (allows && known && isForPerson(known)) {
    return invalid('Plans and questions of an agent are answered by a person; no rule can do that.');
  }
  const all = pattern.trim() === '*' || /^(\.\/)?\*\*(\/\*)?$/.test(pattern);
  const changes = known?.kind === 'command' || ruleUse(tool) === 'write';
  if (allows && all && changes && scope.type === 'everywhere') {
    return invalid('A rule that allows everything of a tool that changes things applies to a task or a project.');
  }
  if (pattern.trim() === '*') return accept(null);
  if (known?.about === 'command') return checkCommand(pattern, home);
  if (known?.about === 'path') return checkGlob(pattern);
  if (tool === '*') {
    const command = checkCommand(pattern, home);
    return command.ok ? command : checkGlob(pattern);
  }
  if (known?.about === 'address') return checkAddress(pattern);
  return invalid(`For ${tool} the only pattern is *.`);
}

function checkCommand(pattern: string, home: string): Result<null> {
  if (readCommandPattern(pattern, home)) return accept(null);
  return invalid(
    'The pattern of a rule for commands is the words of one plain command, of which only the last may be *: npm run *. Write one rule for each command of a chain.',
  );
}

function checkGlob(pattern: string): Result<null> {
  if (/(^|\/)\.\.(\/|$)/.test(pattern))
    return invalid('A pattern for files has no .. in it: write where it really is.');
  if (readGlob(pattern)) return accept(null);
  return invalid('The pattern of a rule for files is a path, in which **, *, ? and {a,b} stand for what may differ.');
}

function checkAddress(pattern: string): Result<null> {
  if (/^https?:\/\/[^/@*?#\s]+\/\S*$/.test(pattern) && !pattern.slice(0, -1).includes('*')) return accept(null);
  return invalid(
    `The pattern of a rule for ${FETCH_TOOL} is an address with its path, at the end of which * may stand.`,
  );
}

function invalid(message: string) {
  return reject('invalid', message);
}
