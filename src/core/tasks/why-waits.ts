import type { Task } from '../../contract/task/state.ts';

/** Why a queued task waits. */
export type Waiting = NonNullable<Task['waiting']>;

/** What decides whether a queued task may start. */
export interface StartFacts {
  /** Whether everything is paused. */
  paused: boolean;
  /** Whether what an earlier run of the task left running is still being ended. */
  cleaning: boolean;
  slots: number;
  /** How many slots are taken. */
  taken: number;
}

/** When nothing else holds it. */
export const WAITS_FOR_SLOT: Waiting = { for: 'slot', words: 'Waits for a free slot.' };
const PAUSED: Waiting = { for: 'user', words: 'Drover is paused.' };
const CLEANING: Waiting = { for: 'slot', words: 'Waits until what an earlier run left running has ended.' };

/** Why a queued task may not start now, the reason that lasts longest first; null: it may. Pure. */
export function whyWaits({ paused, cleaning, slots, taken }: StartFacts): Waiting | null {
  if (paused) return PAUSED;
  if (taken >= slots) return WAITS_FOR_SLOT;
  return cleaning ? CLEANING : null;
}

/** Whether the reason holds every queued task, so that none behind it may start either. */
export function holdsAll(waiting: Waiting): boolean {
  return waiting.words !== CLEANING.words;
}
