import type { Word } from 'unbash';
import { knownIn, type Noted, type Reach } from '../reach.ts';
import { isNumberWord } from '../words.ts';

const COMPARES = /^-(eq|ne|lt|le|gt|ge)$/;
const BINARY = /^(=|==|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/;
const UNARY = /^-[abcdefghkLnNOGprsStuwxz]$/;

/**
 * Judges the words of `[` and `test`. Some shells work out what is compared as a number, and a name behind `-v`, and a
 * word that is only known when it runs could be such a sign itself: it must stand where only a text can.
 */
export function judgeTest(words: readonly Word[], reach: Reach): Noted {
  const known = knownIn(reach);
  const texts = words.map((word) => (word.parts ? null : word.value));
  const refuse = () => reach.refuse('a test whose text may run a command');
  for (const [at, word] of words.entries()) {
    const text = texts[at] ?? null;
    if (text !== null && COMPARES.test(text)) {
      const sides = [words[at - 1], words[at + 1]];
      if (sides.some((side) => side && !isNumberWord(side, known))) return refuse();
    }
    if (text === '-v' || text === '-R') {
      if (!/^[A-Za-z_]\w*$/.test(texts[at + 1] ?? '')) return refuse();
    }
    if (text !== null || isNumberWord(word, known)) continue;
    const split = word.parts?.some((part) =>
      /^(SimpleExpansion|ParameterExpansion|CommandExpansion|Glob)$/.test(part.type),
    );
    const before = texts[at - 1] ?? '';
    const after = texts[at + 1] ?? '';
    const alone = words.length - (texts.at(-1) === ']' ? 1 : 0) <= (texts[0] === '!' ? 2 : 1);
    const placed = UNARY.test(before) || BINARY.test(before) || BINARY.test(after) || alone;
    if (split || !placed) return refuse();
  }
}
