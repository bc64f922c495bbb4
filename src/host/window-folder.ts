import path from 'node:path';

/** Where the built window is: the same from the sources and from a build. */
export function windowFolder(): string {
  const up = path.join(import.meta.dirname, '..');
  return import.meta.filename.endsWith('.ts') ? path.join(up, '..', 'out', 'renderer') : path.join(up, 'renderer');
}
