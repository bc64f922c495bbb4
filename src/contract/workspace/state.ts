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
  /** `making`: intended, not finished; `removed`: the worktree is gone, the record stays. */
  state: z.enum(['making', 'ready', 'removed']),
  /** Where the work went when the workspace was removed while dirty or unmerged; names a branch or a patch file. */
  kept: z.string().nullable(),
});
export type Workspace = z.infer<typeof workspace>;

/** A workspace with what git says of it now. */
export const workspaceDetail = workspace.extend({
  /** `missing`: recorded as ready but the folder is gone. */
  condition: z.enum(['clean', 'dirty', 'missing', 'removed', 'making']),
  /** Files changed but not committed, untracked ones included. */
  uncommitted: z.number(),
  /** Commits on the branch that the base commit does not have. */
  ahead: z.number(),
  /** Whether every commit of the branch is contained in the base branch. */
  merged: z.boolean(),
  /** Against the base commit, uncommitted changes included. */
  diff: z.object({ files: z.number(), insertions: z.number(), deletions: z.number() }),
});
export type WorkspaceDetail = z.infer<typeof workspaceDetail>;
