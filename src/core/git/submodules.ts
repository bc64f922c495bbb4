import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ifThere } from '../base/if-there.ts';
import { askGit, runGit } from './run-git.ts';

/** The folders of submodules, as `.gitmodules` names them. No git process where there is no such file. */
export async function submoduleFolders(cwd: string): Promise<{ path: string; initialised: boolean }[]> {
  const paths = [...(await namedSubmodules(cwd))];
  return Promise.all(paths.map(async (path) => ({ path, initialised: await isRepository(join(cwd, path)) })));
}

/** Whether something stands there that git takes for a repository. */
export async function isRepository(folder: string): Promise<boolean> {
  return (await ifThere(lstat(join(folder, '.git')))) !== null;
}

/** The paths that `.gitmodules` in the folder `cwd` names. */
export async function namedSubmodules(cwd: string): Promise<Set<string>> {
  if ((await ifThere(lstat(join(cwd, '.gitmodules'))))?.isFile() !== true) return new Set();
  const args = ['config', '--file', '.gitmodules', '-z', '--get-regexp', '^submodule\\..*\\.path$'];
  const { text } = await askGit({ cwd, args, expect: [0, 1] });
  // `key`, line break, value, NUL.
  const paths = text.split('\0').map((entry) => entry.slice(entry.indexOf('\n') + 1));
  // The file is the repository's own and may say anything.
  return new Set(paths.filter((path) => path.split('/').every((part) => part !== '..' && part !== '')));
}

/** `git submodule update --init --recursive`. Rejects with `GitError`. */
export async function submoduleUpdate(options: {
  cwd: string;
  trusted: boolean;
  signal?: AbortSignal;
  timeoutMs: number;
}): Promise<void> {
  const args = ['submodule', '--quiet', 'update', '--init', '--recursive'];
  // Long, so it takes no slot from others.
  await runGit({ ...options, writes: true, args, started: () => {} });
}
