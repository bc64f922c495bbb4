import { accept, type Result, reject } from '../../contract/rejection.ts';
import { hasNoGoal, isUnsettled } from '../../contract/task/derive.ts';
import type { TaskEdit } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';

/** What is looked at whenever it matters, so that it can be changed while the task runs. */
const WHILE_RUNNING: ReadonlySet<string> = new Set<keyof TaskEdit>(['limits']);
/** What a session that a person has does not depend on: the loop reads it when they give the session back. */
const WHILE_HELD: ReadonlySet<string> = new Set<keyof TaskEdit>(['limits', 'title', 'goal', 'checks']);

/** Whether a task may be changed so: any part while it does not run, some while a person has its session. Pure. */
export function checkEdit(state: Task, edit: TaskEdit): Result<null> {
  if (edit.goal !== undefined && edit.goal.trim() === '') return reject('invalid', 'The goal is empty.');
  if (!isUnsettled(state.status)) return accept(null);
  const named = Object.entries(edit).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const allowed = isHeld(state) ? WHILE_HELD : WHILE_RUNNING;
  if (named.length > 0 && named.every((name) => allowed.has(name))) return accept(null);
  return reject(
    'wrong-state',
    isHeld(state)
      ? `While you have the session of task ${state.id}, only its title, goal, checks and limits can be changed.`
      : `Task ${state.id} is ${state.status} and cannot be changed; stop it first.`,
  );
}

/** Whether nothing happens to the task but what a person does. */
function isHeld(state: Task): boolean {
  const { status, run } = state;
  return hasNoGoal(state) || (status === 'running' && run?.holder === 'person' && run.handOver === undefined);
}
