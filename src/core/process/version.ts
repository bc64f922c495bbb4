import { stripVTControlCharacters } from 'node:util';

/**
 * The version that a program tells of itself: the first group of `own`, matched against whole lines of what it printed.
 * Lines of wrappers before it, whatever numbers they hold, are none of its own. Null when there is no such line.
 */
export function findVersion(printed: string, own: RegExp): string | null {
  for (const line of stripVTControlCharacters(printed).split(/\r\n|[\r\n]/)) {
    const version = own.exec(line.trim())?.[1];
    if (version !== undefined) return version;
  }
  return null;
}

/** Whether a version is before another, by its first three numbers; what is not there counts as 0. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0));
  for (let at = 0; at < 3; at += 1) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
