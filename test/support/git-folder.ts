import { afterAll, beforeAll, vi } from 'vitest';
import { createTempFolder } from './temp.ts';

/** A temporary folder for all tests of a file, in which git knows no settings of the user or the machine. */
export function gitFolder(): { readonly path: string } {
  let folder: Awaited<ReturnType<typeof createTempFolder>> | null = null;
  beforeAll(async () => {
    vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
    vi.stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
    folder = await createTempFolder();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await folder?.remove();
  });
  return {
    get path() {
      if (folder === null) throw new Error('The folder is there while tests run.');
      return folder.path;
    },
  };
}
