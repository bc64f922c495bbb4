import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of an installed package, found from this file upwards: the same from the sources, from a build and from
 * inside an application archive. Null when it is not installed.
 */
export function packageFolder(name: string): string | null {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return candidate;
    if (folder === path.dirname(folder)) return null;
  }
}
