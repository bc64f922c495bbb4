import type { Noted, Reach } from '../reach.ts';
import type { Arg } from '../words.ts';

const FORCES = ['force', 'force-with-lease', 'force-if-includes', 'mirror', 'delete', 'prune'];
const EVERYTHING = ['all', 'branches'];
const VALUED = /^(-o|--push-option|--repo|--receive-pack|--exec|--recurse-submodules)$/;
const KNOWN =
  /^--(dry-run|verbose|quiet|progress|no-progress|set-upstream|tags|follow-tags|no-follow-tags|atomic|no-atomic|thin|no-thin|signed|no-signed|verify|no-verify|porcelain|ipv4|ipv6|push-option|repo|receive-pack|exec|recurse-submodules|no-recurse-submodules|prefix|rejoin|squash|annotate|onto|branch|ignore-joins|all|branches|mirror|force|delete|prune|force-with-lease|force-if-includes)(=|$)/;
/** Names that are taken for the default branch even where it has another one. */
const USUAL_DEFAULTS = ['main', 'master'];

/**
 * What of a push is always asked about: taking back what others may have, and the branch that others build on. What a
 * push without names would send depends on settings that nobody sees here, so it counts as the default branch.
 */
export function judgePush(name: string, args: readonly Arg[], reach: Reach): Noted {
  const operands: Arg[] = [];
  let repository = false;
  let anyDynamic = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    const { text } = arg;
    if (arg.kind !== 'literal') anyDynamic = true;
    const long = /^--([a-z][a-z-]*)/.exec(text)?.[1];
    if (text === '--') {
      operands.push(...args.slice(at + 1));
      break;
    }
    // What is shortened may take the next word, so that which one names the branch is not known.
    if (long !== undefined && !KNOWN.test(text)) reach.protect('push-default-branch');
    if (long !== undefined) {
      // Git takes any beginning of an option that fits only one.
      if (FORCES.some((option) => option.startsWith(long))) reach.protect('force-push');
      if (EVERYTHING.some((option) => option.startsWith(long))) reach.protect('push-default-branch');
      if ('repo'.startsWith(long)) repository = true;
      if (VALUED.test(text)) at += 1;
    } else if (/^-[A-Za-z46]/.test(text)) {
      if (/^-[A-Za-z]*[fd]/.test(text.replace(/o.*$/s, ''))) reach.protect('force-push');
      if (VALUED.test(text)) at += 1;
    } else operands.push(arg);
  }
  const refs = operands.slice(repository ? 0 : 1);
  if (name === 'svn' || anyDynamic || refs.length === 0) reach.protect('push-default-branch');
  for (const { text } of name === 'subtree' ? refs.slice(-1) : refs) {
    if (text.startsWith('+') || text.startsWith(':')) reach.protect('force-push');
    if (isDefaultBranch(text, reach.defaultBranch)) reach.protect('push-default-branch');
  }
}

/** Whether a refspec may send to the default branch: `main`, `HEAD:main`, `refs/heads/*`, or a name that says nothing. */
function isDefaultBranch(refspec: string, defaultBranch: string | null): boolean {
  const plain = refspec.replace(/^\+/, '');
  const target = plain.slice(plain.lastIndexOf(':') + 1).replace(/^(refs\/)?heads\//, '');
  if (/^refs\/tags\/./.test(target) || (plain.startsWith('tag ') && !plain.includes('*'))) return false;
  if (defaultBranch === null || target === '' || target.includes('*') || /^(HEAD|@)/.test(target)) return true;
  const same = (branch: string) => branch.toLowerCase() === target.toLowerCase();
  return same(defaultBranch) || USUAL_DEFAULTS.some(same);
}
