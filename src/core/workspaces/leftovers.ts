import type { LeftoverSize, Stays } from '../../contract/clean-up/state.ts';
import type { Project } from '../../contract/project/state.ts';
import type { Workspace, WorkspaceDetail } from '../../contract/workspace/state.ts';
import { diskUse } from '../base/disk-use.ts';
import type { Logger } from '../base/logger.ts';
import { gitWords } from '../git/git-error.ts';
import { innerRepositories } from '../git/inner-repositories.ts';
import { proveWorktree } from '../git/prove-worktree.ts';
import { worktreeList } from '../git/worktree-list.ts';
import type { Before } from './before.ts';
import { unkeptWords } from './inner.ts';
import { inspect } from './inspect.ts';

/** What is looked at of a workspace: beyond that nobody waits for the rest. */
const MOST_ENTRIES = 2_000_000;
const LONGEST_MS = 60_000;

interface Options {
  workspace: Workspace;
  /** Null when Drover no longer has the project. */
  project: Project | null;
  before: Before;
  logger: Logger;
}

const because = (why: Stays['why'], count = 0, named = ''): Stays => ({ why, count, named });

/**
 * Why a workspace is not cleaned up; null when it is a worktree as Drover made it, all of its work is in another branch,
 * and nothing but ignored files goes with it. Never rejects: what cannot be told stays.
 */
export async function whyStays(options: Options): Promise<Stays | null> {
  const { workspace, project } = options;
  if (workspace.state !== 'ready') return because('unready');
  const detail = await inspect(options);
  if (project === null) return because('unreadable', 0, detail.problem ?? 'Drover no longer has its project.');
  const known = staysBy(detail);
  if (known !== null) return known;
  const { path, baseCommit } = workspace;
  try {
    await proveWorktree({ path, repository: project.path });
    const worktree = (await worktreeList(project.path)).find((one) => one.path === path);
    if (worktree === undefined) return because('unreadable', 0, 'git does not know it as a worktree.');
    if (worktree.locked !== null) return because('locked', 0, worktree.locked);
    const inner = await innerRepositories(path, baseCommit);
    const [unkept] = inner.filter((one) => unkeptWords([one], path).length > 0);
    return unkept === undefined ? null : because('inner', 0, unkept.path);
  } catch (error) {
    return because('unreadable', 0, gitWords(error));
  }
}

/** What the state of a workspace in git says. */
function staysBy(detail: WorkspaceDetail): Stays | null {
  const { condition, problem, branch, uncommitted, ahead, merged, landed } = detail;
  const { checkedOut, elsewhere, stashes, notHeld } = detail;
  if (condition === 'missing') return because('missing');
  if (problem !== null || condition === 'unreadable' || checkedOut === null) {
    return because('unreadable', 0, problem ?? '');
  }
  if (condition !== 'clean' || uncommitted > 0) return because('uncommitted', Math.max(1, uncommitted));
  if (!merged && landed?.how !== 'pushed') return because('unmerged', Math.max(1, ahead));
  if (landed?.how === 'pushed') return because('pushed-only', 0, landed.ref);
  if (checkedOut.underWay !== null) return because('under-way', 0, checkedOut.underWay);
  if (elsewhere.length > 0 || stashes > 0 || notHeld.length > 0) return because('elsewhere');
  // Not the one that Drover made, or no longer what it was made for.
  if (checkedOut.branch !== branch) return because('other-branch', 0, checkedOut.branch ?? '');
  return null;
}

/**
 * How much room a workspace takes. What git does not look at, because it is ignored, may still be a repository or a
 * worktree with work of its own: then it stays. Never rejects.
 */
export async function measure(workspace: Workspace, signal?: AbortSignal): Promise<LeftoverSize> {
  const { path, baseCommit } = workspace;
  const { bytes, complete, repositories } = await diskUse(path, { most: MOST_ENTRIES, limitMs: LONGEST_MS, signal });
  if (repositories.length === 0) return { bytes, complete, stays: null };
  try {
    const inner = new Set((await innerRepositories(path, baseCommit)).map((one) => one.path));
    const own = repositories.find((one) => !inner.has(one));
    return { bytes, complete, stays: own === undefined ? null : because('inner', 0, own) };
  } catch (error) {
    return { bytes, complete, stays: because('unreadable', 0, gitWords(error)) };
  }
}
