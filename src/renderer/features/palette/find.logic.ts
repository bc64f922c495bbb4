/** One line of the palette: an action, a task or a project. */
export interface Entry {
  /** With its kind in front, so that no two are alike: `task:a12345678`. */
  readonly id: string;
  readonly title: string;
  /** Found by, beside the title, and worth less. */
  readonly more: string;
  /** What is newer comes first among equals; 0 where there is no time. */
  readonly at: number;
}

export interface Found<T extends Entry> {
  readonly entry: T;
  readonly score: number;
}

const RECENT_BONUS = 6;

/**
 * How well one word fits a text, both in lower case: best as its beginning, then as the beginning of a word, then
 * anywhere. Null when it does not fit; letters that only stand there in the same order say nothing.
 */
export function scoreOf(text: string, word: string): number | null {
  const at = text.indexOf(word);
  if (at < 0) return null;
  if (at === 0) return 40 + word.length;
  const before = text.indexOf(` ${word}`);
  if (before >= 0) return 30 + word.length - Math.min(5, Math.floor(before / 20));
  // Within words, one or two letters stand nearly everywhere.
  return word.length < 3 ? null : 20 + word.length - Math.min(5, Math.floor(at / 20));
}

/** The entries that every word of the query fits, the best first; among equals those used lately, then the newest. */
export function findEntries<T extends Entry>(
  entries: Iterable<T>,
  query: string,
  recent: readonly string[],
  most: number,
): Found<T>[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = new Map(recent.map((id, index) => [id, RECENT_BONUS - Math.min(RECENT_BONUS, index / 2)]));
  const found: Found<T>[] = [];
  for (const entry of entries) {
    const title = entry.title.toLowerCase();
    const more = entry.more.toLowerCase();
    let score = rank.get(entry.id) ?? 0;
    let fits = true;
    for (const word of words) {
      const inMore = scoreOf(more, word);
      const best = Math.max(scoreOf(title, word) ?? 0, inMore === null ? 0 : inMore / 2);
      if (best === 0) {
        fits = false;
        break;
      }
      score += best;
    }
    if (fits) found.push({ entry, score });
  }
  return found.sort((a, b) => b.score - a.score || b.entry.at - a.entry.at).slice(0, most);
}

/** What was used last, the newest first. */
export function withRecent(recent: readonly string[], id: string, most = 20): string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, most);
}

export function readRecent(text: string | null): string[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
