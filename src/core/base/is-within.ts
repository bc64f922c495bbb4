import { isAbsolute, relative, sep } from 'node:path';

/** Whether `path` is `folder` or below it. Both absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}
