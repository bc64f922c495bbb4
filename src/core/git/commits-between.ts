import { runGit } from './run-git.ts';

/** The commits that `tip` has and `base` does not, newest first, at most `most`: short id and first line. Ids of commits. */
export async function commitsBetween(cwd: string, base: string, tip: string, most: number): Promise<string[]> {
  const text = await runGit({
    cwd,
    args: ['log', `--max-count=${most}`, '--format=%h %s', '-z', tip, `^${base}`, '--'],
  });
  return text.split('\0').filter((line) => line !== '');
}
