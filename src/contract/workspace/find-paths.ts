/** Paths that have the letters of a query, those whose name begins with it first; at most `most`. */
export function findPaths(query: string, paths: Iterable<string>, most: number): string[] {
  const wanted = query.toLowerCase();
  const ranked: string[][] = [[], [], []];
  for (const path of paths) {
    const lower = path.toLowerCase();
    const name = lower.slice(lower.lastIndexOf('/') + 1);
    const rank = name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : lower.includes(wanted) ? 2 : -1;
    const alike = ranked[rank];
    if (alike && alike.length < most) alike.push(path);
  }
  return ranked.flat().slice(0, most);
}
