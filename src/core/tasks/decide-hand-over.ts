import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { hasNoGoal, isClosed } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';
import { checkEdit } from './decide-edit.ts';
import { addItems } from './decide-items.ts';
import { queue, queued, type WhyWaits } from './queue-events.ts';

type HandOver = Extract<TaskCommand, { type: 'session.hand-over' }>;

/** The ways on of a session without a goal that does not run. */
export const OPEN_OR_GOAL = 'Open its session again, or set a goal and resume it.';

/**
 * A session has one holder at a time; who asks for what is so already changes nothing, but for a person whose program has
 * ended: it is opened again. Of a task that does not run, a person gets the session as soon as its next run begins. Without
 * a goal it stays theirs; one may come with the request, in the same step.
 */
export function handOver(state: Task, command: HandOver, waiting: WhyWaits): Result<TaskEvent[]> {
  const { edit, items = [] } = command;
  const can = edit === undefined ? accept(null) : checkEdit(state, edit);
  if (!can.ok) return can;
  const added = addItems(state, items);
  if (!added.ok) return added;
  const next = { ...state, ...edit };
  if (command.to === 'loop' && hasNoGoal(next)) {
    return reject(
      'wrong-state',
      `The session of task ${state.id} has no goal yet. Set a goal first, and then give it back.`,
    );
  }
  const handed = decide(next, command, waiting);
  if (!handed.ok) return handed;
  return accept([
    ...(edit === undefined ? [] : [{ type: 'task.edited' as const, edit }]),
    ...added.value,
    ...handed.value,
  ]);
}

function decide(state: Task, command: HandOver, waiting: WhyWaits): Result<TaskEvent[]> {
  const { id, status } = state;
  if (status === 'running') return handOverRunning(state, command);
  if (status === 'queued') {
    if ((state.nextHolder ?? 'loop') === command.to) return accept([]);
    const to = command.to === 'person' ? command.to : undefined;
    return accept([queued(state.nextMode ?? 'fresh', () => state.waiting ?? waiting(), to)]);
  }
  if (command.to === 'loop') return reject('wrong-state', `Nobody has the session of task ${id}: it does not run.`);
  if (status === 'draft') return accept(queue(state, 'fresh', waiting, 'person'));
  // One that never came to its session begins it now, where it was to.
  if (state.sessionId === null && !hasNoGoal(state)) {
    return reject('wrong-state', `Task ${id} has no session that could be opened; rerun it to begin a new one.`);
  }
  return accept(queue(state, state.runCount === 0 ? 'fresh' : 'resume', waiting, 'person'));
}

function handOverRunning(state: Task, { to, now }: HandOver): Result<TaskEvent[]> {
  const { id, phase, run } = state;
  if (run === null) return reject('wrong-state', `Task ${id} is not running.`);
  if (phase === 'stopping') return reject('wrong-state', `Task ${id} is being stopped.`);
  // Asked for after the turn, and now at once.
  const hurries = now === true && to === 'person' && run.handOver === 'person' && run.openTurn !== null;
  const reopens = to === 'person' && run.handOver === undefined && isClosed(state);
  if (!hurries && !reopens && (run.handOver ?? run.holder ?? 'loop') === to) return accept([]);
  if (to === 'person' && run.holder !== 'person' && !run.sessionConfirmed) {
    return reject('wrong-state', `The agent of task ${id} has not begun its session yet; try again in a moment.`);
  }
  return accept([{ type: 'session.hand-over-requested', runId: run.id, to, ...(now ? { now } : {}) }]);
}
