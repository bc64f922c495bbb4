import { randomUUID } from 'node:crypto';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Task, TaskOutcome } from '../../contract/task/state.ts';
import type { Logger } from '../base/logger.ts';
import type { Hub } from '../log/hub.ts';
import type { TaskStore } from '../tasks/store.ts';
import { holdsAll, WAITS_FOR_SLOT, type Waiting, whyWaits } from '../tasks/why-waits.ts';
import type { Ending } from './conduct.ts';
import type { Persist } from './persist.ts';
import type { StopNotes } from './stop-notes.ts';
import { RESUME_HINT } from './verdict.ts';

/** Runs queued tasks while there are free slots, unless everything is paused, and stops them when asked. */
export interface Scheduler {
  /** Begins to react; queued tasks start. */
  start(): void;
  /** What holds a task that is queued now. */
  waiting(): Waiting;
  /** Looks again at the settings: begins what may run now, and puts what runs back into the queue when paused. */
  poke(): void;
  /**
   * Stops the run of a task, if there is one: true. Needs nothing to be written: the stop is told in the log when there
   * is room for it.
   */
  stop(taskId: string): boolean;
  /** Whether a check of the task runs. */
  runsCheck(taskId: string): boolean;
  /** Stops every run and starts no more; resolves when no process of any run is left. */
  close(): Promise<void>;
}

/** What a run lets others do to its turn. */
export interface RunningTurn {
  /** Ends the turn that is under way, so that a message can be read; null while there is none. */
  yield: (() => void) | null;
  /** The check that runs after the turn, with the id by which its stalls are known. */
  check: { id: string; stop(): void } | null;
}

/** Why the signal of a run was aborted. */
type Halt = 'stop' | 'suspend' | 'pause';

interface Deps {
  store: TaskStore;
  hub: Hub;
  logger: Logger;
  slots(): number;
  /** While it is so, nothing runs. */
  paused(): boolean;
  /** Whether a run that the ending of the host interrupts goes on at the next start. */
  resumes(): boolean;
  /** Whether what an earlier run of a task left running is still being ended. */
  isCleaning(taskId: string): boolean;
  /** Slots that are taken by tasks which are running for a person, but not here. */
  reserved(): number;
  persist: Pick<Persist, 'until'>;
  stops: StopNotes;
  /** Carries out a run; null when it was stopped through the signal. No process is left when it resolves. */
  run(task: Task, signal: AbortSignal, turn: RunningTurn): Promise<Ending | null>;
}

