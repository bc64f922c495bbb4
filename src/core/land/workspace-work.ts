import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { plural } from '../../contract/words/measure.ts';
import { notHeldWords } from '../../contract/words/workspace.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { ifThere } from '../base/if-there.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { filesOfTrees } from '../git/files-of-trees.ts';
import { withGit } from '../git/git-context.ts';
import { indexLock } from '../git/index-lock.ts';
import { notHeld } from '../git/not-held.ts';
import { proveWorktree } from '../git/prove-worktree.ts';
import { stageAll } from '../git/stage-all.ts';
import { status } from '../git/status.ts';
import { worktreeState } from '../git/worktree-state.ts';
import type { Before } from '../workspaces/before.ts';
import { copiedIn } from '../workspaces/copied.ts';
import { isWorktree } from '../workspaces/folders.ts';

const NAMED = 3;

/** The work of a workspace as it would land. */
export interface Work {
  /** The newest commit; null when the branch is gone. */
  head: string | null;
  /** Whether there is a folder, in which something may be uncommitted. */
  live: boolean;
  /** With all that is uncommitted; null where nothing is. */
  tree: string | null;
  uncommitted: string[];
  /** Paths that are not committed. */
  without: string[];
  /** Sentences on them, and on what no commit holds. */
  leftOut: string[];
  /** Why it cannot land, as sentences. */
  problems: string[];
}

interface Options {
  workspace: Workspace;
  project: Project;
  before: Before;
  lockMs: number;
  /** A file that takes a copy of the index. */
  index: string;
}

/** All git below is held to the folder of the workspace. */
export function inWorkspace<T>({ path }: Workspace, project: Project, work: () => Promise<T>): Promise<T> {
  return withGit({ place: { path, repository: project.path } }, work);
}

/** Looks at the work of a workspace and stages what is uncommitted in an index of its own. Rejects with `GitError`. */
export async function workIn(options: Options): Promise<Work> {
  const { workspace, project } = options;
  const live = workspace.state === 'ready' && (await isWorktree(workspace.path));
  if (live) return inWorkspace(workspace, project, () => look(options));
  const head = await branchCommit(project.path, workspace.branch);
  const problems = head === null ? [`The branch ${workspace.branch} is gone.`] : [];
  return { head, live, tree: null, uncommitted: [], without: [], leftOut: [], problems };
}

async function look({ workspace, project, before, lockMs, index }: Options): Promise<Work> {
  const { path, branch, id } = workspace;
  const { gitDir } = await proveWorktree({ path, repository: project.path });
  const [now, state] = await Promise.all([status(path, { trusted: project.trusted }), worktreeState(path)]);
  const head = now.commit;
  const problems: string[] = [];
  if (state.underWay !== null) {
    problems.push(`A ${state.underWay} is in progress in the workspace; finish or abort it there first.`);
  } else if (now.branch !== branch) {
    const what = now.branch === null ? 'no branch' : `the branch ${now.branch}`;
    problems.push(`In the workspace ${what} is checked out; check out ${branch} there first.`);
  }
  if (head === null) problems.push(`There is no commit on ${branch} yet.`);
  const lock = await indexLock(gitDir, lockMs);
  if (lock !== null) problems.push(`Another git is at work in the workspace, or was ended there: ${lock} exists.`);

  const same = await before.unchanged(id, path, now);
  const copied = await copiedIn({ workspace, project, now, known: before.copied(id) });
  const changed = copied.changed.filter((file) => !same.has(file));
  const foreign = now.foreign.filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1));
  const without = [...new Set([...same, ...copied.same, ...changed, ...foreign])];
  const leftOut = leftOutWords(changed, same.size + copied.same.length);
  leftOut.push(...notHeldWords({ notHeld: await notHeld(path, now, []) }));
  const result = { head, live: true, without, leftOut, problems };
  if (head === null || problems.length > 0 || now.changes === 0) return { ...result, tree: null, uncommitted: [] };
  await ifThere(copyFile(join(gitDir, 'index'), index));
  const tree = await stageAll(path, index, without);
  const uncommitted = (await filesOfTrees(path, head, tree)).map((file) => file.path);
  return { ...result, tree: uncommitted.length === 0 ? null : tree, uncommitted };
}

function leftOutWords(changed: readonly string[], same: number): string[] {
  const words: string[] = [];
  if (changed.length > 0) {
    const names = changed.slice(0, NAMED).join(', ');
    const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : '';
    words.push(`${names}${more}: Drover has copied this from the project, so it is not committed.`);
  }
  if (same > 0)
    words.push(`${plural(same, 'file')} from before the agent began ${same === 1 ? 'is' : 'are'} left out.`);
  return words;
}
