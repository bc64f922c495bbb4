import { urgencyOf } from '../../contract/task/priority.ts';
import type { Task } from '../../contract/task/state.ts';
import { dependencyHolds } from '../tasks/dependencies.ts';
import type { TaskStore, Waiter } from '../tasks/store.ts';
import { type Room, type StartFacts, WAITS_FOR_SLOT, type Waiting, whyWaits } from '../tasks/why-waits.ts';

/** How many tasks may run at once; null: any number. */
export interface Slots {
  all(): number;
  ofProject(projectId: string): number | null;
  ofAgent(agent: string): number | null;
}

export interface QueueDeps {
  store: Pick<TaskStore, 'get' | 'idsIn'>;
  slots: Slots;
  now(): number;
  /** While it is so, nothing runs. */
  paused(): boolean;
  /** While it is so, nothing is started. */
  draining(): boolean;
  /** Whether what an earlier run of a task left running is still being ended. */
  isCleaning(taskId: string): boolean;
  /** The usage limit that an agent has reached, and what people call the agent. */
  limitOf(agent: string): StartFacts['limit'];
  /** Tasks that have a slot. */
  taken(): Iterable<string>;
}

/** Of a task what the queue looks at, so that a thousand of them are looked at quickly. */
type Known = Waiter & Pick<Task, 'title' | 'status' | 'archivedAt' | 'acceptedAt' | 'waiting'>;

/** So many are remembered; more than are queued, mostly. */
const REMEMBERED = 5_000;

/** The queued tasks, their order, and why each waits. */
export interface Queue {
  /** By priority, and then by their place. */
  inOrder(): Known[];
  /** Why a task may not start now; null: it may. */
  whyWaits(task: Waiter): Waiting | null;
  /** What holds a task that is queued now; one that may start waits for its slot until it does. */
  waiting(task: Waiter): Waiting;
  /** When the next of these starts for the time of day alone; null when none does. */
  nextStart(tasks: readonly Known[]): number | null;
  /** Something has happened to the task. */
  forget(taskId: string): void;
}

export function createQueue({ store, slots, now, paused, draining, isCleaning, limitOf, taken }: QueueDeps): Queue {
  const remembered = new Map<string, Known | null>();

  function lookUp(taskId: string): Known | null {
    const known = remembered.get(taskId);
    if (known !== undefined) return known;
    const task = store.get(taskId);
    if (remembered.size >= REMEMBERED) remembered.clear();
    const fresh = task === null ? null : toKnown(task);
    remembered.set(taskId, fresh);
    return fresh;
  }

  function room(most: number | null, isCounted: (task: Known) => boolean): Room {
    if (most === null) return { slots: null, taken: 0 };
    let count = 0;
    for (const taskId of taken()) {
      const task = lookUp(taskId);
      if (task !== null && isCounted(task)) count += 1;
    }
    return { slots: most, taken: count };
  }

  function reason(task: Waiter): Waiting | null {
    const { id, projectId, schedule } = task;
    const { agent } = task.agent;
    return whyWaits({
      paused: paused(),
      draining: draining(),
      cleaning: isCleaning(id),
      dependency: dependencyHolds(schedule?.after, lookUp),
      startAt: schedule?.startAt,
      now: now(),
      limit: limitOf(agent),
      all: { slots: slots.all(), taken: [...taken()].length },
      project: room(slots.ofProject(projectId), (other) => other.projectId === projectId),
      agent: room(slots.ofAgent(agent), (other) => other.agent.agent === agent),
    });
  }

  return {
    inOrder() {
      const tasks = store.idsIn('queued').flatMap((taskId) => lookUp(taskId) ?? []);
      // Those of one priority stay in the order in which they are.
      return tasks.sort((a, b) => urgencyOf(a) - urgencyOf(b));
    },
    whyWaits: reason,
    waiting: (task) => reason(task) ?? WAITS_FOR_SLOT,
    nextStart(tasks) {
      const times = tasks.flatMap(({ schedule }) => schedule?.startAt ?? []).filter((at) => at > now());
      return times.length === 0 ? null : Math.min(...times);
    },
    forget: (taskId) => void remembered.delete(taskId),
  };
}

function toKnown(task: Task): Known {
  const { id, projectId, title, agent, status, waiting, archivedAt, acceptedAt, schedule } = task;
  return { id, projectId, title, agent, status, waiting, archivedAt, acceptedAt, ...(schedule ? { schedule } : {}) };
}
