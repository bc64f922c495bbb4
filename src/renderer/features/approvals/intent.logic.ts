import type { Approval, ApprovalDetail } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';
import { labels } from './labels.ts';

const MOST_NAMED = 3;
const LONGEST_NAME = 40;
/** As much of a command as a title is made of. */
const MOST_READ = 4096;

/**
 * What would happen, in a few words, for the title: the whole of it stands below. Never in the words of the agent, which
 * may say anything.
 */
export function intentOf({
  kind,
  title,
  reason,
  view,
}: Pick<ApprovalDetail, 'kind' | 'title' | 'reason' | 'view'>): string {
  if (view.type === 'question') {
    const [only, ...others] = view.questions;
    if (only) return others.length === 0 ? revealHidden(only.question) : labels.question.several(view.questions.length);
  }
  if (reason?.by === 'protected' && reason.protects) return labels.protected[reason.protects];
  if (kind !== 'tool' || view.type !== 'command') return revealHidden(title);
  return runWords(view.command);
}

/** `Run git push and npm publish`, of the programs that a command starts and the word that follows each. */
export function runWords(command: string): string {
  const names = [...new Set(commandsIn(command.slice(0, MOST_READ)).flatMap((one) => nameOf(one) ?? []))];
  if (names.length === 0) return labels.aCommand;
  const named = names.slice(0, MOST_NAMED);
  return labels.run(named, names.length - named.length);
}

/** The text between what joins commands, outside of quotes. */
function commandsIn(text: string): string[] {
  const found: string[] = [];
  let current = '';
  let quote: string | null = null;
  for (const letter of text) {
    if (quote === null && /[;|&\n()]/.test(letter)) {
      found.push(current);
      current = '';
      continue;
    }
    if (quote === null ? /["']/.test(letter) : letter === quote) quote = quote === null ? letter : null;
    current += letter;
  }
  return [...found, current];
}

/** The program, and the word behind it where that says what is done, such as `npm install`; null for none. */
function nameOf(command: string): string | null {
  const words = command
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '' && !/^\w+=/.test(word));
  const [program, next] = words;
  if (program === undefined || !/^[\w@./~+-]+$/.test(program) || program.length > LONGEST_NAME) return null;
  const name = program.split('/').at(-1) || program;
  return next !== undefined && /^[a-z][a-z-]{1,19}$/.test(next) ? `${name} ${next}` : name;
}

/** Risks of a command that are shown as tags, each once; what the title says already is left out. */
export function risksOf({ view, reason }: Pick<ApprovalDetail, 'view' | 'reason'>): string[] {
  if (view.type !== 'command') return [];
  const risks = [...new Set(view.marks.filter(({ level }) => level === 'danger').map(({ words }) => words))];
  const title = reason?.protects ? same(labels.protected[reason.protects]) : '';
  return risks.filter((risk) => same(risk) !== title);
}

/** Why it is asked, where neither the title nor a tag says it. */
export function whyOf(approval: Pick<Approval, 'reason' | 'kind'>, risks: readonly string[]): string {
  const { reason, kind } = approval;
  if (reason === null || kind !== 'tool' || reason.by === 'agent') return '';
  // That it always asks is what the title and its tag say.
  if (reason.by === 'protected') return '';
  return risks.some((risk) => same(reason.words).includes(same(risk))) ? '' : revealHidden(reason.words);
}

/** As it is compared: `Pushing with force` says what `Push with force` does. */
function same(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/^(\w+?)(t?t)ing\b/, '$1$2')
    .replace(/^(\w+)ing\b/, '$1')
    .trim();
}
