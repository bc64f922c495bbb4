import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { isBranchName, slug } from '../git/branch-name.ts';
import { gitWords } from '../git/git-error.ts';
import { listBranches } from '../git/list-branches.ts';
import { type Base, resolveBase } from '../git/resolve-base.ts';
import { worktreeList } from '../git/worktree-list.ts';
import { goneWords } from './gone.ts';

export interface PlanInput {
  task: { id: string; title: string };
  /** The number of the workspace in its task. */
  workspaceNo: number;
  project: Project;
  /** A branch, remote branch, tag or commit; null takes what the project has checked out. */
  base: string | null;
  /** The base is a branch, which the workspace has checked out itself; it makes none. */
  onBranch?: boolean | undefined;
}

/** What is going to be made, chosen but not begun. A branch that was there before is its own base. */
export interface WorkspacePlan {
  workspaceId: string;
  taskId: string;
  branch: string;
  /** Absolute. */
  path: string;
  baseBranch: string | null;
  baseCommit: string;
}

const BRANCHES_COMPARED = 2000;
const SUGGESTIONS = 5;

/**
 * Chooses branch, folder and base commit of a new workspace. Two git processes, side by side; changes nothing. Refused
 * when the project's folder is gone or there is no such base, naming branches of similar names.
 */
export async function planWorkspace(input: PlanInput, folder: string): Promise<Result<WorkspacePlan>> {
  const { task, workspaceNo, project, base } = input;
  const gone = await goneWords(project);
  if (gone !== null) return reject('unavailable', gone);
  const words = slug(task.title);
  const wanted = `${project.branchPrefix}${task.id}${words === '' ? '' : `-${words}`}`;
  if (!isBranchName(wanted)) {
    return reject('invalid', `${wanted} cannot be the name of a branch; change the project’s branch prefix.`);
  }
  const workspaceId = `${task.id}-${workspaceNo}`;
  const where = { workspaceId, taskId: task.id, path: join(folder, slug(project.name) || project.id, workspaceId) };
  try {
    if (input.onBranch && base !== null) {
      const there = await branchThere(project, base);
      return there.ok ? accept({ ...where, ...there.value }) : there;
    }
    const [found, branch] = await Promise.all([resolveBase(project.path, base), freeBranch(project.path, wanted)]);
    return found ? accept({ ...where, branch, ...toBase(found) }) : noBase(project, base);
  } catch (error) {
    return reject('unavailable', `Git cannot work in ${project.path}: ${gitWords(error)}`);
  }
}

const toBase = ({ branch, commit }: Base) => ({ baseBranch: branch, baseCommit: commit });

/** A branch of the project that can be checked out once more. */
async function branchThere(
  project: Project,
  branch: string,
): Promise<Result<Pick<WorkspacePlan, 'branch' | 'baseBranch' | 'baseCommit'>>> {
  const tip = isBranchName(branch) ? await branchCommit(project.path, branch) : null;
  if (tip === null) return noBase(project, branch, 'branch');
  const used = (await worktreeList(project.path)).find((worktree) => worktree.branch === branch);
  if (used) {
    return reject(
      'conflict',
      `The branch ${branch} is checked out in ${used.path}, and git has a branch in one place at a time. Switch to another one there, or begin a new branch from it.`,
    );
  }
  return accept({ branch, baseBranch: branch, baseCommit: tip });
}

/** The first of `name`, `name-2`, `name-3`, ... that is no branch yet. */
async function freeBranch(cwd: string, name: string): Promise<string> {
  for (let no = 1; ; no += 1) {
    const branch = no === 1 ? name : `${name}-${no}`;
    if ((await branchCommit(cwd, branch)) === null) return branch;
  }
}

async function noBase(project: Project, base: string | null, what = 'branch, tag or commit'): Promise<Result<never>> {
  if (base === null) return reject('not-found', `The project ${project.name} has no commits to begin from.`);
  const similar = closest(base, await listBranches(project.path, BRANCHES_COMPARED));
  const hint = similar.length > 0 ? ` Similar branches: ${similar.join(', ')}.` : '';
  return reject(
    'not-found',
    `There is no ${what} ${JSON.stringify(base)} in the project ${project.name}.${hint}`,
    similar,
  );
}

/** The names most like `wanted`, best first: those that hold it or are held by it, then by how many pairs they share. */
function closest(wanted: string, names: readonly string[]): string[] {
  const want = wanted.toLowerCase();
  const wantPairs = pairs(want);
  return names
    .map((name) => {
      const have = name.toLowerCase();
      const havePairs = pairs(have);
      const shared = [...wantPairs].filter((pair) => havePairs.has(pair)).length;
      const likeness = (2 * shared) / Math.max(1, wantPairs.size + havePairs.size);
      return { name, score: likeness + (have.includes(want) || want.includes(have) ? 1 : 0) };
    })
    .filter(({ score }) => score >= 0.4)
    .sort((a, b) => b.score - a.score)
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name);
}

function pairs(text: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at + 1 < text.length; at += 1) found.add(text.slice(at, at + 2));
  return found;
}
