import type { Project } from '../../contract/project/state.ts';
import type { Workspace, WorkspaceDetail } from '../../contract/workspace/state.ts';
import type { Logger } from '../base/logger.ts';
import { describeSystemError } from '../base/system-error.ts';
import { diffStat } from '../git/diff-stat.ts';
import { gitWords } from '../git/git-error.ts';
import { notHeld } from '../git/not-held.ts';
import { type Status, status } from '../git/status.ts';
import { type WorktreeState, worktreeState } from '../git/worktree-state.ts';
import type { Before } from './before.ts';
import { isWorktree } from './folders.ts';
import { goneWords } from './gone.ts';
import { type Work, workOf } from './work-of.ts';

const NO_DIFF = { files: 0, insertions: 0, deletions: 0, uncounted: 0 };
const NO_CHANGES = { ...NO_DIFF, pointers: [] };

/** A workspace of which nothing more can be said. */
export function bareDetail(
  workspace: Workspace,
  condition: Exclude<WorkspaceDetail['condition'], 'clean' | 'dirty'>,
  problem: string | null = null,
): WorkspaceDetail {
  return {
    ...workspace,
    condition,
    problem,
    uncommitted: 0,
    fork: workspace.baseCommit,
    ahead: 0,
    merged: false,
    landed: null,
    checkedOut: null,
    branchCommit: null,
    elsewhere: [],
    stashes: 0,
    notHeld: [],
    diff: NO_DIFF,
  };
}

/** What git says of a worktree that is there. */
export interface Look {
  now: Status;
  state: WorktreeState;
  work: Work;
  /** Files that are as they were before the agent began. */
  before: ReadonlySet<string>;
  /** How many files are changed or untracked and not among those. */
  uncommitted: number;
}

/** Looks at a worktree that is there: two git processes when no branch has moved. Rejects with `GitError`. */
export async function lookInto(workspace: Workspace, trusted: boolean, before: Before): Promise<Look> {
  const { id, path } = workspace;
  const [now, state] = await Promise.all([status(path, { trusted }), worktreeState(path)]);
  const [work, same] = await Promise.all([workOf(path, workspace, now, state), before.unchanged(id, path, now)]);
  return { now, state, work, before: same, uncommitted: now.changes - same.size };
}

interface Options {
  workspace: Workspace;
  /** Null when Drover no longer has the project. */
  project: Project | null;
  before: Before;
  logger: Logger;
}

/** What git says of a workspace now. Never rejects. */
export async function inspect({ workspace, project, before, logger }: Options): Promise<WorkspaceDetail> {
  if (workspace.state !== 'ready') return bareDetail(workspace, workspace.state);
  const { path, branch } = workspace;
  try {
    if (!(await isWorktree(path))) return bareDetail(workspace, 'missing', await missingWords(workspace, project));
    const {
      now,
      state,
      work,
      before: same,
      uncommitted,
    } = await lookInto(workspace, project?.trusted ?? false, before);
    const changed = now.changes > 0 || now.commit !== work.fork;
    const { pointers, ...diff } = changed ? await diffStat(path, work.fork, now.untracked, same) : NO_CHANGES;
    const { branchCommit, fork, ahead, merged, landed, elsewhere } = work;
    return {
      ...workspace,
      condition: uncommitted > 0 ? 'dirty' : 'clean',
      problem: null,
      uncommitted,
      fork,
      ahead,
      merged,
      landed,
      checkedOut: { branch: now.branch, commit: now.commit, underWay: state.underWay },
      branchCommit,
      elsewhere,
      stashes: state.stashes.filter((words) => isStashOf(branch, words)).length,
      notHeld: await notHeld(path, now, pointers),
      diff,
    };
  } catch (error) {
    logger.warn('git cannot tell the state of a workspace', { workspaceId: workspace.id, words: gitWords(error) });
    const gone = project === null ? null : await goneWords(project);
    const words = describeSystemError(error, path, false) ?? `Git cannot read ${path}: ${gitWords(error)}`;
    return bareDetail(workspace, 'unreadable', gone ?? words);
  }
}

async function missingWords({ path, branch }: Workspace, project: Project | null): Promise<string> {
  const gone = project === null ? null : await goneWords(project);
  return `The folder ${path} is gone. ${gone ?? `What was committed is on the branch ${branch}.`}`;
}

function isStashOf(branch: string, words: string): boolean {
  return words.startsWith(`WIP on ${branch}: `) || words.startsWith(`On ${branch}: `);
}
