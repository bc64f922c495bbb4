import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty folder of its own under the system's temporary folder. `path` is the real path (macOS links /var);
 * `remove` deletes it with everything in it and may be called twice.
 */
export async function createTempFolder(prefix = 'drover-test-'): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), prefix)));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }) };
}
