import { join } from 'node:path';
import { namesMeet } from './glob.ts';
import type { Grounds } from './paths.ts';

/** How many names are looked at for one pattern. */
const MOST_NAMES = 10_000;

/**
 * The real paths that a pattern of a shell stands for as the files are now: `pattern` begins with its first part that
 * has a wildcard, and `folder` is real. Links are followed at every step. Null when there are too many files to look at.
 * `**` is taken for one folder: what goes deeper follows no links.
 */
export function expandPattern(pattern: string, folder: string, grounds: Pick<Grounds, 'names' | 'realpath'>) {
  const { names, realpath } = grounds;
  let looked = 0;
  let places = new Set([folder]);
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    const next = new Set<string>();
    for (const place of places) {
      if (!/[*?]/.test(part)) {
        next.add(realpath(join(place, part)) ?? join(place, part));
        continue;
      }
      if (part === '**') next.add(place);
      for (const { name, isLink } of names?.(place) ?? []) {
        looked += 1;
        if (looked > MOST_NAMES) return null;
        if (name.startsWith('.') && !part.startsWith('.')) continue;
        if (!namesMeet(part, name)) continue;
        const path = join(place, name);
        next.add(isLink ? (realpath(path) ?? path) : path);
      }
    }
    places = next;
  }
  places.delete(folder);
  return [...places];
}
