import type { Workspace } from '../../contract/workspace/state.ts';

/** Whether the branch of a workspace was there before it, so that it is never taken away with it. */
export function isOnBranch({ branch, baseBranch }: Pick<Workspace, 'branch' | 'baseBranch'>): boolean {
  return branch === baseBranch;
}
