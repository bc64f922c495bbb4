import type { Settings } from '../../contract/settings/state.ts';
import { openItems } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import type { OwnCommands } from '../agents/own-commands.ts';
import type { Backend } from '../backends/backend.ts';
import type { Clock } from '../base/clock.ts';
import type { DueList } from '../base/due-list.ts';
import type { Logger } from '../base/logger.ts';
import type { Patience } from '../db/patience.ts';
import { withGit } from '../git/git-context.ts';
import type { Hub } from '../log/hub.ts';
import type { Log } from '../log/log.ts';
import { runsWithProcesses } from '../process/kill-tree.ts';
import type { ProgramInTerminal } from '../process/program-in-terminal.ts';
import type { Projects } from '../projects/projects.ts';
import type { LimitWatch } from '../resources/limit-watch.ts';
import type { Checkpoints } from '../review/checkpoints.ts';
import { branchToBeginFrom } from '../tasks/dependencies.ts';
import type { TaskStore, Waiter } from '../tasks/store.ts';
import type { StartFacts, Waiting } from '../tasks/why-waits.ts';
import type { RunCheck } from '../tools/checklist.ts';
import type { TaskTokens } from '../tools/tokens.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import type { Asking } from './asking.ts';
import type { RunEnd } from './conduct.ts';
import { endLeft } from './end-left.ts';
import { enterWorkspace } from './enter-workspace.ts';
import type { LostWorkspace } from './lost-workspace.ts';
import type { LookAtWork, WorkSince } from './meanwhile.ts';
import { createPersist } from './persist.ts';
import { createRecorder } from './recorder.ts';
import { type Found, type Recovery, recover } from './recover.ts';
import { runTask } from './run-task.ts';
import { createScheduler, type RunningTurn } from './scheduler.ts';
import type { StopNotes } from './stop-notes.ts';

interface Deps {
  store: TaskStore;
  log: Log;
  hub: Hub;
  clock: Clock;
  due: DueList;
  logger: Logger;
  settings(): Settings;
  /** Whether everything is paused. */
  isPaused(): boolean;
  projects: Pick<Projects, 'get'>;
  workspaces: Pick<Workspaces, 'get' | 'plan' | 'make' | 'open' | 'left' | 'tidy'>;
  makeCheckpoint: Checkpoints['make'];
  tokens: TaskTokens;
  backendOf(agent: string): Backend | null;
  /** The usage limit that an agent has reached; null when none holds. */
  limitOf(agent: string): StartFacts['limit'];
  /** An agent says that it has reached a usage limit, until a time in milliseconds since 1970. */
  limitReached(agent: string, until: number, words: string): void;
  /** The environment of agents. */
  environment(): Promise<Record<string, string>>;
  runCheck: RunCheck;
  asking: Asking;
  lostWorkspace: LostWorkspace;
  lookAtWork: LookAtWork;
  workSince: WorkSince;
  /** Shows a person the terminal in which the agent of a task runs. */
  showTerminal(taskId: string, program: ProgramInTerminal): void;
  /** The commands of their own that agents have. */
  commands: Pick<OwnCommands, 'learn' | 'begins'>;
  limitWatch: Pick<LimitWatch, 'add' | 'measures'>;
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
  /** What ran when the Drover before this one was killed; null when nothing did. */
  recovered(): Found | null;
  /** What holds a task in the queue. */
  waiting(task: Waiter): Waiting;
  /**
   * Starts no more, and puts each run back into the queue when it is between turns, or as soon as it waits for a person;
   * resolves when none is left. A session that a person has is waited for. When `until` aborts, tasks are started again.
   */
  drain(until: AbortSignal): Promise<void>;
  /** Looks for queued tasks again. */
  poke(): void;
  close(): Promise<void>;
}

