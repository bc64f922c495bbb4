import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { isUnsettled } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import type { Task } from '../../contract/task/state.ts';

type LandingCommand = Extract<TaskCommand, { type: `landing.${string}` }>;

/** What would bring an agent, or nobody, into a workspace that is landing. */
const BLOCKED: ReadonlySet<TaskCommand['type']> = new Set([
  'task.resume',
  'task.unblock',
  'task.rerun',
  'task.delete',
  'session.hand-over',
  'message.queue',
]);

/** The refusal of what may not be done while the work of a task lands; null when it may. */
export function blockedByLanding(state: Task, { type }: TaskCommand): ReturnType<typeof reject> | null {
  if (state.openLanding === undefined || !BLOCKED.has(type)) return null;
  return reject('wrong-state', `The work of task ${state.id} is landing on ${state.openLanding.onto}; try again then.`);
}

export function decideLanding(state: Task, command: LandingCommand): Result<TaskEvent[]> {
  const open = state.openLanding;
  if (command.type === 'landing.request') {
    if (state.status === 'draft') return reject('wrong-state', `Task ${state.id} has not run yet.`, ['start']);
    if (isUnsettled(state.status)) {
      return reject('wrong-state', `Task ${state.id} is ${state.status}; its work lands when it has ended.`);
    }
    if (open !== undefined) return reject('wrong-state', `The work of task ${state.id} is landing already.`);
    return accept([{ type: 'landing.requested', no: (state.landingCount ?? 0) + 1, ...command.landing }]);
  }
  const { no } = command;
  if (open?.no !== no) return reject('wrong-state', `Landing ${no} of task ${state.id} is over.`);
  if (command.type === 'landing.prepare') {
    return accept([{ type: 'landing.prepared', no, work: command.work, to: command.to }]);
  }
  const { result, words } = command;
  const { kind, onto, to } = open;
  return accept([{ type: 'landing.settled', no, kind, result, onto, commit: result === 'done' ? to : null, words }]);
}
