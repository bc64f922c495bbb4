import type { LandingHow, LandingPreview } from '../../contract/landing/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Task } from '../../contract/task/state.ts';
import { plural } from '../../contract/words/measure.ts';
import type { ChangedFile, Workspace } from '../../contract/workspace/state.ts';
import { ahead } from '../git/ahead.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { isBranchName } from '../git/branch-name.ts';
import { commitTree } from '../git/commit-tree.ts';
import { commitsBetween } from '../git/commits-between.ts';
import { filesOfTrees } from '../git/files-of-trees.ts';
import { identityProblem } from '../git/identity-problem.ts';
import { mergeBase } from '../git/merge-base.ts';
import { type MergedTree, mergeTree } from '../git/merge-tree.ts';
import { findCheckout, inTheWay } from './checkout.ts';
import { proposeMessage } from './message.ts';
import type { Work } from './workspace-work.ts';

const COMMITS_SHOWN = 100;
const PATHS_SHOWN = 1000;

export interface PreviewOptions {
  task: Task;
  workspace: Workspace;
  project: Project;
  workspaces: readonly Workspace[];
  onto: string;
  how: LandingHow;
  work: Work;
  lockMs: number;
}

/**
 * What landing would do, found out without touching a branch, an index or a file: what git has to make for it are objects
 * that nothing refers to. Refused when the branch is none. Rejects with `GitError`.
 */
export async function previewOf(options: PreviewOptions): Promise<Result<LandingPreview>> {
  const { task, workspace, project, onto, how, work } = options;
  const cwd = project.path;
  const ontoCommit = await branchCommit(cwd, onto);
  if (ontoCommit === null) {
    return reject('not-found', `There is no branch ${onto} in this repository; work lands on a local branch.`);
  }
  const { head } = work;
  if (head === null) return reject('wrong-state', work.problems.join(' '));
  const uncommitted = work.tree !== null;
  // Signed by nobody and seen by nobody: only to be merged.
  const commit =
    work.tree === null
      ? head
      : await commitTree({ cwd, tree: work.tree, parents: [head], message: 'preview', trusted: false, sign: false });

  const problems = [...work.problems];
  const base = await mergeBase(cwd, ontoCommit, commit);
  const [list, total, moved] = await Promise.all([
    commitsBetween(cwd, ontoCommit, head, COMMITS_SHOWN),
    ahead(cwd, ontoCommit, head),
    ahead(cwd, commit, ontoCommit),
  ]);
  const merged = base === null ? null : await merge(cwd, how, { base, onto: ontoCommit, commit });
  const conflicts = merged !== null && 'conflicts' in merged ? merged.conflicts : [];
  let files: ChangedFile[] = [];
  if (base === null) problems.push(`${onto} and the work have no history in common.`);
  else if (base === commit) problems.push(`There is nothing to land: ${onto} has all of it.`);
  else if (merged === null) problems.push('This git is too old to preview a merge; install git 2.38 or newer.');
  else if ('tree' in merged) files = await filesOfTrees(cwd, ontoCommit, merged.tree);
  else files = await filesOfTrees(cwd, base, commit);
  const canFastForward = base === ontoCommit;
  if (how === 'fast-forward' && !canFastForward && base !== null && base !== commit) {
    const has = `${plural(moved, 'commit')} that the work does not stand on`;
    problems.push(`${onto} has ${has}, so it cannot be fast-forwarded; merge or squash instead.`);
  }
  if (conflicts.length > 0) {
    problems.push(`The work conflicts with ${onto} in ${plural(conflicts.length, 'file')}.`);
  } else if (files.length === 0 && problems.length === 0) {
    problems.push(`There is nothing to land: ${onto} has the same files.`);
  }

  const found = await findCheckout(options);
  const checkout = found && { ...found, problem: found.problem ?? (await inTheWay(found.path, files)) };
  if (checkout?.problem) problems.push(checkout.problem);
  const message = proposeMessage({ task, branch: workspace.branch, how, uncommitted });
  const nobody = message === null ? null : await identityProblem(cwd);
  if (nobody !== null) problems.push(nobody);
  return accept({
    taskId: task.id,
    workspaceId: workspace.id,
    branch: workspace.branch,
    onto,
    ontoCommit,
    how,
    commits: { list: list.map(parted), total },
    uncommitted: { paths: work.uncommitted.slice(0, PATHS_SHOWN), total: work.uncommitted.length },
    leftOut: work.leftOut,
    files: {
      list: files.slice(0, PATHS_SHOWN).map(({ path, status, insertions, deletions }) => ({
        path,
        status: status === 'untracked' || status === 'conflicted' ? 'modified' : status,
        insertions,
        deletions,
      })),
      total: files.length,
    },
    conflicts,
    moved,
    canFastForward,
    checkout,
    message,
    hooks: project.trusted,
    problems,
  });
}

/** Why nothing may land on a branch of this name; null when it may. */
export function ontoProblem(onto: string, workspace: Workspace): string | null {
  if (!isBranchName(onto) || onto === 'HEAD') return `“${onto}” is not the name of a branch.`;
  return onto === workspace.branch ? `${onto} is the branch of the work itself.` : null;
}

async function merge(
  cwd: string,
  how: LandingHow,
  { base, onto, commit }: { base: string; onto: string; commit: string },
): Promise<MergedTree | null> {
  return how === 'fast-forward' || base === onto ? { tree: commit } : mergeTree(cwd, onto, commit);
}

const parted = (line: string) => {
  const space = line.indexOf(' ');
  return { commit: line.slice(0, space), subject: line.slice(space + 1) };
};
