import type { WorkspaceDetail } from '../../contract/workspace/state.ts';
import type { Status } from './status.ts';
import { submoduleFolders } from './submodules.ts';

const MOST = 20;

/**
 * What of a worktree its branch does not hold: repositories inside that git leaves alone, submodules with changes of
 * their own, folders committed as a mere pointer to another repository (`pointers`), and submodules that nobody has
 * filled. A git process only where there are submodules. Empty in an ordinary repository.
 */
export async function notHeld(
  cwd: string,
  now: Status,
  pointers: readonly string[],
): Promise<WorkspaceDetail['notHeld']> {
  const found: WorkspaceDetail['notHeld'] = now.foreign.map((path) =>
    path.endsWith('/') ? { path: path.slice(0, -1), why: 'own-repository' } : { path, why: 'changed' },
  );
  const add = (path: string, why: WorkspaceDetail['notHeld'][number]['why']) => {
    if (!found.some((one) => one.path === path)) found.push({ path, why });
  };
  for (const path of pointers) add(path, 'pointer');
  for (const { path, initialised } of await submoduleFolders(cwd)) if (!initialised) add(path, 'not-filled');
  return found.slice(0, MOST);
}
