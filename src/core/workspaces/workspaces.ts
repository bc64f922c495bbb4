import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import { whereWords } from '../../contract/words/workspace.ts';
import type { FileDiff } from '../../contract/workspace/diff.ts';
import type { Workspace, WorkspaceChanges, WorkspaceDetail } from '../../contract/workspace/state.ts';
import { createKeyedQueue } from '../base/keyed-queue.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { allWithGit, gitEntry, withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import { innerRepositories } from '../git/inner-repositories.ts';
import { proveWorktree } from '../git/prove-worktree.ts';
import { status } from '../git/status.ts';
import { killMatching } from '../process/kill-tree.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { EnvironmentOfUser } from '../process/run-for-user.ts';
import { createBefore } from './before.ts';
import { changesOf, fileDiffOf } from './changes.ts';
import { makeWorktree, repairWorktree, unlock, unlockOwn } from './enter-worktree.ts';
import { folderState } from './folders.ts';
import { goneWords } from './gone.ts';
import { innerWords } from './inner.ts';
import { inspect } from './inspect.ts';
import { moveTo } from './move-to.ts';
import { type PlanInput, planWorkspace, type WorkspacePlan } from './plan.ts';
import { createRemovals } from './removals.ts';
import { createWorkspaceRows } from './rows.ts';
import { setUp } from './set-up.ts';

interface Deps {
  db: Db;
  dataFolder: string;
  now(): number;
  /** Called after a row has changed. */
  changed(): void;
  logger: Logger;
  /** The login environment, for git and setup commands. */
  environment: EnvironmentOfUser;
  /** What a person chose as git. */
  gitProgram?(): ChosenProgram | null;
  /** Milliseconds that git may take to make a workspace, hooks included. */
  limitMs?: number;
  /** Whether the task is queued or running, so that its workspace must stay. */
  isRunning(taskId: string): boolean;
  projectOf(projectId: string): Outcome<Project>;
}

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
  /**
   * Takes away the locks that a killed git has left in a workspace. Call it when nothing of its run lives any more; one
   * after the other for a workspace, and `open` does it too. Never rejects.
   */
  tidy(id: string): Promise<void>;
  detail(id: string): Promise<Outcome<WorkspaceDetail>>;
  /** Newest first, each with a fresh look by git. */
  list(filter?: { projectId?: string; taskId?: string }): Promise<WorkspaceDetail[]>;
  /** The same as recorded, without a look. */
  recorded(filter?: { projectId?: string; taskId?: string }): Workspace[];
  /** See `changesOf` and `fileDiffOf`. */
  changes(id: string): Promise<Outcome<WorkspaceChanges>>;
  fileDiff(id: string, path: string): Promise<Outcome<FileDiff>>;
  /** See `removeWorktree`. Refused while the task is queued or running. */
  remove(id: string, options?: { discard?: boolean }): Promise<Outcome<WorkspaceDetail>>;
  /** See `moveTo`. */
  moveTo(project: Project, path: string): Promise<Outcome<null>>;
  /**
   * What a person has to know of work that the branch does not hold: where else it is, and what is in inner
   * repositories; sentences. Never rejects.
   */
  unheld(id: string): Promise<string[]>;
  /**
   * Ends the git of a dead host, takes away its locks on what it was making, and finishes or takes back what it was
   * removing; `make`, `open` and `remove` wait for it. Call it once, before anything is made.
   */
  recover(): Promise<void>;
  /** Ends git and all it has started; resolves when nothing is done any more. Nothing may be called after it. */
  close(): Promise<void>;
  /** How many workspaces of a project, or of a task, are not removed. */
  countReady(projectId: string): number;
  countOfTask(taskId: string): number;
  countAll(): number;
}

/** How many workspaces are looked at side by side; each look is a few git processes. */
const LOOKS_AT_ONCE = 4;
const LIMIT_MS = 30 * 60 * 1000;
const GRACE_MS = 2000;
/** After this time, what waits for other work in its project says so. */
const TELL_MS = 1000;
const WAITING = 'Waiting for git in this project';

