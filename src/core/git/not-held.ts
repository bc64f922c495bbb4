import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceDetail } from '../../contract/workspace/state.ts';
import { askGit } from './run-git.ts';
import type { Status } from './status.ts';

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
  for (const path of await modules(cwd)) if (await isEmpty(join(cwd, path))) add(path, 'not-filled');
  return found.slice(0, MOST);
}

async function modules(cwd: string): Promise<string[]> {
  const file = join(cwd, '.gitmodules');
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (!there) return [];
  const args = ['config', '--file', file, '-z', '--get-regexp', '^submodule\\..*\\.path$'];
  const text = await askGit({ cwd, args }).catch(() => null);
  return (text ?? '').split('\0').flatMap((entry) => {
    const path = entry.slice(entry.indexOf('\n') + 1);
    // The file is the repository's own and may say anything.
    return entry === '' || path.split('/').some((part) => part === '..' || part === '') ? [] : [path];
  });
}

async function isEmpty(folder: string): Promise<boolean> {
  return readdir(folder).then(
    (names) => names.length === 0,
    () => false,
  );
}
