import * as z from 'zod';
import { projectId, taskId, workspaceId } from '../ids.ts';

export const workspace = z.object({
  id: workspaceId,
  taskId,
  projectId,
  /** Absolute path of the worktree. */
  path: z.string(),
  branch: z.string(),
  /** Where the branch began: the base branch as named (null: a bare commit) and the commit. */
  baseBranch: z.string().nullable(),
  baseCommit: z.string(),
  createdAt: z.number(),
  /** `making`, `removing`: intended, not finished; `removed`: the worktree is gone, the record stays. */
  state: z.enum(['making', 'ready', 'removing', 'removed']),
  /** Where the work went when the workspace was removed while dirty or unmerged; names a branch or a patch file. */
  kept: z.string().nullable(),
});
export type Workspace = z.infer<typeof workspace>;

/** Where else the work of a workspace is: `ref` is the short name of a branch, a remote branch, or `tag v1`. */
export const landed = z.object({
  /**
   * `contained`: the same commits; `cherry-picked`: each commit once more, as after a rebase; `squashed`: the same changes
   * in other commits; `pushed`: only on the remote’s branch of the same name.
   */
  how: z.enum(['contained', 'cherry-picked', 'squashed', 'pushed']),
  ref: z.string(),
});
export type Landed = z.infer<typeof landed>;

/** What git has begun in a worktree and not finished. */
export const underWay = z.enum(['rebase', 'merge', 'cherry-pick', 'revert', 'bisect']);
export type UnderWay = z.infer<typeof underWay>;

/** What is checked out in a worktree. */
export const checkedOut = z.object({
  /** Null when detached. */
  branch: z.string().nullable(),
  commit: z.string().nullable(),
  underWay: underWay.nullable(),
});

/** Commits made in a workspace that neither its branch nor what is checked out there holds. */
export const elsewhere = z.object({
  commit: z.string(),
  commits: z.number(),
  /** Branches that hold them; none when a reset or a change of branch has left them behind. */
  branches: z.array(z.string()),
});

/** A workspace with what git says of it now. */
export const workspaceDetail = workspace.extend({
  /** `missing`: recorded as ready but the folder is gone; `unreadable`: it is there, but git cannot tell, see `problem`. */
  condition: z.enum(['clean', 'dirty', 'missing', 'unreadable', 'making', 'removing', 'removed']),
  /** Why git cannot tell and what to do, as sentences; null when it can. */
  problem: z.string().nullable(),
  /** Files changed but not committed, untracked ones included, apart from what was so before the agent began. */
  uncommitted: z.number(),
  /** The commit that the work is measured against: where it left the base as the base is now. */
  fork: z.string(),
  /** Commits of the work that the base does not have, merges not counted. */
  ahead: z.number(),
  /** Whether all commits of the work are in another branch or tag, be it as other commits; so when there are none. */
  merged: z.boolean(),
  /** Where they are; null when there are none or they are nowhere else. */
  landed: landed.nullable(),
  /** Null when there is no worktree to be read. */
  checkedOut: checkedOut.nullable(),
  /** What the branch of the workspace points to; null when the branch is gone. */
  branchCommit: z.string().nullable(),
  elsewhere: z.array(elsewhere),
  /** Stashes made on the branch of the workspace. */
  stashes: z.number(),
  /** Repositories and submodules in the workspace whose files its branch does not hold, or that are not filled. */
  notHeld: z.array(z.object({ path: z.string(), why: z.enum(['pointer', 'own-repository', 'changed', 'not-filled']) })),
  /** Against `fork`, uncommitted changes included. With `uncounted` files the sums are at least so much. */
  diff: z.object({ files: z.number(), insertions: z.number(), deletions: z.number(), uncounted: z.number() }),
});
export type WorkspaceDetail = z.infer<typeof workspaceDetail>;

/** A file that differs from where the work began. Lines are null unless they are counted. */
export const changedFile = z.object({
  /** Relative to the workspace, with `/`. */
  path: z.string(),
  status: z.enum(['added', 'modified', 'deleted', 'type-changed', 'conflicted', 'untracked']),
  insertions: z.number().nullable(),
  deletions: z.number().nullable(),
  /** `not-counted`: there may be lines, but not all files are read for it. */
  lines: z.enum(['counted', 'binary', 'not-counted']),
});
export type ChangedFile = z.infer<typeof changedFile>;

export const workspaceChanges = z.object({
  /** By path, at most 2,000. */
  files: z.array(changedFile),
  /** How many there are in all. */
  total: z.number(),
});
export type WorkspaceChanges = z.infer<typeof workspaceChanges>;
