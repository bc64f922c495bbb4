import { runGit } from './run-git.ts';

/** A branch, remote branch or tag and what it points to. */
export interface Tip {
  /** In full, such as `refs/heads/main`. */
  ref: string;
  commit: string;
  /** The full name of the branch it follows; null when it follows none. */
  upstream: string | null;
}

/** All branches, remote branches and tags of a repository. Reads no commit, so it is quick with thousands of them. */
export async function listTips(cwd: string): Promise<Tip[]> {
  const args = ['for-each-ref', '--format=%(objectname) %(refname) %(upstream)'];
  const tips: Tip[] = [];
  for (const line of (await runGit({ cwd, args: [...args, 'refs/heads', 'refs/remotes', 'refs/tags'] })).split('\n')) {
    const [commit = '', ref = '', upstream = ''] = line.split(' ');
    // The HEAD of a remote is another name of one of its branches.
    if (ref === '' || (ref.startsWith('refs/remotes/') && ref.endsWith('/HEAD'))) continue;
    tips.push({ ref, commit, upstream: upstream || null });
  }
  return tips;
}

/**
 * What a base stands for now, the most telling first: the branch of this name, what it follows, and the other way round;
 * for a remote branch the local ones that follow it. None for a name that is no branch, such as a tag.
 */
export function tipsOf(branch: string | null, tips: readonly Tip[]): Tip[] {
  if (branch === null) return [];
  const named = tips.filter(({ ref }) => ref === `refs/heads/${branch}` || ref === `refs/remotes/${branch}`);
  const names = new Set(named.map(({ ref }) => ref));
  const followed = new Set(named.map(({ upstream }) => upstream));
  const near = tips.filter(
    ({ ref, upstream }) => !names.has(ref) && (followed.has(ref) || (upstream !== null && followsOne(names, upstream))),
  );
  return [...named, ...near];
}

function followsOne(names: ReadonlySet<string>, upstream: string): boolean {
  return upstream.startsWith('refs/remotes/') && names.has(upstream);
}

/** `main` of `refs/heads/main`, `origin/main` of `refs/remotes/origin/main`, `tag v1` of `refs/tags/v1`. */
export function shortRef(ref: string): string {
  const tag = 'refs/tags/';
  return ref.startsWith(tag) ? `tag ${ref.slice(tag.length)}` : ref.replace(/^refs\/(heads|remotes)\//, '');
}
