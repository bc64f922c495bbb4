import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { LeftoverSize, Stays } from '../../contract/clean-up/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result } from '../../contract/rejection.ts';
import type { WorkSize } from '../../contract/run/state.ts';
import { whereWords } from '../../contract/words/workspace.ts';
import type { FileDiff } from '../../contract/workspace/diff.ts';
import type { Workspace, WorkspaceChanges, WorkspaceDetail } from '../../contract/workspace/state.ts';
import { createKeyedQueue } from '../base/keyed-queue.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';
import { allWithGit, gitEntry, withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import { innerRepositories } from '../git/inner-repositories.ts';
import { killMatching } from '../process/kill-tree.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { EnvironmentOfUser } from '../process/run-for-user.ts';
import { createBefore } from './before.ts';
import { changesOf, fileDiffOf, filesOf } from './changes.ts';
import { unlock, unlockOwn } from './enter-worktree.ts';
import { innerWords } from './inner.ts';
import { inspect } from './inspect.ts';
import { measure, whyStays } from './leftovers.ts';
import { createMakings, type MakeOptions, unknownWorkspace } from './makings.ts';
import { moveTo } from './move-to.ts';
import { type PlanInput, planWorkspace, type WorkspacePlan } from './plan.ts';
import { type CleanUpRequest, createRemovals } from './removals.ts';
import { type CleanUpOf, createWorkspaceRows } from './rows.ts';

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
  projectOf(projectId: string): Result<Project>;
  /** A clean-up has removed a workspace; told again after a crash in between. May not throw. */
  cleanedUp?(workspace: Workspace, how: CleanUpOf): void;
}

/** What a run has left in its workspace. */
interface Left {
  readonly unheld: readonly string[];
  readonly size: WorkSize | null;
}
const NOTHING_LEFT: Left = { unheld: [], size: null };

/**
 * The worktrees tasks work in. Everything made is recorded before it is made, so that a crash in between leaves nothing
 * unknown, and cleaning touches nothing else. What is done to one repository is done one after the other.
 */
export interface Workspaces {
  get(id: string): Workspace | null;
  /** Chooses branch, folder and base of a new workspace; changes nothing. */
  plan(input: PlanInput): Promise<Result<WorkspacePlan>>;
  /**
   * Makes what was planned: branch, worktree, copied files, setup commands. Called again with the same plan it goes on
   * where it was interrupted. After a refusal with nothing made there is no record either.
   */
  make(plan: WorkspacePlan, project: Project, options?: MakeOptions): Promise<Result<Workspace>>;
  /** A workspace of before, to go on in: still there, or completed now if its making was interrupted. */
  open(id: string, project: Project, options?: MakeOptions): Promise<Result<Workspace>>;
  /**
   * Takes away the locks that a killed git has left in a workspace. Call it when nothing of its run lives any more; one
   * after the other for a workspace, and `open` does it too. Never rejects.
   */
  tidy(id: string): Promise<void>;
  detail(id: string): Promise<Result<WorkspaceDetail>>;
  /** Newest first, each with a fresh look by git. */
  list(filter?: { projectId?: string; taskId?: string }): Promise<WorkspaceDetail[]>;
  /** The same as recorded, without a look. */
  recorded(filter?: { projectId?: string; taskId?: string }): Workspace[];
  /** See `changesOf` and `fileDiffOf`. */
  changes(id: string): Promise<Result<WorkspaceChanges>>;
  /** See `filesOf`. */
  files(id: string, query: string, limit: number): Promise<Result<{ paths: string[] }>>;
  fileDiff(id: string, path: string): Promise<Result<FileDiff>>;
  /** See `removeWorktree`. Refused while the task is queued or running. */
  remove(id: string, options?: { discard?: boolean }): Promise<Result<WorkspaceDetail>>;
  /** Those that are not removed, newest first, with why a clean-up leaves them; null where it would not. */
  leftovers(filter?: { projectId?: string; taskId?: string }): Promise<{ workspace: Workspace; stays: Stays | null }[]>;
  /** How much room a workspace takes, see `measure`; ends early when `signal` aborts. */
  measure(id: string, signal?: AbortSignal): Promise<Result<LeftoverSize>>;
  /** Removes a workspace as `remove` does, unless a look right before that says that it stays. */
  cleanUp(id: string, request: Omit<CleanUpRequest, 'measured'>): Promise<Result<{ bytes: number }>>;
  /** See `moveTo`. */
  moveTo(project: Project, path: string): Promise<Result<null>>;
  /**
   * What a run has left. `unheld`: sentences on work that the branch does not hold, where else it is, and what is in inner
   * repositories. `size`: null where nothing is changed, or git cannot tell. Never rejects.
   */
  left(id: string): Promise<Left>;
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
  const removals = createRemovals({
    cleanedUp: () => {},
    ...deps,
    rows,
    queue,
    trash,
    dataFolder,
    before,
    async lookThrough(workspace, project) {
      const stays = await whyStays({ workspace, project, before, logger });
      // What stays need not be measured.
      return stays === null ? measure(workspace, ending.signal) : { bytes: 0, complete: false, stays };
    },
  });
  const busy = new Set<Promise<unknown>>();
  let recovered: Promise<void> = Promise.resolve();

