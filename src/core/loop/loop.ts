import type { Settings } from '../../contract/settings/state.ts';
import { openItems } from '../../contract/task/derive.ts';
import type { Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import type { Backend } from '../backends/backend.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Patience } from '../db/patience.ts';
import { withGit } from '../git/git-context.ts';
import type { Hub } from '../log/hub.ts';
import type { Log } from '../log/log.ts';
import { runsWithProcesses } from '../process/kill-tree.ts';
import type { Projects } from '../projects/projects.ts';
import type { TaskStore } from '../tasks/store.ts';
import { holdsAll, type Waiting } from '../tasks/why-waits.ts';
import type { RunCheck } from '../tools/checklist.ts';
import type { TaskTokens } from '../tools/tokens.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import type { Asking } from './asking.ts';
import type { Ending } from './conduct.ts';
import { endLeft } from './end-left.ts';
import { enterWorkspace } from './enter-workspace.ts';
import type { LostWorkspace } from './lost-workspace.ts';
import { createPersist } from './persist.ts';
import { createRecorder } from './recorder.ts';
import { type Recovery, recover } from './recover.ts';
import { runTask } from './run-task.ts';
import { createScheduler, type RunningTurn } from './scheduler.ts';
import type { StopNotes } from './stop-notes.ts';

interface Deps {
  store: TaskStore;
  log: Log;
  hub: Hub;
  clock: Clock;
  logger: Logger;
  settings(): Settings;
  /** Whether everything is paused. */
  isPaused(): boolean;
  projects: Projects;
  workspaces: Workspaces;
  tokens: TaskTokens;
  backendOf(agent: string): Backend | null;
  /** The environment of agents. */
  environment(): Promise<Record<string, string>>;
  runCheck: RunCheck;
  asking: Asking;
  lostWorkspace: LostWorkspace;
  times: LoopTimes;
  stops: StopNotes;
  /** Waits while another program has the database locked. */
  patience: Patience;
}

/** Milliseconds; tests take shorter ones. */
export interface LoopTimes {
  /** Between the interrupt or SIGTERM to the processes of a run and SIGKILL. */
  stopGraceMs: number;
  /** Before what could not be written is tried again; each wait is twice the one before, up to the longest. */
  writeAgainMs: number;
  longestWriteAgainMs: number;
}

export const LOOP_TIMES: LoopTimes = { stopGraceMs: 4_000, writeAgainMs: 250, longestWriteAgainMs: 5_000 };

/** Everything Drover does on its own: starts, drives and ends the runs of tasks. */
export interface Loop {
  /**
   * Recovers what a dead host left and starts queued tasks. What has to be ended first is ended beside it. `address` is
   * where agents reach the server.
   */
  start(address: string): void;
  /** Stops the run of a task, if there is one, without writing anything first: true. */
  stop(taskId: string): boolean;
  /** Whether a check of the task runs. */
  runsCheck(taskId: string): boolean;
  /** Whether processes of an earlier run of the task still live and are being ended. */
  isCleaning(taskId: string): boolean;
  /** What holds a task that is queued now. */
  waiting(): Waiting;
  /** Looks for queued tasks again. */
  poke(): void;
  close(): Promise<void>;
}

export function createLoop(deps: Deps): Loop {
  const { store, log, hub, clock, logger, settings, isPaused, projects, workspaces, tokens, times } = deps;
  const resumes = () => settings()['task.recovery'] === 'resume';
  let address = '';
  const closing = new AbortController();
  const persist = createPersist({ firstMs: times.writeAgainMs, longestMs: times.longestWriteAgainMs });
  let recovery: Recovery | null = null;

  async function run(task: Task, signal: AbortSignal, turn: RunningTurn): Promise<Ending | null> {
    const runId = task.run?.id ?? '';
    const backend = deps.backendOf(task.agent.agent);
    if (!backend) return failed('backend-missing', `The agent ${task.agent.agent} no longer exists.`);
    const project = projects.get(task.projectId);
    if (!project.ok) return failed('workspace-failed', project.rejection.message);
    // A git that hangs must hold neither a stop nor the end of Drover.
    const untilStopped = <T>(work: () => Promise<T>) => withGit({ signal }, work);
    const recorder = createRecorder({ taskId: task.id, runId, store, log, hub, persist });
    const ending = await runTask({
      recorder,
      runId,
      backend,
      project: project.value,
      clock,
      tokens,
      logger: logger.child({ taskId: task.id, runId }),
      address,
      environment: deps.environment,
      enterWorkspace: () =>
        enterWorkspace({ recorder, runId, project: project.value, workspaces, signal, patience: deps.patience }),
      runCheck: deps.runCheck,
      stallMs: () => settings()['task.stallMs'],
      asking: { ...deps.asking, prepare: (one) => untilStopped(() => deps.asking.prepare(one)) },
      tidyWorkspace: () => tidy(task.id),
      lostWorkspace: (...of) => untilStopped(() => deps.lostWorkspace(...of)),
      checklistSettled: (until) => checklistSettled(task.id, until),
      signal,
      runningTurn: turn,
      stopGraceMs: times.stopGraceMs,
      closing: closing.signal,
    });
    const workspaceId = recorder.task().workspace?.id;
    if (ending === null || workspaceId === undefined) return ending;
    return nameUnheld(ending, await untilStopped(() => workspaces.unheld(workspaceId)), (words) =>
      recorder.record({ type: 'notice.recorded', runId, level: 'warning', code: 'not-in-branch', words }),
    );
  }

  /** A git of the agent that was ended may have left locks, in front of which a person's git would stop. */
  async function tidy(taskId: string): Promise<void> {
    const id = store.get(taskId)?.workspace?.id;
    if (id !== undefined) await workspaces.tidy(id);
  }

  function checklistSettled(taskId: string, until: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        const items = store.get(taskId)?.items ?? [];
        if (items.length > 0 && openItems(items).length === 0) done();
      };
      const unlisten = hub.listen((logged) => {
        if (logged.taskId === taskId && logged.event.type === 'item.changed') look();
      });
      const done = () => {
        unlisten();
        until.removeEventListener('abort', done);
        resolve();
      };
      until.addEventListener('abort', done);
      if (until.aborted) done();
      else look();
    });
  }

  /** What lived of an earlier run of the task is gone. */
  function release(taskId: string): void {
    const waiting = store.get(taskId)?.waiting;
    if (waiting && !holdsAll(waiting)) store.dispatch(taskId, { type: 'task.wait', waiting: scheduler.waiting() });
    scheduler.poke();
  }

  const scheduler = createScheduler({
    store,
    hub,
    logger,
    slots: () => settings()['task.slots'],
    paused: isPaused,
    resumes,
    isCleaning: (taskId) => recovery?.isCleaning(taskId) ?? false,
    reserved: () => (resumes() ? (recovery?.held ?? 0) : 0),
    persist,
    stops: deps.stops,
    run,
  });

  return {
    start(at) {
      address = at;
      recovery = recover({
        store,
        logger,
        resumes,
        runsWithProcesses,
        end: (identity, marker) =>
          endLeft({ identity, marker, graceMs: times.stopGraceMs, closing: closing.signal, logger }),
        persist: persist.until,
        isOurs: (taskId) => store.get(taskId) !== null || log.read({ after: 0, taskId, limit: 1 }).length > 0,
        stops: deps.stops,
        left: (taskId) => void tidy(taskId),
        changed: release,
      });
      scheduler.start();
    },
    waiting: scheduler.waiting,
    poke: scheduler.poke,
    stop: scheduler.stop,
    runsCheck: scheduler.runsCheck,
    isCleaning: (taskId) => recovery?.isCleaning(taskId) ?? false,
    async close() {
      closing.abort();
      await scheduler.close();
      persist.close();
      await recovery?.over;
    },
  };
}

/** A task that counts as done says what its branch does not hold. */
function nameUnheld(ending: Ending, sentences: readonly string[], notice: (words: string) => void): Ending {
  if (sentences.length === 0) return ending;
  const words = truncate(sentences.join(' '), 2000);
  notice(words);
  return { ...ending, outcome: { ...ending.outcome, words: truncate(`${ending.outcome.words} ${words}`, 2000) } };
}

function failed(code: 'backend-missing' | 'workspace-failed', words: string): Ending {
  return { status: 'failed', outcome: { code, words, hint: null } };
}
