import { randomUUID } from 'node:crypto';
import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Task, TaskOutcome } from '../../contract/task/state.ts';
import type { DueList } from '../base/due-list.ts';
import type { Logger } from '../base/logger.ts';
import type { Hub } from '../log/hub.ts';
import type { TaskStore, Waiter } from '../tasks/store.ts';
import type { Waiting } from '../tasks/why-waits.ts';
import type { RunEnd } from './conduct.ts';
import type { Persist } from './persist.ts';
import { createQueue, type QueueDeps } from './queue.ts';
import type { StopNotes } from './stop-notes.ts';
import { RESUME_HINT, type Verdict } from './verdict.ts';

/** Runs queued tasks while there are free slots, unless everything is paused, and stops them when asked. */
export interface Scheduler {
  /** Begins to react; queued tasks start. */
  start(): void;
  /** What holds a task in the queue. */
  waiting(task: Waiter): Waiting;
  /** Looks again at the settings: begins what may run now, and puts what runs back into the queue when paused. */
  poke(): void;
  /**
   * Stops the run of a task, if there is one: true. Needs nothing to be written: the stop is told in the log when there
   * is room for it.
   */
  stop(taskId: string): boolean;
  /** Whether a check of the task runs. */
  runsCheck(taskId: string): boolean;
  /**
   * Starts no more, and puts each run back into the queue when it is between turns, or as soon as it waits for a person;
   * resolves when none is left. A session that a person has is waited for. When `until` aborts, tasks are started again.
   */
  drain(until: AbortSignal): Promise<void>;
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
type Halt = 'stop' | 'suspend' | 'pause' | 'drain';

/** After these a run would begin its next turn. */
const BEFORE_A_TURN: ReadonlySet<string> = new Set<Verdict['decision']>(['nudge', 'follow-up', 'try-again']);

interface Deps extends Omit<QueueDeps, 'taken' | 'draining'> {
  store: TaskStore;
  hub: Hub;
  logger: Logger;
  /** Calls when the time of a task has come. */
  due: DueList;
  /** Whether a run that the ending of the host interrupts goes on at the next start. */
  resumes(): boolean;
  /** Tasks with a slot which are running for a person, but not here. */
  reserved(): readonly string[];
  persist: Pick<Persist, 'until'>;
  stops: StopNotes;
  /** Carries out a run; null when it was stopped through the signal. No process is left when it resolves. */
  run(task: Task, signal: AbortSignal, turn: RunningTurn): Promise<RunEnd | null>;
}

/** What may let a task start that waits, or change why it does: itself, or one that depends on it. */
const MATTERS_TO_QUEUE: ReadonlySet<LoggedEvent['event']['type']> = new Set([
  'task.queued',
  'task.scheduled',
  'task.moved',
  'task.edited',
  'task.cancelled',
  'task.accepted',
  'task.archived',
  'task.deleted',
]);

export function createScheduler(deps: Deps): Scheduler {
  const { store, hub, logger, paused, resumes, run } = deps;
  const active = new Map<string, { halt: AbortController; turn: RunningTurn; done: Promise<void> }>();
  const queue = createQueue({
    ...deps,
    draining: () => drained !== null,
    taken: () => [...active.keys(), ...deps.reserved()],
  });
  /** Told when no run is left; null while runs are started. */
  let drained: (() => void) | null = null;
  let cancelAlarm = () => {};
  let open = false;
  let poked = false;
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
    if (paused()) for (const [taskId, { halt }] of active) if (!isHeld(taskId)) halt.abort('pause' satisfies Halt);
    const tasks = queue.inOrder();
    cancelAlarm();
    const at = queue.nextStart(tasks);
    if (at !== null) cancelAlarm = deps.due.add(at, poke);
    for (const task of tasks) {
      if (active.has(task.id)) continue;
      const reason = queue.whyWaits(task);
      if (reason === null) begin(task.id);
      else if (reason.words !== task.waiting?.words) store.dispatch(task.id, { type: 'task.wait', waiting: reason });
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
    let ending: RunEnd | null;
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
    if (active.size === 0) drained?.();
    void written.then(poke);
    poke();
  }

  /** Whether the ending is written, or will never have to be. */
  function settle(taskId: string, runId: string, ending: RunEnd | null, halt: Halt | undefined): boolean {
    if (halt === 'stop' && !wasTold(taskId, runId)) store.dispatch(taskId, { type: 'task.stop', by: 'user' });
    const stopped: { status: 'cancelled'; outcome: TaskOutcome } = {
      status: 'cancelled',
      outcome: { code: 'by-user', words: 'Stopped.', hint: RESUME_HINT },
    };
    const recovered = recoveryOf(ending, halt);
    const settled = recovered
      ? store.dispatch(taskId, { type: 'run.recover', runId, ...recovered })
      : store.dispatch(taskId, {
          type: 'run.settle',
          runId,
          ...(ending === null || ending.status === 'queued' ? stopped : ending),
        });
    if (settled.ok || settled.rejection.code === 'stale-run' || settled.rejection.code === 'not-found') {
      deps.stops.remove(runId);
      return true;
    }
    logger.error('the ending of a run could not be written', { taskId, words: settled.rejection.message });
    return false;
  }

  /** How a run that has come to no outcome goes on; null for one that has, or was stopped. */
  function recoveryOf(ending: RunEnd | null, halt: Halt | undefined): { resume: boolean; words: string } | null {
    if (halt === 'stop') return null;
    if (ending?.status === 'queued') return { resume: true, words: ending.words };
    if (ending !== null || halt === undefined) return null;
    if (halt === 'pause') return { resume: true, words: 'Drover was paused while the task ran.' };
    if (halt === 'drain') return { resume: true, words: 'Drover restarted.' };
    return { resume: resumes(), words: 'Drover quit while the task ran.' };
  }

  /** Whether the log knows that the run was to stop. */
  function wasTold(taskId: string, runId: string): boolean {
    const task = store.get(taskId);
    return task?.run?.id !== runId || task.phase === 'stopping';
  }

  /** Whether a person has the session of the task: a pause holds the loop, not them. */
  function isHeld(taskId: string): boolean {
    return store.get(taskId)?.run?.holder === 'person';
  }

  function putBack(taskId: string): void {
    active.get(taskId)?.halt.abort('drain' satisfies Halt);
  }

  function putBackIfIdle(taskId: string): void {
    const phase = store.get(taskId)?.phase;
    if ((phase === 'idle' || phase === 'waiting') && !isHeld(taskId)) putBack(taskId);
  }

  function react({ taskId, event }: LoggedEvent): void {
    queue.forget(taskId);
    if (MATTERS_TO_QUEUE.has(event.type)) poke();
    if (event.type === 'task.stop-requested') active.get(taskId)?.halt.abort('stop' satisfies Halt);
    if (event.type === 'check.stop-requested') active.get(taskId)?.turn.check?.stop();
    if (event.type === 'message.send-requested') active.get(taskId)?.turn.yield?.();
    if (drained !== null) {
      if (event.type === 'verdict.reached' && BEFORE_A_TURN.has(event.decision)) putBack(taskId);
      else putBackIfIdle(taskId);
    }
    if (event.type !== 'session.hand-over-requested') return;
    if (event.now) active.get(taskId)?.turn.yield?.();
    // While all is paused, what comes back to the loop waits with the rest.
    if (event.to === 'loop' && paused()) active.get(taskId)?.halt.abort('pause' satisfies Halt);
  }

  return {
    start() {
      open = true;
      unlisten = hub.listen(react);
      look();
      if (unwritten) lookAgain();
    },
    waiting: queue.waiting,
    poke,
    stop(taskId) {
      const one = active.get(taskId);
      one?.halt.abort('stop' satisfies Halt);
      const runId = store.get(taskId)?.run?.id;
      if (one && runId !== undefined) deps.stops.add(runId);
      return one !== undefined;
    },
    runsCheck: (taskId) => (active.get(taskId)?.turn.check ?? null) !== null,
    drain: (until) =>
      new Promise((resolve) => {
        const goOn = () => {
          drained = null;
          poke();
          resolve();
        };
        drained = resolve;
        until.addEventListener('abort', goOn, { once: true });
        for (const taskId of active.keys()) putBackIfIdle(taskId);
        if (until.aborted) goOn();
        else if (active.size === 0) resolve();
      }),
    async close() {
      open = false;
      cancelAlarm();
      for (const { halt } of active.values()) halt.abort('suspend' satisfies Halt);
      await Promise.all([...active.values()].map((one) => one.done));
      unlisten?.();
    },
  };
}
