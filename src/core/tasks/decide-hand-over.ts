import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';
import { queue, queued, type WhyWaits } from './queue-events.ts';

type HandOver = Extract<TaskCommand, { type: 'session.hand-over' }>;

/**
 * A session has one holder at a time; who asks for what is so already changes nothing. Of a task that does not run, a
 * person gets the session as soon as its next run begins.
 */
export function handOver(state: Task, command: HandOver, waiting: WhyWaits): Result<TaskEvent[]> {
  const { id, status } = state;
  if (status === 'running') return handOverRunning(state, command);
  if (status === 'queued') {
    if ((state.nextHolder ?? 'loop') === command.to) return accept([]);
    const to = command.to === 'person' ? command.to : undefined;
    return accept([queued(state.nextMode ?? 'fresh', () => state.waiting ?? waiting(), to)]);
  }
  if (command.to === 'loop') return reject('wrong-state', `Nobody has the session of task ${id}: it does not run.`);
  if (status === 'draft') return accept(queue(state, 'fresh', waiting, 'person'));
  if (state.sessionId === null) {
    return reject('wrong-state', `Task ${id} has no session that could be opened; rerun it to begin a new one.`);
  }
  return accept(queue(state, 'resume', waiting, 'person'));
}

function handOverRunning({ id, phase, run }: Task, { to, now }: HandOver): Result<TaskEvent[]> {
  if (run === null) return reject('wrong-state', `Task ${id} is not running.`);
  if (phase === 'stopping') return reject('wrong-state', `Task ${id} is being stopped.`);
  // Asked for after the turn, and now at once.
  const hurries = now === true && to === 'person' && run.handOver === 'person' && run.openTurn !== null;
  if (!hurries && (run.handOver ?? run.holder ?? 'loop') === to) return accept([]);
  if (to === 'person' && run.holder !== 'person' && !run.sessionConfirmed) {
    return reject('wrong-state', `The agent of task ${id} has not begun its session yet; try again in a moment.`);
  }
  return accept([{ type: 'session.hand-over-requested', runId: run.id, to, ...(now ? { now } : {}) }]);
}
