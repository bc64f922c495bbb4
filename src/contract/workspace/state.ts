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

/** A file that differs from the base commit. Lines are null where there are none to count: binary or very large. */
export const changedFile = z.object({
  /** Relative to the workspace, with `/`. */
  path: z.string(),
  status: z.enum(['added', 'modified', 'deleted', 'type-changed', 'conflicted', 'untracked']),
  insertions: z.number().nullable(),
  deletions: z.number().nullable(),
});
export type ChangedFile = z.infer<typeof changedFile>;

export const workspaceChanges = z.object({
  /** By path, at most 2,000. */
  files: z.array(changedFile),
  /** How many there are in all. */
  total: z.number(),
});
export type WorkspaceChanges = z.infer<typeof workspaceChanges>;

/** `words` is a sentence on what is not shown, such as the rest of a long diff; null when all is shown. */
export const fileDiff = z.object({ path: z.string(), text: z.string(), words: z.string().nullable() });
export type FileDiff = z.infer<typeof fileDiff>;
