import type { InnerRepository } from '../git/inner-repositories.ts';

/** Sentences on what inner repositories hold and nothing else does: it would go with the folder. */
export function unkeptWords(inner: readonly InnerRepository[], folder: string): string[] {
  return inner.flatMap(({ path, submodule, changes, ownCommits }) => {
    if (changes === 0 && ownCommits === 0) return [];
    const parts = [
      ...(changes > 0 ? [`${changes} uncommitted ${changes === 1 ? 'change' : 'changes'}`] : []),
      ...(ownCommits > 0
        ? [`${ownCommits} ${ownCommits === 1 ? 'commit that is' : 'commits that are'} nowhere else`]
        : []),
    ];
    const what = submodule ? 'a submodule' : 'a repository of its own';
    return [`${path} in ${folder} is ${what} with ${parts.join(' and ')}, which the branch does not keep.`];
  });
}

/** Sentences on what the branch of a task does not hold, though it looks as if it did; for the end of a run. */
export function innerWords(inner: readonly InnerRepository[]): string[] {
  return inner.flatMap(({ path, submodule, initialised, changes, ownCommits }) => {
    if (!submodule) {
      return [
        `${path} is a repository of its own: the branch holds only a pointer to its commit, and none of its files.`,
      ];
    }
    if (!initialised || (changes === 0 && ownCommits === 0)) return [];
    const what = [
      ...(ownCommits > 0
        ? [`${ownCommits} ${ownCommits === 1 ? 'commit that exists' : 'commits that exist'} nowhere else`]
        : []),
      ...(changes > 0 ? [`${changes} uncommitted ${changes === 1 ? 'change' : 'changes'}`] : []),
    ].join(' and ');
    return [`The submodule ${path} has ${what}, which the branch does not hold.`];
  });
}
