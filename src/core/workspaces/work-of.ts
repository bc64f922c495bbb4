import { createHash } from 'node:crypto';
import type { Landed, Workspace, WorkspaceDetail } from '../../contract/workspace/state.ts';
import { forkOf } from '../git/fork-of.ts';
import { listTips, type Tip, tipsOf } from '../git/list-tips.ts';
import { runGit } from '../git/run-git.ts';
import { whereLanded } from '../git/where-landed.ts';
import { leftHere, madeHere, type WorktreeState } from '../git/worktree-state.ts';

/** Positions that HEAD has left, looked at for commits that nothing else holds. */
const LEFT_LOOKED_AT = 20;
const ANSWERS_KEPT = 1000;

/** Commits that are on a branch made for this work, or on none, and nowhere else. */
export interface Open {
  commit: string;
  commits: number;
  /** Null when no branch holds them. */
  branch: string | null;
}

/** What a workspace holds in commits, and where else they are. */
export interface Work {
  branchCommit: string | null;
  fork: string;
  ahead: number;
  landed: Landed | null;
  merged: boolean;
  open: Open[];
  elsewhere: WorkspaceDetail['elsewhere'];
}

/** What is checked out, where there is a worktree or git remembers one. */
export interface Head {
  commit: string | null;
  branch: string | null;
}

const answers = new Map<string, Promise<Work>>();

/**
 * What commits a workspace holds: those of its branch, of what is checked out in it, and those made in it that neither of
 * them holds any more; measured against the base as it is now. Removing, deleting, listing and showing all go by this.
 * One git process when no branch has moved since the last call. Rejects with `GitError`.
 */
export async function workOf(
  cwd: string,
  workspace: Workspace,
  head: Head | null,
  state: WorktreeState | null,
): Promise<Work> {
  const tips = await listTips(cwd);
  const { id, branch, baseBranch, baseCommit } = workspace;
  const key = createHash('sha1')
    .update(JSON.stringify([cwd, id, branch, baseBranch, baseCommit, head, state, tips]))
    .digest('base64');
  const known = answers.get(key);
  if (known) return known;
  const answer = ask(cwd, workspace, head, state, tips);
  remember(key, answer);
  return answer;
}

async function ask(
  cwd: string,
  workspace: Workspace,
  head: Head | null,
  state: WorktreeState | null,
  tips: readonly Tip[],
): Promise<Work> {
  const { branch, baseBranch, baseCommit } = workspace;
  const bases = tipsOf(baseBranch, tips).filter(({ ref }) => ref !== `refs/heads/${branch}`);
  const tip = tips.find(({ ref }) => ref === `refs/heads/${branch}`)?.commit ?? null;
  const made = state?.steps ? madeHere(state.steps) : null;
  const main = head?.commit ?? tip ?? baseCommit;
  // While a rebase is under way what is checked out is half of it; the branch is still whole.
  const measured = state?.underWay === 'rebase' && tip !== null ? tip : main;
  const fork = await forkOf({ cwd, commit: measured, baseCommit, bases: bases.map(({ commit }) => commit), made });
  // A branch that was only checked out here is not one of this work.
  const madeOn = head !== null && head.branch !== null && (made === null || made.has(head.commit ?? ''));
  const own = [...new Set([branch, (madeOn ? head.branch : state?.rebased) ?? branch])];
  const known = [baseCommit, fork, ...bases.map(({ commit }) => commit)];
  const count = async (commits: readonly string[], but: readonly string[]) =>
    Number(
      await runGit({
        cwd,
        args: ['rev-list', '--count', '--no-merges', ...commits, ...[...new Set(but)].map((one) => `^${one}`), '--'],
      }),
    );

  const heads = [...new Set([tip, head?.commit ?? null])].filter((commit) => commit !== null);
  // What is merged into the base is still counted as what this workspace has made.
  const ahead = measured === fork ? 0 : await count([measured], [baseCommit, fork]);
  const open: Open[] = [];
  let landed: Landed | null = null;
  for (const commit of [...heads].reverse()) {
    if (commit === baseCommit || commit === fork) continue;
    const where = await whereLanded({ cwd, commit, from: fork, bases, own });
    landed ??= where;
    if (where !== null) continue;
    open.push({
      commit,
      commits: await count([commit], known),
      branch: commit === tip ? branch : (head?.branch ?? null),
    });
  }
  const further = await independent(cwd, open);
  const elsewhere = await leftBehind(cwd, state, heads, known, count);
  if (further.length > 0) landed = null;
  const merged = further.length === 0 && landed?.how !== 'pushed';
  return { branchCommit: tip, fork, ahead, landed, merged, open: further, elsewhere };
}

/** Leaves out what another one holds. */
async function independent(cwd: string, open: Open[]): Promise<Open[]> {
  if (open.length < 2) return open;
  const commits = open.map(({ commit }) => commit);
  const text = await runGit({ cwd, args: ['merge-base', '--independent', ...commits] });
  return open.filter(({ commit }) => text.includes(commit));
}

/** Commits made here that HEAD has left and no branch of the workspace holds. */
async function leftBehind(
  cwd: string,
  state: WorktreeState | null,
  heads: readonly string[],
  known: readonly string[],
  count: (commits: readonly string[], but: readonly string[]) => Promise<number>,
): Promise<Work['elsewhere']> {
  const but = [...heads, ...known];
  const left = leftHere(state?.steps ?? [], LEFT_LOOKED_AT).filter((commit) => !but.includes(commit));
  if (left.length === 0) return [];
  // What nothing holds is swept away by git after some weeks.
  const there = (await runGit({ cwd, args: ['rev-list', '--no-walk', '--ignore-missing', ...left, '--'] }))
    .split('\n')
    .filter(Boolean);
  if (there.length === 0) return [];
  const tops = (await runGit({ cwd, args: ['merge-base', '--independent', ...there] })).split('\n').filter(Boolean);
  const found: Work['elsewhere'] = [];
  for (const commit of tops) {
    const commits = await count([commit], but);
    if (commits === 0) continue;
    const refs = ['for-each-ref', '--format=%(refname:short)', '--count=5', `--contains=${commit}`];
    const branches = (await runGit({ cwd, args: [...refs, 'refs/heads', 'refs/remotes', 'refs/tags'] })).split('\n');
    found.push({ commit, commits, branches: branches.filter(Boolean) });
  }
  return found;
}

function remember(key: string, answer: Promise<Work>): void {
  answer.catch(() => answers.delete(key));
  answers.set(key, answer);
  for (const old of answers.keys()) {
    if (answers.size <= ANSWERS_KEPT) break;
    answers.delete(old);
  }
}