export function createLoop(deps: Deps): Loop {
  const { store, log, hub, clock, due, logger, settings, isPaused, projects, workspaces, tokens, times } = deps;
  const resumes = () => settings()['task.recovery'] === 'resume';
  let address = '';
  const closing = new AbortController();
  const persist = createPersist({ firstMs: times.writeAgainMs, longestMs: times.longestWriteAgainMs });
  let recovery: Recovery | null = null;

  async function run(task: Task, signal: AbortSignal, turn: RunningTurn): Promise<RunEnd | null> {
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
      due,
      tokens,
      logger: logger.child({ taskId: task.id, runId }),
      address,
      environment: deps.environment,
      enterWorkspace: () =>
        enterWorkspace({
          recorder,
          runId,
          project: project.value,
          workspaces,
          signal,
          dependedOn: branchToBeginFrom(task.schedule?.after, store.get),
          patience: deps.patience,
        }),
      runCheck: deps.runCheck,
      stallMs: () => settings()['task.stallMs'],
      limitWatch: deps.limitWatch,
      asking: { ...deps.asking, prepare: (one) => untilStopped(() => deps.asking.prepare(one)) },
      makeCheckpoint: deps.makeCheckpoint,
      tidyWorkspace: () => tidy(task.id),
      limitReached: (until, words) => deps.limitReached(task.agent.agent, until, words),
      lostWorkspace: (...of) => untilStopped(() => deps.lostWorkspace(...of)),
      lookAtWork: (folder) => untilStopped(() => deps.lookAtWork(folder)),
      workSince: (...of) => untilStopped(() => deps.workSince(...of)),
      showTerminal: deps.showTerminal,
      learnCommands: (names) => deps.commands.learn(task.agent.agent, task.projectId, names),
      isCommand: (text) => deps.commands.begins(task.agent.agent, task.projectId, text),
      checklistSettled: (until) => checklistSettled(task.id, until),
      givenBack: (until) => givenBack(task.id, until),
      askedAgain: (until) => askedAgain(task.id, until),
      signal,
      runningTurn: turn,
      stopGraceMs: times.stopGraceMs,
      closing: closing.signal,
    });
    const workspaceId = recorder.task().workspace?.id;
    if (ending === null || ending.status === 'queued' || workspaceId === undefined) return ending;
    const { unheld, size } = await untilStopped(() => workspaces.left(workspaceId));
    const named = nameUnheld(ending, unheld, (words) =>
      recorder.record({ type: 'notice.recorded', runId, level: 'warning', code: 'not-in-branch', words }),
    );
    return size === null ? named : { ...named, size };
  }

  /** A git of the agent that was ended may have left locks, in front of which a person's git would stop. */
  async function tidy(taskId: string): Promise<void> {
    const id = store.get(taskId)?.workspace?.id;
    if (id !== undefined) await workspaces.tidy(id);
  }

  const checklistSettled = (taskId: string, until: AbortSignal) =>
    whenTask(taskId, 'item.changed', ({ items }) => items.length > 0 && openItems(items).length === 0, until);

  const givenBack = (taskId: string, until: AbortSignal) =>
    whenTask(taskId, 'session.hand-over-requested', ({ run }) => run?.handOver === 'loop', until);

  const askedAgain = (taskId: string, until: AbortSignal) =>
    whenEvent(taskId, (event) => event.type === 'session.hand-over-requested' && event.to === 'person', until);

  /** Resolves when the task, looked at after each event of that type, is so; or when `until` aborts. */
  function whenTask(
    taskId: string,
    type: TaskEvent['type'],
    isSo: (task: Task) => boolean,
    until: AbortSignal,
  ): Promise<void> {
    const look = () => {
      const task = store.get(taskId);
      return task !== null && isSo(task);
    };
    return look() ? Promise.resolve() : whenEvent(taskId, (event) => event.type === type && look(), until);
  }

  /** Resolves when something happens to the task, or when `until` aborts. */
  function whenEvent(taskId: string, isIt: (event: TaskEvent) => boolean, until: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const unlisten = hub.listen((logged) => {
        if (logged.taskId === taskId && isIt(logged.event)) done();
      });
      const done = () => {
        unlisten();
        until.removeEventListener('abort', done);
        resolve();
      };
      until.addEventListener('abort', done);
      if (until.aborted) done();
    });
  }

  function slotsOfProject(projectId: string): number | null {
    const project = projects.get(projectId);
    return (project.ok ? project.value.slots : null) ?? settings()['task.slotsPerProject'];
  }

  const scheduler = createScheduler({
    store,
    hub,
    logger,
    slots: {
      all: () => settings()['task.slots'],
      ofProject: slotsOfProject,
      ofAgent: () => settings()['task.slotsPerAgent'],
    },
    due,
    now: clock.now,
    limitOf: deps.limitOf,
    paused: isPaused,
    resumes,
    isCleaning: (taskId) => recovery?.isCleaning(taskId) ?? false,
    reserved: () => (resumes() ? (recovery?.held ?? []) : []),
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
        changed: () => scheduler.poke(),
      });
      scheduler.start();
    },
    waiting: scheduler.waiting,
    poke: scheduler.poke,
    stop: scheduler.stop,
    runsCheck: scheduler.runsCheck,
    drain: scheduler.drain,
    isCleaning: (taskId) => recovery?.isCleaning(taskId) ?? false,
    recovered: () => recovery?.found ?? null,
    async close() {
      closing.abort();
      await scheduler.close();
      persist.close();
      await recovery?.over;
    },
  };
}

type Settled = Exclude<RunEnd, { status: 'queued' }>;

/** A task that counts as done says what its branch does not hold. */
function nameUnheld(ending: Settled, sentences: readonly string[], notice: (words: string) => void): Settled {
  if (sentences.length === 0) return ending;
  const words = truncate(sentences.join(' '), 2000);
  notice(words);
  return { ...ending, outcome: { ...ending.outcome, words: truncate(`${ending.outcome.words} ${words}`, 2000) } };
}

function failed(code: 'backend-missing' | 'workspace-failed', words: string): RunEnd {
  return { status: 'failed', outcome: { code, words, hint: null } };
}
