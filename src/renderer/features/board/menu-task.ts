import type { Task } from '../../../contract/task/state.ts';
import type { MenuTask } from './task-menu.logic.ts';

/** The open task as the menu and the keys of tasks take it, which know it from lists. */
export function menuTaskOf({ workspace, landing, ...task }: Task): Task & MenuTask {
  const landed = landing ? { landed: { onto: landing.onto, commit: landing.commit } } : {};
  const own = landing ? { landing } : {};
  return { ...task, workspace, ...own, branch: workspace?.branch ?? null, ...landed };
}
