import type { Result } from '../../contract/rejection.ts';
import { briefCall } from '../../contract/run/brief-call.ts';
import type { RunEvent } from '../../contract/run/events.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import type { Task } from '../../contract/task/state.ts';
import { truncate } from '../../contract/text.ts';
import type { SessionEntry, SessionReport } from '../backends/backend.ts';
import { isLocked } from '../db/storage-error.ts';
import type { Hub } from '../log/hub.ts';
import type { Log } from '../log/log.ts';
import type { Dispatched, TaskStore } from '../tasks/store.ts';
import { createHeldEvents, NotRecorded } from './held-events.ts';
import type { Persist } from './persist.ts';

/** Text of entries that one turn may store in full; after that, beginnings only. UTF-16 units. */
const MAX_TURN_TEXT = 48 * 1024 * 1024;
const SHORT = 400;

/** What is held in memory while another program has the database locked; UTF-16 units. */
const MAX_HELD = 32 * 1024 * 1024;

/**
 * Writes down what happens in one run. Throws `NotRecorded` when it cannot: then the run must not go on. While another
 * program has the database locked, what happens is held in memory and written, in its order, when it is free again.
 */
export interface Recorder {
  /** The task, with what is held. */
  task(): Task;
  record(...events: RunEvent[]): void;
  /**
   * Resolves when all that was recorded is in the log: to be waited for before an effect whose intent it is. Rejects with
   * `NotRecorded` when that will not be.
   */
  written(): Promise<void>;
  /** Whether something waits to be written. */
  readonly isHolding: boolean;
  dispatch(command: TaskCommand): Result<Dispatched>;
  keep(text: string): ReturnType<Log['keep']>;
  /** What a session tells, written down. After a failure it writes nothing more and calls `failed` once. */
  report(hooks: { alive(): void; responded(): void; failed(error: NotRecorded): void }): SessionReport;
  /** Begins a new turn: its entries may be stored in full again. */
  beginTurn(): void;
}

interface Deps {
  taskId: string;
  runId: string;
  store: TaskStore;
  log: Log;
  hub: Hub;
  /** Tries again what could not be written. */
  persist: Pick<Persist, 'until'>;
}

export function createRecorder({ taskId, runId, store, log, hub, persist }: Deps): Recorder {
  let turnText = 0;
  let cutNoted = false;
  const held = createHeldEvents({ taskId, runId, store, persist, maxText: MAX_HELD });

  function task(): Task {
    const found = store.get(taskId);
    if (!found) throw new NotRecorded(`Task ${taskId} is gone.`);
    return held.over(found);
  }

  function record(...events: RunEvent[]): void {
    if (!held.isEmpty) {
      held.add(events);
      return;
    }
    const done = store.dispatch(taskId, { type: 'run.record', runId, events });
    if (done.ok) return;
    if (!isLocked(done.rejection)) throw new NotRecorded(done.rejection.message);
    held.add(events);
  }

  const keep = (text: string) => log.keep(taskId, text, held.addWrite);

  function keepEntry(text: string) {
    turnText += text.length;
    if (turnText <= MAX_TURN_TEXT) return keep(text);
    if (!cutNoted) {
      cutNoted = true;
      record({
        type: 'notice.recorded',
        runId,
        level: 'warning',
        code: 'turn-text-cut',
        words: 'This turn has produced a great deal of output; from here on only the beginning of each entry is kept.',
      });
    }
    return { text: truncate(text, SHORT), bytes: Buffer.byteLength(text), blob: null };
  }

  function entryEvent(entry: SessionEntry): RunEvent {
    switch (entry.type) {
      case 'text':
      case 'thinking': {
        const { entryId, parent } = entry;
        return { type: `entry.${entry.type}`, runId, entryId, content: keepEntry(entry.text), parent };
      }
      case 'typed':
        return { type: 'entry.typed', runId, entryId: entry.entryId, content: keepEntry(entry.text) };
      case 'tool-called': {
        const { callId, parent } = entry;
        const call = briefCall(entry.call);
        return { type: 'tool.called', runId, callId, name: call.title, call, input: keepEntry(entry.input), parent };
      }
      case 'tool-settled': {
        const { callId, ok, durationMs } = entry;
        return { type: 'tool.settled', runId, callId, ok, output: keepEntry(entry.output), durationMs };
      }
      case 'notice':
        return {
          type: 'notice.recorded',
          runId,
          level: entry.level,
          code: entry.code,
          words: truncate(entry.words, 2000),
        };
    }
  }

  return {
    task,
    record,
    dispatch: (command) => store.dispatch(taskId, command),
    keep,
    written: held.written,
    get isHolding() {
      return !held.isEmpty;
    },
    beginTurn() {
      turnText = 0;
      cutNoted = false;
    },
    report({ alive, responded, failed }) {
      let broken = false;
      const attempt = (write: () => void) => {
        if (broken) return;
        try {
          write();
        } catch (error) {
          broken = true;
          failed(error instanceof NotRecorded ? error : new NotRecorded(String(error)));
        }
      };
      return {
        started: (process, program, version) =>
          attempt(() => record({ type: 'agent.started', runId, process, program, version })),
        session: (sessionId, model) =>
          attempt(() => {
            const { run } = task();
            if (run?.sessionConfirmed && run.sessionId === sessionId && (model === null || run.model === model)) return;
            record({ type: 'session.started', runId, sessionId, model });
          }),
        entry(entry) {
          alive();
          if (entry.type !== 'notice' && entry.type !== 'typed') responded();
          attempt(() => record(entryEvent(entry)));
        },
        delta(delta) {
          alive();
          responded();
          hub.live({ taskId, ...delta });
        },
        background: (work) => attempt(() => record({ type: 'background.changed', runId, work })),
        alive,
      };
    },
  };
}
