import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenLanding } from '../../contract/landing/state.ts';
import type { Project } from '../../contract/project/state.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { mergeBase } from '../git/merge-base.ts';
import { moveBranch } from '../git/move-branch.ts';
import { commonFolder, proveWorktree } from '../git/prove-worktree.ts';
import { replaceIndex } from '../git/replace-index.ts';
import { clearStaleLocks } from '../git/stale-locks.ts';
import { status } from '../git/status.ts';
import { worktreeState } from '../git/worktree-state.ts';
import { isWorktree } from '../workspaces/folders.ts';
import { INDEX_BEFORE } from './files.ts';
import { repairCheckout } from './repair-checkout.ts';
import { inWorkspace } from './workspace-work.ts';

interface Options {
  open: OpenLanding;
  project: Project;
  workspace: Workspace | null;
  /** What the landing keeps meanwhile. */
  folder: string;
}

/** How a landing has ended: `left` are sentences on what could not be brought back. */
export type Ended = { done: true } | { done: false; left: string[] };

/** What the log of a workspace says before the commit of a landing. */
export function reflogOf(no: number): string {
  return `commit (drover landing ${no})`;
}

/**
 * How a landing that failed or was interrupted has ended, by where the branch is: it is done, or everything is brought back
 * to what it was before. Called again it does no more. Rejects with `GitError`.
 */
export async function endLanding(options: Options): Promise<Ended> {
  const { open, project } = options;
  if (await hasMoved(open, project)) return { done: true };
  const left: string[] = [];
  if (open.checkout !== null && open.to !== null) {
    const words = await repairCheckout({ path: open.checkout, branch: open.onto, at: open.from, to: open.to, project });
    if (words !== null) left.push(words);
  }
  if (open.kind === 'land') await takeBack(options);
  return { done: false, left };
}

async function hasMoved({ kind, onto, from, to }: OpenLanding, project: Project): Promise<boolean> {
  if (to === null || to === from) return false;
  const tip = await branchCommit(project.path, onto);
  if (tip === null || tip === from) return false;
  // Somebody may have built on it since. What a landing was undone to is in every commit after it.
  return tip === to || (kind === 'land' && (await mergeBase(project.path, tip, to)) === to);
}

/** Takes back the commit of what was uncommitted; the files stay, and the index is what it was. */
async function takeBack({ open, project, workspace, folder }: Options): Promise<void> {
  const { head, no } = open;
  if (workspace === null || head === null || !(await isWorktree(workspace.path))) return;
  const { path, branch } = workspace;
  const { gitDir, commonDir } = await proveWorktree({ path, repository: project.path });
  await clearStaleLocks({ commonDir, gitDir, branch, path, repository: project.path, shared: false });
  await inWorkspace(workspace, project, async () => {
    const now = await status(path);
    const work = open.work ?? (await madeBy(path, no, head));
    if (work === null || now.branch !== branch || now.commit !== work) return;
    const why = `drover: landing ${no} taken back`;
    await moveBranch({ cwd: path, branch, from: work, to: head, why, trusted: false });
    const saved = join(folder, INDEX_BEFORE);
    // There is none where the workspace had none.
    if (existsSync(saved)) await replaceIndex(gitDir, saved);
  });
}

/** The commit that the landing has made on `head`, as the log of the worktree tells it. */
async function madeBy(path: string, no: number, head: string): Promise<string | null> {
  const { steps } = await worktreeState(path);
  const last = steps?.at(-1);
  return last?.from === head && last.words.startsWith(`${reflogOf(no)}: `) ? last.to : null;
}

/** Whether there is a repository at all. */
export async function hasRepository(project: Project): Promise<boolean> {
  return (await commonFolder(project.path)) !== null;
}
