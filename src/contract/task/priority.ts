import type { Schedule } from './schedule.ts';

/** What is before everything else in the queue, and what comes after it. */
export const PRIORITIES = ['high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What belongs to a task that has a schedule; those that were stored before there was one have none. */
export interface Scheduled {
  schedule?: Schedule | undefined;
}

export function priorityOf({ schedule: own }: Scheduled): Priority {
  return own?.priority ?? 'normal';
}

/** The place of its priority: the smaller comes first. */
export function urgencyOf(task: Scheduled): number {
  return PRIORITIES.indexOf(priorityOf(task));
}

/** The priority that a task needs for a place between two others in the queue: its own, where that fits. */
export function priorityBetween(task: Scheduled, above: Scheduled | undefined, below: Scheduled | undefined): Priority {
  const least = above === undefined ? 0 : urgencyOf(above);
  const most = below === undefined ? PRIORITIES.length - 1 : urgencyOf(below);
  return PRIORITIES[Math.min(Math.max(urgencyOf(task), least), most)] ?? 'normal';
}