export function createWorkspaces(deps: Deps): Workspaces {
  const { db, logger, changed } = deps;
  const rows = createWorkspaceRows(db);
  const queue = createKeyedQueue();
  const before = createBefore(db);
  // Git tells real paths; ours must be equal to them.
  const dataFolder = realpathSync(deps.dataFolder);
  const folder = join(dataFolder, 'workspaces');
  const trash = join(folder, '.removed');
  const limitMs = deps.limitMs ?? LIMIT_MS;
  const { environment } = deps;
  const ending = new AbortController();
  const entry = gitEntry(dataFolder);
  const git = { environment, program: deps.gitProgram, entry, signal: ending.signal };
  const endGit = () => killMatching({ leader: null, entry, graceMs: GRACE_MS });
  const removals = createRemovals({ ...deps, rows, queue, trash, dataFolder, before });
  const busy = new Set<Promise<unknown>>();
  let recovered: Promise<void> = Promise.resolve();

  const setState = (id: string, state: 'making' | 'ready' | 'removed') => {
    rows.set(id, state, null);
    changed();
  };

  /** Every git in the folder of the workspace works in what was recorded, or is refused. */
  function inPlace<T>(workspace: Workspace, work: (project: Project | null) => T): T {
    const project = deps.projectOf(workspace.projectId);
    if (!project.ok) return work(null);
    const place = { path: workspace.path, repository: project.value.path };
    return withGit({ place }, () => work(project.value));
  }
  const look = (workspace: Workspace) =>
    inPlace(workspace, (project) => inspect({ workspace, project, before, logger }));
  const unknown = (id: string) => reject('not-found', `There is no workspace ${id}.`);

  /** What must have come to its end before the host does, and waits for what a dead host was doing. */
  async function finished<T>(work: () => Promise<T>): Promise<T> {
    const done = recovered.then(work);
    busy.add(done);
    try {
      return await done;
    } finally {
      busy.delete(done);
    }
  }

  function inRun<T>({ marker }: MakeOptions, work: () => Promise<T>): Promise<T> {
    return finished(() => (marker === undefined ? work() : withGit({ marker }, work)));
  }

  /** When its turn in the project has come; stopped before that, it is not done at all. */
  async function inTurn(
    project: Project,
    signal: AbortSignal | undefined,
    doing: MakeOptions['doing'],
    work: () => Promise<Outcome<null>>,
  ): Promise<Outcome<null>> {
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
  ): Promise<Outcome<Workspace>> {
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
    setState(workspace.id, 'ready');
    return accept({ ...workspace, state: 'ready' });
  }

  async function tidyBy(unlockIt: typeof unlock, workspace: Workspace, project: Project): Promise<void> {
    try {
      await unlockIt(workspace, project);
    } catch (error) {
      logger.warn('locks of a workspace cannot be looked at', { workspaceId: workspace.id, words: gitWords(error) });
    }
  }
  const tidy = (workspace: Workspace, project: Project): Promise<void> =>
    queue.run(workspace.path, () => tidyBy(unlockOwn, workspace, project));

  /** What was being made may never be continued, and its locks stop a person's git too. */
  async function tidyMaking(): Promise<void> {
    const making = rows.list({}).filter(({ state }) => state === 'making');
    for (const workspace of making) {
      const project = deps.projectOf(workspace.projectId);
      if (project.ok) await queue.run(project.value.path, () => tidyBy(unlock, workspace, project.value));
    }
  }

  const calls: Omit<Workspaces, 'close'> = {
    get: rows.get,
    plan: (input) => planWorkspace(input, folder),
    make: (plan, project, options = {}) =>
      inRun(options, async () => {
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
      }),
    open: (id, project, options = {}) =>
      inRun(options, async () => {
        const workspace = rows.get(id);
        if (!workspace) return unknown(id);
        switch (workspace.state) {
          case 'ready':
            await tidy(workspace, project);
            return openReady(workspace, project);
          case 'making':
            return complete(workspace, false, project, options);
          case 'removing':
            return reject('wrong-state', `The workspace ${id} is being removed. Try again when that has ended.`);
          case 'removed':
            return reject('wrong-state', `The workspace ${id} was removed. Rerun the task to begin in a new one.`);
        }
      }),
    tidy: (id) =>
      finished(async () => {
        const workspace = rows.get(id);
        const project = workspace && deps.projectOf(workspace.projectId);
        const there = workspace?.state === 'ready' || workspace?.state === 'making';
        if (there && project?.ok) await tidy(workspace, project.value);
      }),
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
    recorded: (filter = {}) => rows.list(filter),
    async changes(id) {
      const workspace = rows.get(id);
      return workspace ? inPlace(workspace, (project) => changesOf(workspace, project, before)) : unknown(id);
    },
    async fileDiff(id, path) {
      const workspace = rows.get(id);
      return workspace ? inPlace(workspace, (project) => fileDiffOf(workspace, project, path)) : unknown(id);
    },
    remove: (id, { discard = false } = {}) => finished(() => removals.remove(id, discard)),
    async unheld(id) {
      const workspace = rows.get(id);
      if (workspace?.state !== 'ready') return [];
      try {
        const inner = await inPlace(workspace, () => innerRepositories(workspace.path, workspace.baseCommit));
        return [...whereWords(await look(workspace)), ...innerWords(inner)];
      } catch (error) {
        logger.warn('inner repositories cannot be looked at', { workspaceId: id, words: gitWords(error) });
        return [];
      }
    },
    recover() {
      recovered = endGit().then(async () => {
        await tidyMaking();
        await removals.recover();
      });
      return recovered;
    },
    moveTo: (project, path) =>
      finished(() =>
        queue.run(project.path, async () => {
          const there = rows.list({ projectId: project.id }).filter(({ state }) => state !== 'removed');
          const done = await moveTo(there, project, path, logger);
          if (done.ok && there.length > 0) changed();
          return done;
        }),
      ),
    countReady: rows.countOfProject,
    countOfTask: rows.countOfTask,
    countAll: rows.countAll,
  };
  return {
    ...allWithGit(git, calls),
    async close() {
      ending.abort();
      await Promise.allSettled([recovered, ...busy]);
      await endGit();
    },
  };
}

async function openReady(workspace: Workspace, project: Project): Promise<Outcome<Workspace>> {
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
async function nothingMade({ path, branch, baseCommit }: Workspace, project: Project): Promise<boolean> {
  if ((await folderState(path)) !== 'none') return false;
  return (await branchCommit(project.path, branch).catch(() => baseCommit)) === null;
}
