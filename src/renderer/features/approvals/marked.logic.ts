import type { Mark } from '../../../contract/approval/state.ts';
import { revealHidden } from '../../../contract/text.ts';

/** A stretch of text that is shown in one way. `words` say what is remarkable about it. */
export interface Piece {
  readonly text: string;
  readonly level: Mark['level'] | null;
  readonly words: string;
}

/**
 * Text cut at its marks, with nothing hidden left in it. Marks may overlap, be out of order or lie outside; danger goes
 * before a note.
 */
export function markedPieces(text: string, marks: readonly Mark[]): Piece[] {
  const cuts = new Set([0, text.length]);
  const inside = marks.filter(({ start, end }) => start < end && start < text.length && end > 0);
  for (const { start, end } of inside) {
    cuts.add(Math.max(0, start));
    cuts.add(Math.min(text.length, end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let at = 0; at + 1 < places.length; at += 1) {
    const from = places[at] ?? 0;
    const to = places[at + 1] ?? 0;
    const over = inside.filter(({ start, end }) => start <= from && end >= to);
    const strongest = over.find(({ level }) => level === 'danger') ?? over[0];
    const words = [...new Set(over.map((one) => one.words))].join('; ');
    pieces.push({ text: revealHidden(text.slice(from, to)), level: strongest?.level ?? null, words });
  }
  return pieces;
}
