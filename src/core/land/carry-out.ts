import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenLanding } from '../../contract/landing/state.ts';
import type { Project } from '../../contract/project/state.ts';
import type { Task } from '../../contract/task/state.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { ifThere } from '../base/if-there.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { commitIndex } from '../git/commit-index.ts';
import { commitTree } from '../git/commit-tree.ts';
import { GitError, gitWords } from '../git/git-error.ts';
import { mergeBase } from '../git/merge-base.ts';
import { mergeTree } from '../git/merge-tree.ts';
import { moveBranch } from '../git/move-branch.ts';
import { backCheckout, forwardCheckout } from '../git/move-checkout.ts';
import { proveWorktree } from '../git/prove-worktree.ts';
import { replaceIndex } from '../git/replace-index.ts';
import { stageAll } from '../git/stage-all.ts';
import { treeOf } from '../git/tree-of.ts';
import { INDEX, INDEX_BEFORE } from './files.ts';
import { mergeMessage } from './message.ts';
import { reflogOf } from './settle.ts';
import { inWorkspace, type Work } from './workspace-work.ts';

/** The end of what git or a hook has said is shown. */
const SAID = 2000;

/** What was refused in the middle, as a sentence. */
class Refused extends Error {}

interface Options {
  open: OpenLanding;
  task: Task;
  project: Project;
  workspace: Workspace;
  /** What the landing keeps meanwhile. */
  folder: string;
  /** Null where nothing is committed. */
  message: string | null;
  work: Work | null;
  times: { hooksMs: number };
  /** Records what is done next; throws when it cannot be. */
  prepared(work: string | null, to: string): void;
}

/**
 * Commits what is uncommitted, makes what the branch is moved to, and moves it. Rejects when one of these fails; where
 * that leaves things is for `endLanding` to find out.
 */
export async function carryOut(options: Options): Promise<void> {
  const { open, project, work, prepared, times } = options;
  let { to } = open;
  if (open.kind === 'land') {
    const made = work?.tree == null ? null : await commitWork(options, work);
    to = await result(options, made ?? work?.head ?? '');
    prepared(made, to);
  }
  if (to === null) throw new Refused('There is nothing to move the branch to.');
  const { onto: branch, from, checkout, no } = open;
  const why =
    open.kind === 'undo' ? `drover: landing of ${options.task.id} undone` : `drover: ${options.task.id} landed`;
  const { trusted } = project;
  if (checkout === null) {
    await moveBranch({ cwd: project.path, branch, from, to, why, trusted });
    return;
  }
  const tip = await branchCommit(project.path, branch);
  if (tip !== from) throw new Refused(`${branch} was moved by somebody else meanwhile.`);
  const move = open.kind === 'undo' ? backCheckout : forwardCheckout;
  await move({ cwd: checkout, to, trusted, reflog: `drover landing ${no}`, timeoutMs: times.hooksMs });
}

/** The commit of what is uncommitted in the workspace. */
function commitWork({ open, project, workspace, folder, message, times }: Options, work: Work): Promise<string> {
  const { path } = workspace;
  return inWorkspace(workspace, project, async () => {
    const { gitDir } = await proveWorktree({ path, repository: project.path });
    const index = join(folder, INDEX);
    await ifThere(copyFile(join(gitDir, 'index'), join(folder, INDEX_BEFORE)));
    await ifThere(copyFile(join(gitDir, 'index'), index));
    await stageAll(path, index, work.without);
    const commit = await commitIndex({
      ...{ cwd: path, index, message: message ?? '', trusted: project.trusted },
      ...{ reflog: reflogOf(open.no), timeoutMs: times.hooksMs },
    });
    await replaceIndex(gitDir, index);
    return commit;
  });
}

/** The commit that the branch is to be moved to. */
async function result(options: Options, commit: string): Promise<string> {
  const { open, task, project, workspace, message, work, times } = options;
  const { how, from, onto } = open;
  const cwd = project.path;
  const base = await mergeBase(cwd, from, commit);
  if (how === 'fast-forward') {
    // A hook, or somebody, has changed what was looked at.
    if (base !== from) throw new Refused(`${onto} cannot be fast-forwarded to the work.`);
    return commit;
  }
  const merged = base === from ? { tree: await treeOf(cwd, commit) } : await mergeTree(cwd, from, commit);
  if (merged === null || !('tree' in merged)) throw new Refused(`The work conflicts with ${onto}.`);
  const own = message ?? mergeMessage(task, workspace.branch);
  const said = how === 'merge' && work?.tree != null ? mergeMessage(task, workspace.branch) : own;
  return commitTree({
    ...{ cwd, tree: merged.tree, parents: how === 'merge' ? [from, commit] : [from], message: said },
    ...{ trusted: project.trusted, timeoutMs: times.hooksMs },
  });
}

/** What went wrong, with what git or a hook has said. */
export function failureWords(error: unknown): string {
  if (error instanceof Refused) return `Nothing has landed. ${error.message}`;
  if (!(error instanceof GitError)) return `Nothing has landed. ${gitWords(error)}`;
  const said = error.stderr.trim().slice(-SAID);
  const what = error.args.includes('commit') ? 'Git, or a hook of the repository, refused the commit' : 'Git refused';
  return `Nothing has landed. ${what}: ${said || gitWords(error)}`;
}
