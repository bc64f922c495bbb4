import type { TerminalSize } from '../../contract/terminal/state.ts';

/** The place of one client among those that look at a terminal. */
export interface Seat {
  /** The size of its view. */
  resize(size: TerminalSize): void;
  /** A person uses it: they have turned to it, or type. */
  use(): void;
  leave(): void;
}

/** Whose size a terminal has. */
export interface Sizes {
  join(size: TerminalSize | undefined): Seat;
}

interface Place {
  size: TerminalSize | undefined;
  /** When it was used last, and when it said its size, both by a count; 0: never. */
  used: number;
  said: number;
}

/**
 * A terminal has the size of the client that a person has used last; while none was used, of the one that has said its
 * size last. Who only looks on changes nothing, and what they have said counts when the others have gone.
 */
export function createSizes(apply: (size: TerminalSize) => void): Sizes {
  const places = new Set<Place>();
  let count = 0;
  const first = (): Place | null => {
    let best: Place | null = null;
    for (const place of places) {
      if (place.size === undefined) continue;
      if (best === null || place.used > best.used || (place.used === best.used && place.said > best.said)) best = place;
    }
    return best;
  };

  return {
    join(size) {
      const place: Place = { size: undefined, used: 0, said: 0 };
      places.add(place);
      const seat: Seat = {
        resize(next) {
          count += 1;
          place.size = next;
          place.said = count;
          if (first() === place) apply(next);
        },
        use() {
          const before = first();
          count += 1;
          place.used = count;
          if (place.size !== undefined && before !== place) apply(place.size);
        },
        leave() {
          const before = first();
          places.delete(place);
          const next = first();
          if (before === place && next?.size !== undefined) apply(next.size);
        },
      };
      if (size !== undefined) seat.resize(size);
      return seat;
    },
  };
}
