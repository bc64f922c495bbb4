import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { FileDiff, Workspace, WorkspaceChanges, WorkspaceDetail } from '../../contract/workspace/state.ts';
import { createKeyedQueue } from '../base/keyed-queue.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { status } from '../git/status.ts';
import { createBefore } from './before.ts';
import { changesOf, fileDiffOf } from './changes.ts';
import { folderState, isWorktree, makeWorktree, repairWorktree } from './enter-worktree.ts';
import { goneWords } from './gone.ts';
import { bareDetail, inspect } from './inspect.ts';
import { type PlanInput, planWorkspace, type WorkspacePlan } from './plan.ts';
import { removeWorktree } from './remove.ts';
import { createWorkspaceRows } from './rows.ts';
import { setAside } from './set-aside.ts';
import { setUp } from './set-up.ts';

interface Deps {
  db: Db;
  dataFolder: string;
  now(): number;
  /** Called after a row has changed. */
  changed(): void;
  logger: Logger;
  /** The login environment, for setup commands and the hooks of trusted repositories. */
  environment(): Promise<Record<string, string>>;
  /** Whether the task is queued or running, so that its workspace must stay. */
  isRunning(taskId: string): boolean;
  projectOf(projectId: string): Outcome<Project>;
}

export interface MakeOptions {
  /** Stops git and the setup commands; what was begun is completed by the next `open`. */
  signal?: AbortSignal;
  /** Set as `DROVER_RUN` for setup commands, so that a later sweep finds what they left. */
  marker?: string;
}

/**
 * The worktrees tasks work in. Everything made is recorded before it is made, so that a crash in between leaves nothing
 * unknown, and cleaning touches nothing else. What is done to one repository is done one after the other.
 */
export interface Workspaces {
  get(id: string): Workspace | null;
  /** Chooses branch, folder and base of a new workspace; changes nothing. */
  plan(input: PlanInput): Promise<Outcome<WorkspacePlan>>;
  /**
   * Makes what was planned: branch, worktree, copied files, setup commands. Called again with the same plan it goes on
   * where it was interrupted. After a refusal with nothing made there is no record either.
   */
  make(plan: WorkspacePlan, project: Project, options?: MakeOptions): Promise<Outcome<Workspace>>;
  /** A workspace of before, to go on in: still there, or completed now if its making was interrupted. */
  open(id: string, project: Project, options?: MakeOptions): Promise<Outcome<Workspace>>;
  detail(id: string): Promise<Outcome<WorkspaceDetail>>;
  /** Newest first, each with a fresh look by git. */
  list(filter?: { projectId?: string; taskId?: string }): Promise<WorkspaceDetail[]>;
  /** See `changesOf` and `fileDiffOf`. */
  changes(id: string): Promise<Outcome<WorkspaceChanges>>;
  fileDiff(id: string, path: string): Promise<Outcome<FileDiff>>;
  /** See `removeWorktree`. Refused while the task is queued or running. */
  remove(id: string, options?: { discard?: boolean }): Promise<Outcome<WorkspaceDetail>>;
  /** How many workspaces of a project, or of a task, are not removed. */
  countReady(projectId: string): number;
  countOfTask(taskId: string): number;
  countAll(): number;
}

/** How many workspaces are looked at side by side; each look is a few git processes. */
const LOOKS_AT_ONCE = 4;

