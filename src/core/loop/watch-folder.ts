import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls `changed` when the folder at `path` may have gone or moved, as the system tells it; nothing is looked at in
 * between. The function that is returned ends it. Where the system cannot watch, nothing is called.
 */
export function watchFolder(path: string, changed: () => void): () => void {
  const watchers: FSWatcher[] = [];
  // In the folder above, whatever happens in the folder itself; and that one, should it go as a whole.
  for (const folder of [dirname(path), dirname(dirname(path))]) {
    const name = basename(folder === dirname(path) ? path : dirname(path));
    try {
      const watcher = watch(folder, { persistent: false }, (event, file) => {
        if (event === 'rename' && (file === null || file === name)) changed();
      });
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // It is noticed at the end of the turn.
    }
  }
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
