import type { ProcessIdentity } from '../../contract/run/state.ts';
import type { Task } from '../../contract/task/state.ts';
import type { Logger } from '../base/logger.ts';
import { isAlive } from '../process/identity.ts';
import type { TaskStore } from '../tasks/store.ts';
import type { StopNotes } from './stop-notes.ts';

const CLEANED_UP = 'Drover was killed while the task ran; what its agent left running is being ended.';

interface Deps {
  store: TaskStore;
  logger: Logger;
  resumes(): boolean;
  /** The runs that any process of this machine was started in. Empty where the system does not tell. */
  runsWithProcesses(): Map<string, unknown>;
  /** Ends what is left of a run: the recorded process, if it is still the same one, and strays. False: it does not end. */
  end(identity: ProcessIdentity | null, marker: string): Promise<boolean>;
  /** Does what has to be written, again and again until there is room for it; returns whether it was done. */
  persist(write: () => boolean): Promise<boolean>;
  /** Whether there is, or was, such a task in this data folder. */
  isOurs(taskId: string): boolean;
  /** Runs that a person had stopped while that could not be written. */
  stops: StopNotes;
  /** Nothing of a run that is over works in the workspace of the task any more. */
  left(taskId: string): void;
  /** Something that was being cleaned up is clean. */
  changed(taskId: string): void;
}

export interface Found {
  readonly taskIds: string[];
  readonly resumed: boolean;
}

/** What a dead host left, and how far it has been dealt with. */
export interface Recovery {
  /** Whether processes of an earlier run of the task still live. */
  isCleaning(taskId: string): boolean;
  /** The running tasks that wait for their clean-up: they keep their slots. */
  readonly held: readonly string[];
  /** The tasks that ran when the host died, and whether they were to be resumed; null when none did. */
  readonly found: Found | null;
  /** Resolves when everything has been dealt with. */
  readonly over: Promise<unknown>;
}

/**
 * Deals with what a dead host left behind: ends the processes of its runs, closes each run as interrupted, and queues
 * the task again where the setting says so. Runs of which nothing lives are closed before this returns; the others are
 * swept beside everything else, each task for itself. Strays of runs that are over are ended too. Nothing else is asked:
 * every other intent has its outcome.
 */
export function recover(deps: Deps): Recovery {
  const { store, logger, resumes } = deps;
  const cleaning = new Map<string, 'running' | 'over'>();
  const jobs: Promise<unknown>[] = [];
  const left = deps.runsWithProcesses();

  function close(taskId: string, runId: string): boolean {
    const words = 'Drover was killed while the task ran.';
    if (deps.stops.has(runId)) store.dispatch(taskId, { type: 'task.stop', by: 'user' });
    const done = store.dispatch(taskId, { type: 'run.recover', runId, resume: resumes(), words });
    if (done.ok) deps.stops.remove(runId);
    if (done.ok) deps.left(taskId);
    if (done.ok) logger.info('recovered a run of a dead host', { taskId, runId });
    else logger.error('a run of a dead host could not be recovered', { taskId, words: done.rejection.message });
    return done.ok || done.rejection.code === 'stale-run';
  }

  async function clean(taskId: string, task: Task | null, runs: readonly string[]): Promise<void> {
    const run = task?.status === 'running' ? task.run : null;
    if (run === null) logger.warn('processes of runs that are over still live and are ended', { taskId, runs });
    else store.dispatch(taskId, { type: 'run.abandon', runId: run.id, words: CLEANED_UP });
    const ended = await Promise.all(runs.map((runId) => deps.end(runId === run?.id ? run.process : null, runId)));
    if (!ended.every(Boolean)) return;
    if (run !== null) await deps.persist(() => close(taskId, run.id));
    cleaning.delete(taskId);
    deps.changed(taskId);
  }

  const toClean = new Map<string, Set<string>>();
  const add = (taskId: string, runId: string) => toClean.set(taskId, (toClean.get(taskId) ?? new Set()).add(runId));
  // Another Drover's are not ours to end: only those of tasks that this data folder has, or had.
  for (const runId of left.keys()) {
    const [taskId = ''] = runId.split('.');
    if (deps.isOurs(taskId)) add(taskId, runId);
  }
  const running = [...store.idsIn('running')];
  const found = running.length === 0 ? null : { taskIds: running, resumed: resumes() };
  for (const taskId of running) {
    const run = store.get(taskId)?.run;
    if (!run) continue;
    if (run.process !== null && mayLive(run.process)) add(taskId, run.id);
    if (toClean.has(taskId) || !close(taskId, run.id)) add(taskId, run.id);
  }
  for (const [taskId, runs] of toClean) {
    const task = store.get(taskId);
    cleaning.set(taskId, task?.status === 'running' ? 'running' : 'over');
    jobs.push(clean(taskId, task, [...runs]));
  }

  return {
    isCleaning: (taskId) => cleaning.has(taskId),
    get held() {
      return [...cleaning].flatMap(([taskId, kind]) => (kind === 'running' ? [taskId] : []));
    },
    found,
    over: Promise.allSettled(jobs),
  };
}

/** Elsewhere than on Linux a dead leader says nothing about the rest of its group. */
function mayLive(identity: ProcessIdentity): boolean {
  return process.platform !== 'linux' || isAlive(identity);
}
