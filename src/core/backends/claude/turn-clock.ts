import type { Clock } from '../../base/clock.ts';
import { type Message, type Result, readResult, text } from './protocol.ts';
import { readBackground } from './translate.ts';

/** What the program does beside answering: kept over turns, because background work outlives them. */
export interface Activity {
  take(message: Message): void;
  /** Whether nothing goes on and nothing is about to: no turn, no background work, no end of it to be told. */
  readonly quiet: boolean;
  /** Whether no turn goes on now; background shells may. */
  readonly idle: boolean;
  /** Whether the end of background work was announced while idle: the program then begins a turn of its own. */
  readonly announced: boolean;
  /** Gives up waiting for the announced turn. */
  forget(): void;
}

/**
 * Reads `session_state_changed` (`running`, `requires_action`, `idle`; stays `running` while a background subagent
 * works, but not for a background shell), `background_tasks_changed` and `task_notification`. The end of a background
 * shell is followed by a turn of the program's own, after some 100 ms in which it is idle.
 */
export function createActivity(): Activity {
  let state: string | null = null;
  let background = 0;
  let announced = false;
  const idle = () => state === null || state === 'idle';
  return {
    take(message) {
      if (message.type !== 'system') return;
      if (message.subtype === 'session_state_changed') {
        state = text(message.state);
        if (!idle()) announced = false;
      } else if (message.subtype === 'background_tasks_changed') background = readBackground(message).length;
      else if (message.subtype === 'task_notification' && idle()) announced = true;
    },
    get quiet() {
      return idle() && background === 0 && !announced;
    },
    get idle() {
      return idle();
    },
    get announced() {
      return announced;
    },
    forget() {
      announced = false;
    },
  };
}

/** How a turn ended: its last result; null when that could not be read, or did not come after an interrupt. */
export interface TurnEnd {
  result: Result | null;
  /** The `error` of the last message of the assistant. */
  errorName: string | null;
  interrupted: boolean;
}

export interface TurnClock {
  readonly over: Promise<TurnEnd>;
  take(message: Message): void;
  /** From now on the turn ends as interrupted, and waits for no background work. */
  interrupt(): void;
  /** Ends it now. */
  end(): void;
}

export interface TurnOptions {
  /** Of the prompt. */
  uuid: string;
  /** Has taken every message before the turn does. */
  activity: Activity;
  clock: Clock;
  /** How long background shells are waited for after the answer, in milliseconds. */
  backgroundWaitMs: number;
  /** How long a turn that was announced may take to begin, in milliseconds. */
  announcedWaitMs: number;
  /** Resolves when no item is open any more: then background shells are not waited for. */
  settled?: (signal: AbortSignal) => Promise<void>;
}

/**
 * Watches one turn until it is over: its prompt is answered, and the program is quiet again. What the program does by
 * itself after the answer (because a background shell or subagent has ended) belongs to the turn, and the last result
 * counts. A result belongs to the prompt whose uuid it names; results are never counted.
 */
export function createTurnClock(options: TurnOptions): TurnClock {
  const { uuid, activity, clock } = options;
  let result: Result | null = null;
  let errorName: string | null = null;
  let answered = false;
  let interrupted = false;
  let done = false;
  let waiting: { for: 'announced' | 'background'; stop(): void } | null = null;
  let resolve: (end: TurnEnd) => void = () => {};
  const over = new Promise<TurnEnd>((settle) => {
    resolve = settle;
  });

  function end(): void {
    if (done) return;
    done = true;
    waiting?.stop();
    resolve({ result, errorName, interrupted });
  }

  function look(): void {
    if (done) return;
    const idle = answered && activity.idle;
    if (idle && (interrupted || activity.quiet)) {
      end();
      return;
    }
    const what = !idle ? null : activity.announced ? 'announced' : 'background';
    if (what === (waiting?.for ?? null)) return;
    waiting?.stop();
    waiting = what === null ? null : { for: what, stop: what === 'announced' ? waitForTurn() : waitForShells() };
  }

  function waitForTurn(): () => void {
    const timer = clock.timer(options.announcedWaitMs, () => {
      activity.forget();
      look();
    });
    return timer.cancel;
  }

  function waitForShells(): () => void {
    const timer = clock.timer(options.backgroundWaitMs, end);
    const stopped = new AbortController();
    const atEnd = () => {
      if (!stopped.signal.aborted) end();
    };
    // A watch that breaks leaves the timer.
    options.settled?.(stopped.signal).then(atEnd, () => {});
    return () => {
      timer.cancel();
      stopped.abort();
    };
  }

  function takeResult(message: Message): void {
    const found = readResult(message);
    const ours = found.answers === null ? !found.ownTurn : found.answers.includes(uuid);
    if (ours) answered = true;
    // One without any request to the model says nothing, such as that a background shell has ended.
    if (ours || (answered && (found.isError || found.requests > 0))) result = found;
  }

  return {
    over,
    take(message) {
      if (message.type === 'assistant') errorName = text(message.error);
      else if (message.type === 'result') takeResult(message);
      // Comes after the result, before `idle`: all there is when the line of the result was too long to be read.
      else if (message.type === 'command_lifecycle' && message.command_uuid === uuid) {
        if (message.state === 'cancelled' || message.state === 'completed') answered = true;
        return;
      } else if (message.type !== 'system') return;
      look();
    },
    interrupt() {
      interrupted = true;
      look();
    },
    end,
  };
}