export function createWorkspaces(deps: Deps): Workspaces {
  const { db, logger, changed } = deps;
  const rows = createWorkspaceRows(db);
  const queue = createKeyedQueue();
  const before = createBefore(db);
  // Git tells real paths; ours must be equal to them.
  const dataFolder = realpathSync(deps.dataFolder);
  const folder = join(dataFolder, 'workspaces');

  const setState = (id: string, state: Workspace['state'], kept: string | null = null) => {
    rows.set(id, state, kept);
    changed();
  };

  function isTrusted(workspace: Workspace): boolean {
    const project = deps.projectOf(workspace.projectId);
    return project.ok && project.value.trusted;
  }
  function look(workspace: Workspace): Promise<WorkspaceDetail> {
    const project = deps.projectOf(workspace.projectId);
    return inspect({ workspace, project: project.ok ? project.value : null, before, logger });
  }
  const unknown = (id: string) => reject('not-found', `There is no workspace ${id}.`);

  async function complete(
    workspace: Workspace,
    fresh: boolean,
    project: Project,
    { signal, marker }: MakeOptions,
  ): Promise<Outcome<Workspace>> {
    const env = project.trusted ? await deps.environment() : undefined;
    const worktree = { workspace, project, env, signal };
    const made = await queue.run(project.path, () => (fresh ? makeWorktree(worktree) : repairWorktree(worktree)));
    if (!made.ok) {
      if (fresh && (await nothingMade(workspace, project))) {
        rows.forget(workspace.id);
        changed();
      }
      return made;
    }
    const { environment } = deps;
    const done = await setUp({ project, path: workspace.path, environment, logger, signal, marker });
    if (!done.ok) return done;
    await before.remember(workspace.id, workspace.path, await status(workspace.path, { trusted: project.trusted }));
    if (signal?.aborted) return reject('wrong-state', 'Stopped while the workspace was being made.');
    setState(workspace.id, 'ready');
    return accept({ ...workspace, state: 'ready' });
  }

  return {
    get: rows.get,
    plan: (input) => planWorkspace(input, folder),
    async make(plan, project, options = {}) {
      const recorded = rows.get(plan.workspaceId);
      if (
        recorded &&
        (recorded.path !== plan.path || recorded.branch !== plan.branch || recorded.state === 'removed')
      ) {
        return reject('conflict', `There was another workspace ${plan.workspaceId} before.`);
      }
      if (recorded?.state === 'ready') return openReady(recorded);
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
    async open(id, project, options = {}) {
      const workspace = rows.get(id);
      if (!workspace) return unknown(id);
      if (workspace.state === 'removed') {
        return reject('wrong-state', `The workspace ${id} was removed. Rerun the task to begin in a new one.`);
      }
      return workspace.state === 'ready' ? openReady(workspace) : complete(workspace, false, project, options);
    },
    async detail(id) {
      const workspace = rows.get(id);
      return workspace ? accept(await look(workspace)) : unknown(id);
    },
    async list(filter = {}) {
      const found = rows.list(filter);
      const details: WorkspaceDetail[] = [];
      const next = found.entries();
      const worker = async () => {
        for (const [index, workspace] of next) details[index] = await look(workspace);
      };
      await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, worker));
      return details;
    },
    async changes(id) {
      const workspace = rows.get(id);
      return workspace ? changesOf(workspace, isTrusted(workspace), before) : unknown(id);
    },
    async fileDiff(id, path) {
      const workspace = rows.get(id);
      return workspace ? fileDiffOf(workspace, isTrusted(workspace), path) : unknown(id);
    },
    async remove(id, { discard = false } = {}) {
      const known = rows.get(id);
      if (!known) return unknown(id);
      const found = deps.projectOf(known.projectId);
      if (!found.ok) return found;
      const project = found.value;
      return queue.run(project.path, async () => {
        // Looked at again: another call may have come first.
        const workspace = rows.get(id);
        if (!workspace || workspace.state === 'removed') {
          return reject('wrong-state', `The workspace ${id} is removed already.`);
        }
        if (deps.isRunning(workspace.taskId)) {
          return reject('wrong-state', `The task ${workspace.taskId} is using the workspace ${id}; stop it first.`);
        }
        const options = { workspace, project, discard, logger };
        const gone = await goneWords(project);
        const removed =
          gone === null
            ? await removeWorktree({ ...options, before })
            : await setAside({ ...options, dataFolder, gone });
        if (!removed.ok) return removed;
        const { kept } = removed.value;
        setState(id, 'removed', kept);
        return accept(bareDetail({ ...workspace, state: 'removed', kept }, 'removed'));
      });
    },
    countReady: rows.countOfProject,
    countOfTask: rows.countOfTask,
    countAll: rows.countAll,
  };
}

async function openReady(workspace: Workspace): Promise<Outcome<Workspace>> {
  if (await isWorktree(workspace.path)) return accept(workspace);
  return reject(
    'unavailable',
    `The folder of the workspace ${workspace.id} is gone: ${workspace.path}. Its commits are still on the branch ${workspace.branch}. Rerun the task to begin in a new one.`,
  );
}

/** Whether git took back all of a workspace that could not be made. */
async function nothingMade({ path, branch, baseCommit }: Workspace, project: Project): Promise<boolean> {
  if ((await folderState(path)) !== 'none') return false;
  return (await branchCommit(project.path, branch).catch(() => baseCommit)) === null;
}
