import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Drover's own version, from the nearest package.json above this file: the same from the sources and from a build. */
export function droverVersion(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      if (name === 'drover') return String(version);
    } catch {
      // Not here: one folder up.
    }
    if (folder === path.dirname(folder)) return '0.0.0';
  }
}
