const MOST_RELOADS = 3;
const WITHIN_MS = 60_000;

/** Says whether a page that died may be loaded again: not when it dies again and again. `now` is in milliseconds. */
export function createReloadLimit(): (now: number) => boolean {
  let reloads: number[] = [];
  return (now) => {
    reloads = reloads.filter((at) => now - at < WITHIN_MS);
    if (reloads.length >= MOST_RELOADS) return false;
    reloads.push(now);
    return true;
  };
}
