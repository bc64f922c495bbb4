import { realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LandingHow, LandingPreview, OpenLanding } from '../../contract/landing/state.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { ChangedTask, Task } from '../../contract/task/state.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { createKeyedQueue } from '../base/keyed-queue.ts';
import type { Logger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';
import { branchCommit } from '../git/branch-commit.ts';
import { filesOfTrees } from '../git/files-of-trees.ts';
import { allWithGit, gitEntry, withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import type { ChosenProgram } from '../process/locate-program.ts';
import type { EnvironmentOfUser } from '../process/run-for-user.ts';
import { changed, type TaskStore } from '../tasks/store.ts';
import { createBefore } from '../workspaces/before.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import { carryOut, failureWords } from './carry-out.ts';
import { findCheckout, inTheWay } from './checkout.ts';
import { INDEX } from './files.ts';
import { ontoProblem, previewOf } from './preview.ts';
import { endLanding, hasRepository } from './settle.ts';
import { workIn } from './workspace-work.ts';

interface Deps {
  db: Db;
  dataFolder: string;
  logger: Logger;
  environment: EnvironmentOfUser;
  gitProgram?(): ChosenProgram | null;
  store: Pick<TaskStore, 'get' | 'dispatch' | 'taskOfCommand'>;
  workspaces: Pick<Workspaces, 'get' | 'recorded' | 'tidy'>;
  projectOf(projectId: string): Result<Project>;
  /** Whether something of the last run of a task is still being ended. */
  isBusy(taskId: string): boolean;
  times?: Partial<LandingTimes>;
}

/** Milliseconds; tests take shorter ones. */
export interface LandingTimes {
  /** How long a commit may take, hooks and signature included, and the move of a checkout. */
  hooksMs: number;
  /** How long a locked index is waited for. */
  lockMs: number;
  /** How long each git of a preview may take. */
  lookMs: number;
}
export const LANDING_TIMES: LandingTimes = { hooksMs: 10 * 60_000, lockMs: 5_000, lookMs: 60_000 };

interface Where {
  taskId: string;
  onto?: string | undefined;
  how: LandingHow;
}
interface Land extends Where {
  message?: string | undefined;
  touchCheckout?: boolean | undefined;
  expect?: string | undefined;
  commandId?: string | undefined;
}

/**
 * Brings the work of tasks onto branches. Each landing is recorded in the log of its task before git does anything, so
 * that a kill leaves what was before or what is after. What is done to one repository is done one after the other.
 */
export interface Landings {
  /** Touches nothing. */
  preview(where: Where): Promise<Result<LandingPreview>>;
  land(input: Land): Promise<Result<ChangedTask>>;
  undo(input: Pick<Land, 'taskId' | 'touchCheckout' | 'commandId'>): Promise<Result<ChangedTask>>;
  /** Ends what a dead host had begun. Call it once, when the git of that host is ended; calls wait for it. Never rejects. */
  recover(after: Promise<unknown>): Promise<void>;
  /** Ends git; resolves when nothing is done any more. What is under way is ended by the next start. */
  close(): Promise<void>;
}

/** What a landing is about. */
interface Subject {
  task: Task;
  workspace: Workspace;
  project: Project;
}

export function createLandings(deps: Deps): Landings {
  const { db, store, workspaces, logger, environment } = deps;
  const times = { ...LANDING_TIMES, ...deps.times };
  const dataFolder = realpathSync(deps.dataFolder);
  const folder = join(dataFolder, 'landing');
  const before = createBefore(db);
  const queue = createKeyedQueue();
  const ending = new AbortController();
  const git = { environment, program: deps.gitProgram, entry: gitEntry(dataFolder), signal: ending.signal };
  const busy = new Set<Promise<unknown>>();
  let recovered: Promise<void> = Promise.resolve();

  function subjectOf(taskId: string): Result<Subject> {
    const task = store.get(taskId);
    if (task === null) return reject('not-found', `There is no task ${taskId}.`);
    const workspace = task.workspace && workspaces.get(task.workspace.id);
    if (!workspace) return reject('wrong-state', `Task ${taskId} has no workspace yet, so there is nothing to land.`);
    const project = deps.projectOf(task.projectId);
    return project.ok ? accept({ task, workspace, project: project.value }) : project;
  }

  /** The base of the work, as a branch of this repository. */
  async function defaultOnto({ workspace, project }: Subject): Promise<string | null> {
    const { baseBranch } = workspace;
    if (baseBranch === null) return null;
    const local = baseBranch.slice(baseBranch.indexOf('/') + 1);
    for (const name of [baseBranch, local]) if ((await branchCommit(project.path, name)) !== null) return name;
    return null;
  }

  async function look(
    where: Where,
    lockMs: number,
  ): Promise<Result<Subject & { preview: LandingPreview; work: Work }>> {
    const found = subjectOf(where.taskId);
    if (!found.ok) return found;
    const subject = found.value;
    const { task, workspace, project } = subject;
    if (!(await hasRepository(project))) return reject('unavailable', `There is no repository in ${project.path}.`);
    const onto = where.onto ?? (await defaultOnto(subject));
    if (onto === null)
      return reject('invalid', 'The work began from no branch of this repository; name one to land on.');
    const problem = ontoProblem(onto, workspace);
    if (problem !== null) return reject('invalid', problem);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const own = await mkdtemp(join(folder, 'look-'));
    try {
      const work = await workIn({ workspace, project, before, lockMs, index: join(own, INDEX) });
      const all = workspaces.recorded({ projectId: project.id });
      const preview = await previewOf({
        task,
        workspace,
        project,
        workspaces: all,
        onto,
        how: where.how,
        work,
        lockMs,
      });
      return preview.ok ? accept({ ...subject, preview: preview.value, work }) : preview;
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  }

  /** One after the other for a project. */
  function inTurn<T>(taskId: string, job: () => Promise<Result<T>>): Promise<Result<T>> {
    const key = store.get(taskId)?.projectId ?? taskId;
    return finished(() => queue.run(key, () => refusing(job)));
  }

  /** When what a dead host left is dealt with, and before Drover ends. */
  async function finished<T>(job: () => Promise<Result<T>>): Promise<Result<T>> {
    const done = recovered.then(job);
    busy.add(done);
    try {
      return await done;
    } finally {
      busy.delete(done);
    }
  }

  async function refusing<T>(job: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await job();
    } catch (error) {
      return reject('unavailable', `Git could not do it: ${gitWords(error)}`);
    }
  }

  /** A command that was seen before gets its earlier answer, whatever stands here. */
  function repeated(taskId: string, commandId: string | undefined): Result<ChangedTask> | null {
    if (commandId === undefined || store.taskOfCommand(commandId) === null) return null;
    return changed(store.dispatch(taskId, { type: 'landing.settle', no: 0, result: 'failed', words: '' }, commandId));
  }

  /** Decides by the refs how a landing has ended, and records it. Null when Drover is ending: the next start does it. */
  async function settle(taskId: string, words: string | null): Promise<Result<ChangedTask> | null> {
    const open = store.get(taskId)?.openLanding;
    const found = subjectOf(taskId);
    if (open === undefined) return null;
    if (!found.ok) return found;
    const { project, workspace } = found.value;
    const own = workspace.id === open.workspaceId ? workspace : workspaces.get(open.workspaceId);
    if (ending.signal.aborted) return null;
    const ended = await endLanding({ open, project, workspace: own, folder: join(folder, taskId) });
    const said = [words ?? 'Drover was ended in the middle of it; everything is as it was before.'];
    if (!ended.done) said.push(...ended.left);
    const result = ended.done ? 'done' : 'failed';
    const settled = changed(
      store.dispatch(taskId, { type: 'landing.settle', no: open.no, result, words: ended.done ? '' : said.join(' ') }),
    );
    if (!settled.ok) return settled;
    await rm(join(folder, taskId), { recursive: true, force: true });
    return ended.done ? settled : reject('conflict', said.join(' '));
  }

  /** A landing from intent to outcome. */
  async function perform(
    subject: Subject,
    landing: Omit<OpenLanding, 'no' | 'work'>,
    how: { commandId: string | undefined; message: string | null; work: Work | null },
  ): Promise<Result<ChangedTask>> {
    const { task, project, workspace } = subject;
    const own = join(folder, task.id);
    await rm(own, { recursive: true, force: true });
    await mkdir(own, { recursive: true, mode: 0o700 });
    const requested = store.dispatch(task.id, { type: 'landing.request', landing }, how.commandId);
    const open = requested.ok ? requested.value.task.openLanding : undefined;
    if (!requested.ok || open === undefined) {
      await rm(own, { recursive: true, force: true });
      return changed(requested);
    }
    let words: string | null = null;
    try {
      await carryOut({
        ...{ open, task, project, workspace, folder: own, times },
        ...{ message: how.message, work: how.work },
        prepared(work, to) {
          const done = store.dispatch(task.id, { type: 'landing.prepare', no: open.no, work, to });
          if (!done.ok) throw new Error(done.rejection.message);
        },
      });
    } catch (error) {
      words = failureWords(error);
      logger.info('a landing failed', { taskId: task.id, words });
    }
    return (
      (await settle(task.id, words)) ??
      reject('unavailable', 'Drover is ending; the landing is settled at its next start.')
    );
  }

  const calls: Omit<Landings, 'close'> = {
    preview: (where) =>
      withGit({ limitMs: times.lookMs }, () =>
        finished(() =>
          refusing(async () => {
            const found = await look(where, 0);
            return found.ok ? accept(found.value.preview) : found;
          }),
        ),
      ),
    land: ({ touchCheckout, commandId, message, expect, ...where }) =>
      inTurn(where.taskId, async () => {
        const { taskId } = where;
        const earlier = repeated(taskId, commandId);
        if (earlier !== null) return earlier;
        const left = await settle(taskId, null);
        if (left !== null && !left.ok && left.rejection.code !== 'conflict') return left;
        const busyWords = refusalWhileBusy(taskId);
        if (busyWords !== null) return busyWords;
        const workspaceId = store.get(taskId)?.workspace?.id;
        if (workspaceId !== undefined) await workspaces.tidy(workspaceId);
        const found = await look(where, times.lockMs);
        if (!found.ok) return found;
        const { preview, work } = found.value;
        const { onto, ontoCommit, checkout, problems } = preview;
        if (problems.length > 0) return reject('conflict', problems.join(' '));
        if (expect !== undefined && expect !== ontoCommit) {
          return reject('conflict', `${onto} has moved since it was looked at; look at the preview again.`);
        }
        if (checkout !== null && touchCheckout !== true) return untouched(onto, checkout.path, '');
        const landing = {
          ...{ kind: 'land' as const, how: where.how, onto, workspaceId: preview.workspaceId },
          ...{ from: ontoCommit, to: null, head: work.live ? work.head : null, checkout: checkout?.path ?? null },
        };
        return perform(found.value, landing, { commandId, message: message ?? preview.message, work });
      }),
    undo: ({ taskId, touchCheckout, commandId }) =>
      inTurn(taskId, async () => {
        const earlier = repeated(taskId, commandId);
        if (earlier !== null) return earlier;
        const left = await settle(taskId, null);
        if (left !== null && !left.ok && left.rejection.code !== 'conflict') return left;
        const found = subjectOf(taskId);
        if (!found.ok) return found;
        const { task, project } = found.value;
        const { landing } = task;
        if (landing === undefined) return reject('wrong-state', `The work of task ${taskId} has not landed.`);
        const { onto, commit, before: to, how } = landing;
        const tip = await branchCommit(project.path, onto);
        if (tip !== commit) {
          const what = tip === null ? 'is gone' : `is at ${tip.slice(0, 7)} by now`;
          return reject('conflict', `${onto} ${what}, so the landing cannot be undone; it was left as it is.`);
        }
        const all = workspaces.recorded({ projectId: project.id });
        const checkout = await findCheckout({ project, onto, workspaces: all, lockMs: times.lockMs });
        if (checkout !== null) {
          const way = await inTheWay(checkout.path, await filesOfTrees(project.path, commit, to));
          const problem = checkout.problem ?? way;
          if (problem !== null) return reject('conflict', problem);
          if (touchCheckout !== true) return untouched(onto, checkout.path, ' back');
        }
        return perform(
          found.value,
          {
            ...{ kind: 'undo', how, onto, workspaceId: found.value.workspace.id },
            ...{ from: commit, to, head: null, checkout: checkout?.path ?? null },
          },
          { commandId, message: null, work: null },
        );
      }),
    recover(after) {
      recovered = after.then(recoverAll, recoverAll);
      return recovered;
    },
  };

  function refusalWhileBusy(taskId: string): ReturnType<typeof reject> | null {
    if (!deps.isBusy(taskId)) return null;
    return reject('wrong-state', `What the last run of task ${taskId} has left is still being ended; try again.`);
  }

  async function recoverAll(): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      try {
        if (store.get(name)?.openLanding !== undefined) {
          await settle(name, null);
          logger.info('an interrupted landing was dealt with', { taskId: name });
        } else await rm(join(folder, name), { recursive: true, force: true });
      } catch (error) {
        logger.warn('an interrupted landing could not be dealt with', { taskId: name, words: gitWords(error) });
      }
    }
  }

  return {
    ...allWithGit(git, calls),
    async close() {
      ending.abort();
      await Promise.allSettled([recovered, ...busy]);
    },
  };
}

type Work = Awaited<ReturnType<typeof workIn>>;

function untouched(onto: string, path: string, back: string): ReturnType<typeof reject> {
  return reject(
    'conflict',
    `${onto} is checked out in ${path}, whose files would be moved${back} with it. Say so, or land on another branch.`,
    ['touchCheckout'],
  );
}
