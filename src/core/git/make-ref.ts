import { askGit, runGit } from './run-git.ts';

/**
 * Makes a ref of Drover's own, below `refs/drover/`, for an object. One that is there already is led from what it named
 * to the new object. Rejects with `GitError`, also when another git changes it meanwhile.
 */
export async function makeRef(cwd: string, ref: string, object: string): Promise<void> {
  const update = (from: string) => runGit({ cwd, writes: true, args: ['update-ref', '--no-deref', ref, object, from] });
  try {
    // Nothing: it must not be there.
    await update('');
  } catch (error) {
    const args = ['rev-parse', '--verify', '--quiet', ref];
    const there = (await askGit({ cwd, args, expect: [0, 1] })).text.trim();
    if (there === '') throw error;
    if (there !== object) await update(there);
  }
}
