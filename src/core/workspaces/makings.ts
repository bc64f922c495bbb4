import type { Project } from '../../contract/project/state.ts';
import { accept, type Rejection, type Result, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { KeyedQueue } from '../base/keyed-queue.ts';
import type { Logger } from '../base/logger.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { gitWords } from '../git/git-error.ts';
import { proveWorktree } from '../git/prove-worktree.ts';
import { status } from '../git/status.ts';
import type { EnvironmentOfUser } from '../process/run-for-user.ts';
import type { Before } from './before.ts';
import { makeWorktree, repairWorktree } from './enter-worktree.ts';
import { folderState } from './folders.ts';
import { goneWords } from './gone.ts';
import { isOnBranch } from './on-branch.ts';
import type { WorkspacePlan } from './plan.ts';
import type { WorkspaceRows } from './rows.ts';
import { setUp } from './set-up.ts';

/** After this time, what waits for other work in its project says so. */
const TELL_MS = 1000;
const WAITING = 'Waiting for git in this project';

export interface MakeOptions {
  /** Stops git and the setup commands; what was begun is completed by the next `open`. */
  signal?: AbortSignal;
  /** Set as `DROVER_RUN` for git and setup commands, so that a later sweep finds what they left. */
  marker?: string;
  /** Told in words what is done at the moment. */
  doing?(words: string): void;
  /** Told what is wrong or missing though the workspace is made. */
  warn?(code: string, words: string): void;
}

interface Deps {
  rows: WorkspaceRows;
  queue: KeyedQueue;
  before: Before;
  /** Where half-made folders are moved. */
  trash: string;
  limitMs: number;
  environment: EnvironmentOfUser;
  logger: Logger;
  now(): number;
  changed(): void;
  /** Does the work with git kept to the place of the workspace. */
  inPlace<T>(workspace: Workspace, work: () => T): T;
  /** Takes away the locks of a killed git. */
  tidy(workspace: Workspace, project: Project): Promise<void>;
}

/** Makes workspaces and opens them again, as `Workspaces` says. */
export interface Makings {
  make(plan: WorkspacePlan, project: Project, options: MakeOptions): Promise<Result<Workspace>>;
  open(id: string, project: Project, options: MakeOptions): Promise<Result<Workspace>>;
}

export function createMakings(deps: Deps): Makings {
  const { rows, queue, before, trash, limitMs, environment, logger, changed, inPlace } = deps;

  /** When its turn in the project has come; stopped before that, it is not done at all. */
  async function inTurn(
    project: Project,
    signal: AbortSignal | undefined,
    doing: MakeOptions['doing'],
    work: () => Promise<Result<null>>,
  ): Promise<Result<null>> {
    const stopped = reject('wrong-state', 'Stopped while the workspace was being made.');
    const state = { begun: false };
    const job = queue.run(project.path, async () => {
      if (signal?.aborted) return stopped;
      state.begun = true;
      return work();
    });
    const tell = setTimeout(() => {
      if (!state.begun) doing?.(WAITING);
    }, TELL_MS);
    return new Promise((resolve, reject) => {
      const stop = () => {
        if (!state.begun) resolve(stopped);
      };
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop, { once: true });
      job.then(resolve, reject).finally(() => {
        clearTimeout(tell);
        signal?.removeEventListener('abort', stop);
      });
    });
  }

  async function complete(
    workspace: Workspace,
    fresh: boolean,
    project: Project,
    { signal, marker, doing, warn }: MakeOptions,
  ): Promise<Result<Workspace>> {
    const worktree = { workspace, project, trash, limitMs, signal, doing, warn };
    const made = await inTurn(project, signal, doing, () =>
      fresh ? makeWorktree(worktree) : repairWorktree(worktree),
    );
    if (!made.ok) {
      if (fresh && (await nothingMade(workspace, project))) {
        rows.forget(workspace.id);
        changed();
      }
      return made;
    }
    const { path } = workspace;
    const done = await inPlace(workspace, () =>
      setUp({ project, path, environment, logger, signal, marker, limitMs, doing, warn }),
    );
    if (!done.ok) return done;
    const { trusted } = project;
    await inPlace(workspace, async () =>
      before.remember(workspace.id, path, await status(path, { trusted }), project.copy),
    );
    if (signal?.aborted) return reject('wrong-state', 'Stopped while the workspace was being made.');
    rows.set(workspace.id, 'ready', null);
    changed();
    return accept({ ...workspace, state: 'ready' });
  }

  return {
    async make(plan, project, options) {
      const recorded = rows.get(plan.workspaceId);
      const gone = recorded?.state === 'removed' || recorded?.state === 'removing';
      if (recorded && (recorded.path !== plan.path || recorded.branch !== plan.branch || gone)) {
        return reject('conflict', `There was another workspace ${plan.workspaceId} before.`);
      }
      if (recorded?.state === 'ready') return openReady(recorded, project);
      const { workspaceId: id, ...rest } = plan;
      const workspace: Workspace = recorded ?? {
        id,
        ...rest,
        projectId: project.id,
        createdAt: deps.now(),
        state: 'making',
        kept: null,
      };
      if (!recorded) {
        rows.add(workspace);
        changed();
      }
      return complete(workspace, !recorded, project, options);
    },
    async open(id, project, options) {
      const workspace = rows.get(id);
      if (!workspace) return unknownWorkspace(id);
      switch (workspace.state) {
        case 'ready':
          await deps.tidy(workspace, project);
          return openReady(workspace, project);
        case 'making':
          return complete(workspace, false, project, options);
        case 'removing':
          return reject('wrong-state', `The workspace ${id} is being removed. Try again when that has ended.`);
        case 'removed':
          return reject('wrong-state', `The workspace ${id} was removed. Rerun the task to begin in a new one.`);
      }
    },
  };
}

export function unknownWorkspace(id: string): { ok: false; rejection: Rejection } {
  return reject('not-found', `There is no workspace ${id}.`);
}

async function openReady(workspace: Workspace, project: Project): Promise<Result<Workspace>> {
  const gone = await goneWords(project);
  if (gone !== null) return reject('unavailable', gone);
  const { id, path, branch } = workspace;
  try {
    await proveWorktree({ path, repository: project.path });
    return accept(workspace);
  } catch (error) {
    if ((await folderState(path)) === 'used')
      return reject(
        'unavailable',
        `${gitWords(error)} It was left as it is. Rerun the task to begin in a new workspace.`,
      );
    const commits = await branchCommit(project.path, branch).then(
      (tip) =>
        tip === null ? `Its branch ${branch} is gone too.` : `What was committed is still on the branch ${branch}.`,
      (problem) => `Whether its branch ${branch} still exists is not known: ${gitWords(problem).replace(/\.$/, '')}.`,
    );
    return reject(
      'unavailable',
      `The folder of the workspace ${id} is gone: ${path}. ${commits} Rerun the task to begin in a new one.`,
    );
  }
}

/** Whether git took back all of a workspace that could not be made. */
async function nothingMade(workspace: Workspace, project: Project): Promise<boolean> {
  const { path, branch, baseCommit } = workspace;
  if ((await folderState(path)) !== 'none') return false;
  if (isOnBranch(workspace)) return true;
  return (await branchCommit(project.path, branch).catch(() => baseCommit)) === null;
}
