import { revealHidden } from '../contract/text.ts';

/** A text of an agent in one line of at most `most` letters, with nothing hidden in it. */
export function shortLine(text: string, most: number): string {
  const letters = [
    ...revealHidden(
      text
        .slice(0, most * 8)
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  ];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}
