import type { RunEvent } from '../../src/contract/run/events.ts';
import type { TaskOutcome } from '../../src/contract/task/state.ts';
import { createClock } from '../../src/core/base/clock.ts';
import { createId } from '../../src/core/base/ids.ts';
import { openDatabase } from '../../src/core/db/open.ts';
import { createHub } from '../../src/core/log/hub.ts';
import { createLog } from '../../src/core/log/log.ts';
import { createTaskStore, type TaskStore } from '../../src/core/tasks/store.ts';
import { must } from '../../test/support/host.ts';

/** Tasks in one transaction. */
const BATCH = 50;
const SAID = 'The tests pass now, and the change is small enough to be read at one sitting. ';

/** Makes a task with a run that has begun, as the loop would. */
export function beginRun(
  store: TaskStore,
  { items, projectId, title = 'A task of a bench' }: { items: number; projectId: string; title?: string },
): { taskId: string; runId: string } {
  const taskId = createId('a');
  must(
    store.dispatch(taskId, {
      type: 'task.create',
      start: true,
      task: {
        id: taskId,
        projectId,
        title,
        goal: `${title}: do the items one after the other.`,
        base: null,
        agent: { agent: 'demo', model: null, effort: null },
        autonomy: 'auto',
        limits: { maxRetries: 3, firstResponseMs: 60_000, turnMs: 3_600_000, inactivityMs: 1_800_000 },
        checks: [],
        attachments: [],
        items: Array.from({ length: items }, (_, index) => ({ text: `Step ${index + 1} of ${title}`, check: null })),
      },
    }),
  );
  const { task } = must(store.dispatch(taskId, { type: 'run.start', sessionId: `session-${taskId}` }));
  return { taskId, runId: task.run?.id ?? '' };
}

export interface Filling {
  tasks: number;
  /** In all of them together. */
  events: number;
  /** How they ended, in turn; completed unless told. */
  statuses?: readonly Ending[];
}

type Ending = 'completed' | 'failed' | 'cancelled';

const OUTCOMES: Record<Ending, TaskOutcome> = {
  completed: { code: 'all-items-completed', words: 'Every item is completed.', hint: null },
  failed: { code: 'retries-spent', words: 'Items are open, and every retry is spent.', hint: null },
  cancelled: { code: 'by-user', words: 'It was stopped.', hint: null },
};

/**
 * Fills the database of a data folder that no host has open with tasks that have ended, through the core's own store.
 * Returns the ids of the tasks, oldest first.
 */
export function fill(dataFolder: string, projectId: string, wanted: Filling): string[] {
  const { db, file, close } = must(openDatabase(dataFolder));
  const log = createLog(db);
  const store = createTaskStore({ db, file, log, hub: createHub(log), clock: createClock() });
  const { statuses = ['completed'] } = wanted;
  const before = log.seq();
  const taskIds: string[] = [];
  try {
    for (let done = 0; done < wanted.tasks; done += BATCH) {
      db.transaction(() => {
        for (let no = done; no < Math.min(done + BATCH, wanted.tasks); no += 1) {
          const until = before + Math.floor((wanted.events * (no + 1)) / wanted.tasks);
          const status = statuses[no % statuses.length] ?? 'completed';
          taskIds.push(addFinished(store, { projectId, no, status, until, seq: log.seq }));
        }
      })();
    }
    const stored = log.seq() - before;
    if (stored !== wanted.events) throw new Error(`${stored} events were stored, not ${wanted.events}.`);
  } finally {
    close();
  }
  return taskIds;
}

interface Finished {
  projectId: string;
  no: number;
  status: Ending;
  /** The number of its last event. */
  until: number;
  /** The number of the newest event. */
  seq(): number;
}

function addFinished(store: TaskStore, { projectId, no, status, until, seq }: Finished): string {
  const { taskId, runId } = beginRun(store, { items: 5, projectId, title: `Task ${no + 1} of a long history` });
  for (const itemId of ['1', '2', '3', '4', '5']) {
    must(store.dispatch(taskId, { type: 'item.set', itemId, status: 'completed', reason: null, by: 'agent' }));
  }
  const conversation: RunEvent[] = [];
  // The last event is the end of the run.
  for (let left = until - seq() - 1; left > 0; left -= 1) conversation.push(conversationEvent(runId, left));
  must(store.dispatch(taskId, { type: 'run.record', runId, events: conversation }));
  must(store.dispatch(taskId, { type: 'run.settle', runId, status, outcome: OUTCOMES[status] }));
  return taskId;
}

/** In turn something said, a tool called and its result; about 300 bytes each. */
function conversationEvent(runId: string, no: number): RunEvent {
  const text = `${no}: ${SAID.repeat(1 + (no % 3))}`;
  const content = { text, bytes: text.length, blob: null };
  const callId = `call-${Math.ceil(no / 3)}`;
  if (no % 3 === 0) {
    const call = { kind: 'command', title: 'Bash', command: 'npm test', field: 'command' } as const;
    return { type: 'tool.called', runId, callId, name: 'Bash', call, input: content, parent: null };
  }
  if (no % 3 === 2) return { type: 'tool.settled', runId, callId, ok: true, output: content, durationMs: 12 };
  return { type: 'entry.text', runId, entryId: `entry-${no}`, content, parent: null };
}
