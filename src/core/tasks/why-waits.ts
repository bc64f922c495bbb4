import type { Task } from '../../contract/task/state.ts';
import { atWords } from '../../contract/words/schedule.ts';

/** Why a queued task waits. */
export type Waiting = NonNullable<Task['waiting']>;

/** How many tasks may run at once, null: any number; and how many do. */
export interface Room {
  slots: number | null;
  taken: number;
}

/** What decides whether a queued task may start. */
export interface StartFacts {
  /** Whether everything is paused. */
  paused: boolean;
  /** Whether this Drover is about to make way for another one, and starts no more. */
  draining: boolean;
  /** Whether what an earlier run of the task left running is still being ended. */
  cleaning: boolean;
  /** What the tasks that it depends on hold it for; null when they do not. */
  dependency: Waiting | null;
  /** It starts not before this; undefined: at any time. Milliseconds since 1970, as `now`. */
  startAt: number | undefined;
  now: number;
  /** The usage limit that its agent has reached, until it lifts; null when there is none. */
  limit: { title: string; until: number } | null;
  /** For all tasks, for those of its project, and for those of its agent. */
  all: Room;
  project: Room;
  agent: Room;
}

/** When nothing else holds it. */
export const WAITS_FOR_SLOT: Waiting = { for: 'slot', words: 'Waits for a free slot.' };
const WAITS_FOR_PROJECT: Waiting = { for: 'slot', words: 'Waits for another task of its project.' };
const WAITS_FOR_AGENT: Waiting = { for: 'slot', words: 'Waits for another task of its agent.' };
const PAUSED: Waiting = { for: 'user', words: 'Drover is paused.' };
const DRAINING: Waiting = { for: 'slot', words: 'Waits until Drover has restarted.' };
const CLEANING: Waiting = { for: 'slot', words: 'Waits until what an earlier run left running has ended.' };

/** Why a queued task may not start now, the reason that lasts longest first; null: it may. Pure. */
export function whyWaits(facts: StartFacts): Waiting | null {
  const { paused, draining, dependency, startAt, now, limit } = facts;
  if (paused) return PAUSED;
  if (draining) return DRAINING;
  if (dependency !== null) return dependency;
  if (startAt !== undefined && startAt > now) return { for: 'time', words: `Starts ${atWords(startAt, now)}.` };
  if (limit !== null) {
    return {
      for: 'limit',
      words: `The usage limit of ${limit.title} is reached; continues ${atWords(limit.until, now)}.`,
    };
  }
  if (isFull(facts.project)) return WAITS_FOR_PROJECT;
  if (isFull(facts.agent)) return WAITS_FOR_AGENT;
  if (isFull(facts.all)) return WAITS_FOR_SLOT;
  return facts.cleaning ? CLEANING : null;
}

function isFull({ slots, taken }: Room): boolean {
  return slots !== null && taken >= slots;
}
