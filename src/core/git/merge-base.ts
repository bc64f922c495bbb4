import { askGit } from './run-git.ts';

/** The newest commit that two commits both stand on; null when they have no history in common. */
export async function mergeBase(cwd: string, one: string, other: string): Promise<string | null> {
  const { text } = await askGit({ cwd, args: ['merge-base', one, other], expect: [0, 1] });
  return text.split('\n')[0] || null;
}