  /** Every git in the folder of the workspace works in what was recorded, or is refused. */
  function inPlace<T>(workspace: Workspace, work: (project: Project | null) => T): T {
    const project = deps.projectOf(workspace.projectId);
    if (!project.ok) return work(null);
    const place = { path: workspace.path, repository: project.value.path };
    return withGit({ place }, () => work(project.value));
  }
  async function inTurns<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
    const done: R[] = [];
    const next = all.entries();
    const worker = async () => {
      for (const [index, one] of next) done[index] = await work(one);
    };
    await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, worker));
    return done;
  }
  const look = (workspace: Workspace) =>
    inPlace(workspace, (project) => inspect({ workspace, project, before, logger }));

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

  const makings = createMakings({ ...deps, rows, queue, before, trash, limitMs, inPlace, tidy });

  const calls: Omit<Workspaces, 'close'> = {
    get: rows.get,
    plan: (input) => planWorkspace(input, folder),
    make: (plan, project, options = {}) => inRun(options, () => makings.make(plan, project, options)),
    open: (id, project, options = {}) => inRun(options, () => makings.open(id, project, options)),
    tidy: (id) =>
      finished(async () => {
        const workspace = rows.get(id);
        const project = workspace && deps.projectOf(workspace.projectId);
        const there = workspace?.state === 'ready' || workspace?.state === 'making';
        if (there && project?.ok) await tidy(workspace, project.value);
      }),
    async detail(id) {
      const workspace = rows.get(id);
      return workspace ? accept(await look(workspace)) : unknownWorkspace(id);
    },
    list: (filter = {}) => inTurns(rows.list(filter), look),
    recorded: (filter = {}) => rows.list(filter),
    async changes(id) {
      const workspace = rows.get(id);
      return workspace ? inPlace(workspace, (project) => changesOf(workspace, project, before)) : unknownWorkspace(id);
    },
    async files(id, query, limit) {
      const workspace = rows.get(id);
      return workspace
        ? inPlace(workspace, (project) => filesOf(workspace, project, query, limit))
        : unknownWorkspace(id);
    },
    async fileDiff(id, path) {
      const workspace = rows.get(id);
      return workspace ? inPlace(workspace, (project) => fileDiffOf(workspace, project, path)) : unknownWorkspace(id);
    },
    remove: (id, { discard = false } = {}) => finished(() => removals.remove(id, discard)),
    leftovers: (filter = {}) =>
      inTurns(
        rows.list(filter).filter(({ state }) => state === 'ready' || state === 'making'),
        async (workspace) => ({
          workspace,
          stays: await inPlace(workspace, (project) => whyStays({ workspace, project, before, logger })),
        }),
      ),
    async measure(id, signal) {
      const workspace = rows.get(id);
      return workspace ? accept(await inPlace(workspace, () => measure(workspace, signal))) : unknownWorkspace(id);
    },
    cleanUp: (id, request) =>
      finished(async () => {
        let bytes = 0;
        const measured = (size: number) => {
          bytes = size;
        };
        const removed = await removals.remove(id, false, { ...request, measured });
        return removed.ok ? accept({ bytes }) : removed;
      }),
    async left(id) {
      const workspace = rows.get(id);
      if (workspace?.state !== 'ready') return NOTHING_LEFT;
      try {
        const inner = await inPlace(workspace, () => innerRepositories(workspace.path, workspace.baseCommit));
        const detail = await look(workspace);
        const { files, insertions, deletions } = detail.diff;
        const size = files > 0 ? { files, insertions, deletions } : null;
        return { unheld: [...whereWords(detail), ...innerWords(inner)], size };
      } catch (error) {
        logger.warn('inner repositories cannot be looked at', { workspaceId: id, words: gitWords(error) });
        return NOTHING_LEFT;
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
