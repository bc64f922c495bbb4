import type { WorkspaceDetail } from '../../../contract/workspace/state.ts';
import { labels } from './labels.ts';

/** A workspace that stays, and why. */
export interface Staying {
  readonly workspace: WorkspaceDetail;
  readonly why: string;
}

/** Why a workspace is not cleaned up; null when all of its work is in another branch and nothing is lost with it. */
export function whyItStays(workspace: WorkspaceDetail, isTaskOver: boolean): string | null {
  const { condition, problem, uncommitted, merged, landed, checkedOut, elsewhere, stashes, notHeld } = workspace;
  const { stays } = labels;
  if (!isTaskOver) return stays.busy;
  if (workspace.state !== 'ready') return stays.unready;
  if (problem !== null || condition === 'unreadable' || condition === 'missing') return stays.unreadable;
  if (condition !== 'clean' || uncommitted > 0) return stays.uncommitted(Math.max(1, uncommitted));
  if (!merged) return stays.unmerged;
  if (landed?.how === 'pushed') return stays.pushedOnly;
  if (checkedOut?.underWay != null) return stays.underWay;
  if (elsewhere.length > 0 || stashes > 0 || notHeld.length > 0) return stays.elsewhere;
  return null;
}

/** What a clean-up would remove, and what it would leave. Those that are gone already are neither. */
export function planCleanUp(
  workspaces: readonly WorkspaceDetail[],
  isTaskOver: (taskId: string) => boolean,
): { going: WorkspaceDetail[]; staying: Staying[] } {
  const going: WorkspaceDetail[] = [];
  const staying: Staying[] = [];
  for (const workspace of workspaces) {
    if (workspace.state === 'removed' || workspace.state === 'removing') continue;
    const why = whyItStays(workspace, isTaskOver(workspace.taskId));
    if (why === null) going.push(workspace);
    else staying.push({ workspace, why });
  }
  return { going, staying };
}
