import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { FileDiff } from '../../contract/workspace/diff.ts';
import { findPaths } from '../../contract/workspace/find-paths.ts';
import type { Workspace, WorkspaceChanges } from '../../contract/workspace/state.ts';
import { changedFiles } from '../git/changed-files.ts';
import { fileDiff } from '../git/file-diff.ts';
import { gitWords } from '../git/git-error.ts';
import { listFiles } from '../git/list-files.ts';
import { shownDiff } from '../git/shown-diff.ts';
import { status } from '../git/status.ts';
import { worktreeState } from '../git/worktree-state.ts';
import type { Before } from './before.ts';
import { isWorktree } from './folders.ts';
import { goneWords } from './gone.ts';
import { lookInto } from './inspect.ts';
import { liesInside } from './lies-inside.ts';
import { workOf } from './work-of.ts';

const MOST_FILES = 2000;

/**
 * The files of a workspace that differ from where its work left the base, as the base is now, apart from those that were
 * so before the agent began. Refused when its folder is not there or git fails.
 */
export async function changesOf(
  workspace: Workspace,
  project: Project | null,
  before: Before,
): Promise<Result<WorkspaceChanges>> {
  return asked(workspace, project, async () => {
    const { now, work, before: same } = await lookInto(workspace, project?.trusted ?? false, before);
    const files = await changedFiles(workspace.path, work.fork, now.untracked, same);
    return accept({ files: files.slice(0, MOST_FILES), total: files.length });
  });
}

/** Files of a workspace whose path has the letters of `query`, the best first. Refused as `changesOf`. */
export async function filesOf(
  workspace: Workspace,
  project: Project | null,
  query: string,
  limit: number,
): Promise<Result<{ paths: string[] }>> {
  return asked(workspace, project, async () =>
    accept({ paths: findPaths(query, await listFiles(workspace.path), limit) }),
  );
}

/** How one file of a workspace differs, against the same commit as in `changesOf`. `path` must lie inside the workspace. */
export async function fileDiffOf(
  workspace: Workspace,
  project: Project | null,
  path: string,
): Promise<Result<FileDiff>> {
  return asked<FileDiff>(workspace, project, async () => {
    const trusted = project?.trusted ?? false;
    if (!(await liesInside(workspace.path, path))) {
      return reject('invalid', 'The path is not inside the workspace.');
    }
    const [now, state] = await Promise.all([status(workspace.path, { trusted }), worktreeState(workspace.path)]);
    const { fork } = await workOf(workspace.path, workspace, now, state);
    return accept(shownDiff(path, await fileDiff(workspace.path, fork, path)));
  });
}

function whatBecameOf({ state, branch }: Workspace): string {
  if (state === 'making') return 'is being made';
  return state === 'removed' ? `was removed. What was committed is on the branch ${branch}` : 'no longer exists';
}

async function asked<T>(
  workspace: Workspace,
  project: Project | null,
  ask: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    if (workspace.state !== 'ready' || !(await isWorktree(workspace.path))) {
      return reject('unavailable', `The workspace ${workspace.id} ${whatBecameOf(workspace)}.`);
    }
    const gone = project === null ? null : await goneWords(project);
    if (gone !== null) return reject('unavailable', gone);
    return await ask();
  } catch (error) {
    return reject('unavailable', `Git cannot read the workspace ${workspace.id}: ${gitWords(error)}`);
  }
}
