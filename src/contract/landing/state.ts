import * as z from 'zod';
import { taskId, workspaceId } from '../ids.ts';

/**
 * How work gets onto a branch. `merge`: a commit with two parents, also where the branch could simply be moved forward;
 * `squash`: all of it as one commit; `fast-forward`: the branch moves to the work, and to nothing else.
 */
export const LANDING_WAYS = ['merge', 'squash', 'fast-forward'] as const;
export const landingHow = z.enum(LANDING_WAYS);
export type LandingHow = z.infer<typeof landingHow>;

/** The number of a landing in its task, counted from 1, undone ones too. */
export const landingNo = z.number().int().min(1);

/** What moves a branch: work that lands, or a landing that is undone. */
export const landingKind = z.enum(['land', 'undo']);

/** Work that is on a branch. It can be undone as long as the branch is at `commit`. */
export const landing = z.object({
  no: landingNo,
  how: landingHow,
  /** Short name of the branch. */
  onto: z.string(),
  /** Where the branch was before, and where the landing has put it. */
  before: z.string(),
  commit: z.string(),
  at: z.number(),
});
export type Landing = z.infer<typeof landing>;

/** A landing, or the undoing of one, that has begun and not settled. */
export const openLanding = z.object({
  no: landingNo,
  kind: landingKind,
  how: landingHow,
  onto: z.string(),
  workspaceId,
  /** Where the branch is to be moved from, and to; the latter null until it is known. */
  from: z.string(),
  to: z.string().nullable(),
  /** What was checked out in the workspace; null when there is no folder. */
  head: z.string().nullable(),
  /** The commit of what was uncommitted, as soon as it is made. */
  work: z.string().nullable(),
  /** The checkout that is moved along; null when the branch is checked out nowhere. */
  checkout: z.string().nullable(),
});
export type OpenLanding = z.infer<typeof openLanding>;

export const landingConflict = z.object({
  path: z.string(),
  /** What conflicts, as git says it. */
  words: z.string(),
});
export type LandingConflict = z.infer<typeof landingConflict>;

/** A file as the landing changes it on the branch. */
export const landingFile = z.object({
  path: z.string(),
  status: z.enum(['added', 'modified', 'deleted', 'type-changed']),
  /** Null for binary files. */
  insertions: z.number().nullable(),
  deletions: z.number().nullable(),
});
export type LandingFile = z.infer<typeof landingFile>;

/** What a landing would do; nothing has been touched for it. */
export const landingPreview = z.object({
  taskId,
  workspaceId,
  /** The branch of the work. */
  branch: z.string(),
  /** The branch it lands on, and the commit that is at now. */
  onto: z.string(),
  ontoCommit: z.string(),
  how: landingHow,
  /** The newest first, at most 100 of `total`; what is uncommitted comes on top. */
  commits: z.object({ list: z.array(z.object({ commit: z.string(), subject: z.string() })), total: z.number() }),
  /** What is not committed yet and is committed first: by path, at most 1,000 of `total`. */
  uncommitted: z.object({ paths: z.array(z.string()), total: z.number() }),
  /** Sentences on what stays in the workspace and is not committed. */
  leftOut: z.array(z.string()),
  /** What the branch gets, by path, at most 1,000 of `total`; with conflicts, what the work changes. */
  files: z.object({ list: z.array(landingFile), total: z.number() }),
  conflicts: z.array(landingConflict),
  /** How many commits the branch has that the work does not stand on. */
  moved: z.number(),
  /** Whether the branch could simply be moved forward. */
  canFastForward: z.boolean(),
  /** Where the branch is checked out; null: nowhere. */
  checkout: z
    .object({
      path: z.string(),
      /** Why it cannot be moved along, as a sentence; null when it is clean. */
      problem: z.string().nullable(),
    })
    .nullable(),
  /**
   * A proposed message for what is committed: of the merge or squash commit, and of the commit of what is uncommitted.
   * Null when nothing is committed, as in a fast-forward of clean work.
   */
  message: z.string().nullable(),
  /** Whether hooks of the repository run when something is committed. */
  hooks: z.boolean(),
  /** Why it cannot be landed so, and what can be done, as sentences; none: it can. */
  problems: z.array(z.string()),
});
export type LandingPreview = z.infer<typeof landingPreview>;