export function createScheduler(deps: Deps): Scheduler {
  const { store, hub, logger, slots, paused, resumes, run } = deps;
  const active = new Map<string, { halt: AbortController; turn: RunningTurn; done: Promise<void> }>();
  let open = false;
  let poked = false;
  let wasPaused = false;
  let unwritten = false;
  let isLookingAgain = false;
  let unlisten: (() => void) | null = null;

  function poke(): void {
    if (poked || !open) return;
    poked = true;
    // Not inside the transaction's own publication: a run writes events of its own.
    queueMicrotask(() => {
      poked = false;
      look();
      if (unwritten) lookAgain();
    });
  }

  /** A task could not be started, because that could not be written: until it can be. */
  function lookAgain(): void {
    if (isLookingAgain) return;
    isLookingAgain = true;
    const again = () => {
      unwritten = false;
      look();
      return !unwritten;
    };
    void deps.persist.until(again).then(() => {
      isLookingAgain = false;
    });
  }

  function look(): void {
    if (!open) return;
    const changed = paused() !== wasPaused;
    wasPaused = paused();
    if (wasPaused) for (const { halt } of active.values()) halt.abort('pause' satisfies Halt);
    fill();
    // Says of what was in the queue before, and stays there, why it does.
    if (!changed) return;
    for (const taskId of store.idsIn('queued')) store.dispatch(taskId, { type: 'task.wait', waiting: waiting() });
  }

  const reasonOf = (cleaning: boolean) =>
    whyWaits({ paused: paused(), cleaning, slots: slots(), taken: active.size + deps.reserved() });

  /** What holds a task that nothing of its own holds; one that may start waits for its slot until it does. */
  function waiting(): Waiting {
    return reasonOf(false) ?? WAITS_FOR_SLOT;
  }

  function fill(): void {
    if (reasonOf(false) !== null) return;
    for (const taskId of store.idsIn('queued')) {
      if (active.has(taskId)) continue;
      const reason = reasonOf(deps.isCleaning(taskId));
      if (reason === null) begin(taskId);
      else if (holdsAll(reason)) return;
      else store.dispatch(taskId, { type: 'task.wait', waiting: reason });
      if (unwritten) return;
    }
  }

  function begin(taskId: string): void {
    const task = store.get(taskId);
    if (!task) return;
    const goesOn = task.nextMode === 'resume' || task.nextMode === 'recovery';
    const sessionId = (goesOn ? task.sessionId : null) ?? randomUUID();
    const started = store.dispatch(taskId, { type: 'run.start', sessionId });
    if (!started.ok) {
      logger.error('a queued task could not be started', { taskId, words: started.rejection.message });
      unwritten = started.rejection.code === 'unavailable';
      return;
    }
    const halt = new AbortController();
    const turn: RunningTurn = { yield: null, check: null };
    const done = carryOut(started.value.task, halt, turn);
    active.set(taskId, { halt, turn, done });
  }

  async function carryOut(task: Task, halt: AbortController, turn: RunningTurn): Promise<void> {
    const runId = task.run?.id ?? '';
    let ending: Ending | null;
    try {
      ending = await run(task, halt.signal, turn);
    } catch (error) {
      logger.error('a run failed unexpectedly', {
        taskId: task.id,
        error: error instanceof Error ? error.stack : String(error),
      });
      const words = `Drover itself failed: ${error instanceof Error ? error.message : String(error)}`;
      ending = {
        status: 'failed',
        outcome: {
          code: 'crashed',
          words,
          hint: 'The log file has the details. The work is kept; resume the task to continue.',
        },
      };
    }
    // A full disk, most likely. The next start would recover the run; until then, it is tried again.
    const reason = halt.signal.reason as Halt | undefined;
    const written = deps.persist.until(() => settle(task.id, runId, ending, reason));
    active.delete(task.id);
    void written.then(poke);
    poke();
  }

  /** Whether the ending is written, or will never have to be. */
  function settle(taskId: string, runId: string, ending: Ending | null, halt: Halt | undefined): boolean {
    if (halt === 'stop' && !wasTold(taskId, runId)) store.dispatch(taskId, { type: 'task.stop', by: 'user' });
    const stopped: { status: 'cancelled'; outcome: TaskOutcome } = {
      status: 'cancelled',
      outcome: { code: 'by-user', words: 'Stopped.', hint: RESUME_HINT },
    };
    const interrupted = ending === null && (halt === 'suspend' || halt === 'pause');
    const settled = interrupted
      ? store.dispatch(taskId, {
          type: 'run.recover',
          runId,
          resume: halt === 'pause' || resumes(),
          words: halt === 'pause' ? 'Drover was paused while the task ran.' : 'Drover quit while the task ran.',
        })
      : store.dispatch(taskId, { type: 'run.settle', runId, ...(ending ?? stopped) });
    if (settled.ok || settled.rejection.code === 'stale-run' || settled.rejection.code === 'not-found') {
      deps.stops.remove(runId);
      return true;
    }
    logger.error('the ending of a run could not be written', { taskId, words: settled.rejection.message });
    return false;
  }

  /** Whether the log knows that the run was to stop. */
  function wasTold(taskId: string, runId: string): boolean {
    const task = store.get(taskId);
    return task?.run?.id !== runId || task.phase === 'stopping';
  }

  function react({ taskId, event }: LoggedEvent): void {
    if (event.type === 'task.queued') poke();
    if (event.type === 'task.stop-requested') active.get(taskId)?.halt.abort('stop' satisfies Halt);
    if (event.type === 'check.stop-requested') active.get(taskId)?.turn.check?.stop();
    if (event.type === 'message.send-requested') active.get(taskId)?.turn.yield?.();
  }

  return {
    start() {
      open = true;
      unlisten = hub.listen(react);
      look();
      if (unwritten) lookAgain();
    },
    waiting,
    poke,
    stop(taskId) {
      const one = active.get(taskId);
      one?.halt.abort('stop' satisfies Halt);
      const runId = store.get(taskId)?.run?.id;
      if (one && runId !== undefined) deps.stops.add(runId);
      return one !== undefined;
    },
    runsCheck: (taskId) => (active.get(taskId)?.turn.check ?? null) !== null,
    async close() {
      open = false;
      for (const { halt } of active.values()) halt.abort('suspend' satisfies Halt);
      await Promise.all([...active.values()].map((one) => one.done));
      unlisten?.();
    },
  };
}
