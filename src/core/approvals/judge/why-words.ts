import type { Autonomy } from '../../../contract/agent/state.ts';
import { AUTONOMY_WORDS } from '../../../contract/words/autonomy.ts';

const CODE = '`[^`]*`';
/** A name, and then what it does: `curl`, network access. */
const NAMED = new RegExp(`^(${CODE}), (network access|\\w+ing .+)$`, 's');
const AT_END = new RegExp(` \\(${CODE}\\)$`, 's');

/** What is asked about, before whose name it is: `network access (curl)`. Pure, as all of this. */
export function whatOf(why: string): string {
  return why.replace(NAMED, '$2 ($1)');
}

/** Why a person is asked by the mode of a task, as one sentence. `why` is the end of one. */
export function modeAsks(autonomy: Autonomy, why: string): string {
  return `${AUTONOMY_WORDS[autonomy].label} mode asks before ${doing(whatOf(why))}.`;
}

/** The sentence for what a mode lets pass, to begin with a capital letter. */
export function modeAllows(autonomy: Autonomy): string {
  return `${AUTONOMY_WORDS[autonomy].label} mode allows it`;
}

/** A few words for a risk that a text is marked with, without the name that is marked itself. */
export function riskOf(why: string): string {
  const words = whatOf(why).replace(AT_END, '');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** As something that is done. */
function doing(what: string): string {
  if (/^(`|git in |too many commands|a (git )?(command|program|script|check|function|menu|redirection)\b)/.test(what)) {
    return `running ${what}`;
  }
  return /^(an?|the|settings) /.test(what) ? `using ${what}` : what;
}
