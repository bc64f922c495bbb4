import { readOptions } from '../grammar/options.ts';
import { type Noted, type Reach, shown } from '../reach.ts';
import type { Arg } from '../words.ts';

const OPTIONS = '--json --task:plain --note:text --reason:text --check:text -q --quiet --help -h';

/**
 * An agent reports with `drover item`; everything else of the command is a person's. So is everything that would make it
 * another's: the folder of the data, the address, a token.
 */
export function judgeDrover(args: readonly Arg[], reach: Reach, name: string): Noted {
  reach.change();
  const found = readOptions(args, { does: 'changes', options: OPTIONS });
  const [noun, verb] = found.operands;
  for (const { name: option, value } of found.given) {
    if (option === '--check' && value) {
      if (value.kind === 'literal') reach.script(value.text, 'plain');
      else reach.refuse('a check that is only known when the command runs');
    }
  }
  const reports =
    noun?.kind === 'literal' && noun.text === 'item' && (!verb || /^(list|set|add|note|block|show)$/.test(verb.text));
  if (reports && found.unknown.length === 0 && found.operands.every(({ kind }) => kind !== 'pattern')) return;
  reach.protect('drover-data');
  const word = found.unknown[0] ?? noun;
  reach.refuse(`\`${name} ${shown(word?.text ?? '')}\`, which reaches beyond the workspace`, 'whole');
}
