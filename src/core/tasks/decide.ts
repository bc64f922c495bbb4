import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { hasNoGoal, isUnsettled, openItems } from '../../contract/task/derive.ts';
import type { TaskEvent } from '../../contract/task/events.ts';
import { rescheduled } from '../../contract/task/reschedule.ts';
import type { ScheduleChange } from '../../contract/task/schedule.ts';
import type { Task, TaskOutcome } from '../../contract/task/state.ts';
import { MAX_ITEMS } from '../../contract/text.ts';
import { expire, STOPPED_FIRST, settleApproval } from './decide-approvals.ts';
import { checkEdit } from './decide-edit.ts';
import { handOver, OPEN_OR_GOAL } from './decide-hand-over.ts';
import { changeItem, findItem, newItem, reopen, TOO_MANY } from './decide-items.ts';
import { blockedByLanding, decideLanding } from './decide-landing.ts';
import { changeMessage } from './decide-message.ts';
import { queue, queued, type WhyWaits } from './queue-events.ts';
import { WAITS_FOR_SLOT } from './why-waits.ts';

const MAX_MESSAGES = 20;
/** Of a task, with those of all its messages: its state is kept small. */
const MAX_FILES = 100;

const STOPPED: TaskOutcome = { code: 'by-user', words: 'Stopped before it ran.', hint: null };

/**
 * What a command does to a task: the events that follow, or why not. Pure. `state` is null when there is no such task;
 * `now` is milliseconds since 1970; `waiting` says what would hold the task in the queue. No events means: already so.
 */
export function decide(
  state: Task | null,
  command: TaskCommand,
  now: number,
  waiting: WhyWaits = () => WAITS_FOR_SLOT,
): Result<TaskEvent[]> {
  if (command.type === 'task.create') return create(state, command, waiting);
  if (state === null) return reject('not-found', 'There is no such task.');
  const blocked = blockedByLanding(state, command);
  if (blocked !== null) return blocked;
  switch (command.type) {
    case 'task.edit': {
      const can = checkEdit(state, command.edit);
      return can.ok ? accept([{ type: 'task.edited', edit: command.edit }]) : can;
    }
    case 'task.start':
      if (state.status !== 'draft') {
        const how = isUnsettled(state.status) ? 'is already under way' : 'has already run; use resume or rerun';
        return reject('wrong-state', `Task ${state.id} ${how}.`);
      }
      return accept(queue(state, 'fresh', waiting));
    case 'task.stop':
      return stop(state, command.by);
    case 'check.stop':
      if (state.status !== 'running' || state.phase === 'stopping') return reject('wrong-state', noCheckRuns(state.id));
      return accept([{ type: 'check.stop-requested' }]);
    case 'task.resume':
      return resume(state, waiting);
    case 'task.unblock':
      return unblock(state, command, waiting);
    case 'task.rerun':
      if (state.status === 'draft') return reject('wrong-state', `Task ${state.id} is a draft; start it.`, ['start']);
      if (isUnsettled(state.status)) return wrongState(state, 'cannot be run again', 'stop it first');
      if (hasNoGoal(state)) return noGoal(state);
      return accept(queue(state, 'rerun', waiting));
    case 'task.delete':
      if (isUnsettled(state.status)) return wrongState(state, 'cannot be deleted', 'stop it first');
      if (command.hasWorkspace && !command.keepWorkspace) {
        return reject(
          'conflict',
          `Task ${state.id} still has a workspace. Remove the workspace first, or delete the task and keep the workspace.`,
          ['workspace remove', 'keep-workspace'],
        );
      }
      return accept([{ type: 'task.deleted' }]);
    case 'leftover.remove': {
      const { what, name, bytes, by } = command;
      if (what === 'outputs' && isUnsettled(state.status))
        return wrongState(state, 'keeps its outputs', 'stop it first');
      return accept([{ type: 'leftover.removed', what, name, bytes, by }]);
    }
    case 'task.move':
      return accept([
        ...(state.rank === command.rank ? [] : [{ type: 'task.moved' as const, rank: command.rank }]),
        ...(command.priority === undefined ? [] : schedule(state, { priority: command.priority })),
      ]);
    case 'task.schedule':
      return accept(schedule(state, command.change));
    case 'task.archive':
      if (command.archived === (state.archivedAt !== null)) return accept([]);
      if (command.archived && isUnsettled(state.status))
        return wrongState(state, 'cannot be archived', 'stop it first');
      return accept([{ type: 'task.archived', archived: command.archived }]);
    case 'task.accept':
      if (command.accepted === (state.acceptedAt !== null)) return accept([]);
      if (state.status === 'draft') return reject('wrong-state', `Task ${state.id} has not run yet.`, ['start']);
      if (isUnsettled(state.status)) return wrongState(state, 'cannot be marked as done', 'stop it first');
      return accept([{ type: 'task.accepted', accepted: command.accepted }]);
    case 'task.wait': {
      if (state.status !== 'queued') return reject('wrong-state', `Task ${state.id} is not queued.`);
      if (state.waiting?.words === command.waiting.words) return accept([]);
      return accept([queued(state.nextMode ?? 'fresh', () => command.waiting, state.nextHolder)]);
    }
    case 'session.hand-over':
      return handOver(state, command, waiting);
    case 'message.queue':
      return queueMessage(state, command, now, waiting);
    case 'message.edit':
    case 'message.move':
    case 'message.withdraw':
    case 'message.send':
      return changeMessage(state, command);
    case 'landing.request':
    case 'landing.prepare':
    case 'landing.settle':
      return decideLanding(state, command);
    case 'item.add':
    case 'item.set':
    case 'item.note':
      return changeItem(state, command, now);
    case 'run.start': {
      if (state.status !== 'queued') return reject('wrong-state', `Task ${state.id} is not queued.`);
      const no = state.runCount + 1;
      const mode = state.nextMode ?? 'fresh';
      return accept([{ type: 'run.started', runId: `${state.id}.${no}`, no, mode, sessionId: command.sessionId }]);
    }
    case 'run.record':
      return isCurrent(state, command.runId) ? accept(command.events) : staleRun(command.runId);
    case 'run.settle':
      if (!isCurrent(state, command.runId)) return staleRun(command.runId);
      return accept([
        ...expire(command.runId, state.approvals, 'Not run: the run ended before anyone answered.'),
        {
          type: 'run.settled',
          runId: command.runId,
          status: command.status,
          outcome: command.outcome,
          ...(command.size ? { size: command.size } : {}),
        },
        // Sent while the run was ending: nothing else would bring it to the agent.
        ...(command.status === 'completed' && state.messages.length > 0 && !hasNoGoal(state)
          ? [queued('resume', waiting)]
          : []),
      ]);
    case 'approval.settle':
      return settleApproval(state, command);
    case 'run.abandon':
      if (!isCurrent(state, command.runId)) return staleRun(command.runId);
      return accept([
        ...expire(command.runId, state.approvals, 'Not run: Drover was killed before anyone answered.'),
        {
          type: 'phase.changed',
          runId: command.runId,
          phase: state.phase === 'stopping' ? 'stopping' : 'idle',
          words: command.words,
        },
      ]);
    case 'run.recover':
      return recover(state, command, waiting);
  }
}

function create(
  state: Task | null,
  command: Extract<TaskCommand, { type: 'task.create' }>,
  waiting: WhyWaits,
): Result<TaskEvent[]> {
  const { items, ...task } = command.task;
  if (state !== null) return reject('conflict', `There is already a task ${task.id}.`);
  if (items.length > MAX_ITEMS) return TOO_MANY;
  if (hasNoGoal(task) && !(command.start && command.to === 'person')) return reject('invalid', 'The goal is empty.');
  const created: TaskEvent = {
    type: 'task.created',
    task: { ...task, kind: 'agent' },
    items: items.map((item, index) => newItem(index + 1, item.text, item.check)),
  };
  return accept(command.start ? [created, queued('fresh', waiting, command.to)] : [created]);
}

function schedule(state: Task, change: ScheduleChange): TaskEvent[] {
  const next = rescheduled(state.schedule, change);
  const isSame = JSON.stringify(next) === JSON.stringify(state.schedule ?? {});
  return isSame ? [] : [{ type: 'task.scheduled', schedule: next }];
}

function stop(state: Task, by: 'user' | 'system'): Result<TaskEvent[]> {
  if (state.status === 'queued') {
    const outcome = by === 'user' ? STOPPED : { ...STOPPED, code: 'by-system' as const };
    return accept([{ type: 'task.cancelled', outcome }]);
  }
  if (state.status !== 'running') return reject('wrong-state', `Task ${state.id} is not running.`);
  if (state.phase === 'stopping') return accept([]);
  const expired = expire(state.run?.id ?? '', state.approvals, STOPPED_FIRST);
  return accept([...expired, { type: 'task.stop-requested', by }]);
}

function resume(state: Task, waiting: WhyWaits): Result<TaskEvent[]> {
  if (state.status === 'draft') return reject('wrong-state', `Task ${state.id} is a draft; start it.`, ['start']);
  if (isUnsettled(state.status)) return reject('wrong-state', `Task ${state.id} is already under way.`);
  if (hasNoGoal(state)) return noGoal(state);
  const isDone = state.messages.length === 0 && openItems(state.items).length === 0 && !state.goalIsNew;
  if (state.status === 'completed' && isDone) {
    return reject('wrong-state', `Task ${state.id} is completed: there is nothing left to do.`, [
      'message',
      'item add',
      'rerun',
    ]);
  }
  return accept([...reopen(state.items), ...goOn(state, waiting)]);
}

/** Opens blocked items again, or skips them; when none is left, a task that has ended continues. */
function unblock(
  state: Task,
  { itemIds, skip }: Extract<TaskCommand, { type: 'task.unblock' }>,
  waiting: WhyWaits,
): Result<TaskEvent[]> {
  const blocked = state.items.filter((item) => item.status === 'blocked');
  for (const itemId of itemIds ?? []) {
    const found = findItem(state, itemId);
    if (!found.ok) return found;
    if (found.value.status !== 'blocked') return reject('wrong-state', `Item ${itemId} is not blocked.`);
  }
  const chosen = itemIds === null ? blocked : blocked.filter(({ id }) => itemIds.includes(id));
  const ended = state.status !== 'draft' && !isUnsettled(state.status);
  const waits = ended && state.outcome?.code === 'item-blocked';
  if (chosen.length === 0 && !waits) return reject('wrong-state', `No item of task ${state.id} is blocked.`);
  const events = reopen(chosen, skip ? 'skipped' : 'pending');
  const continues = ended && chosen.length === blocked.length && !hasNoGoal(state);
  return accept(continues ? [...events, ...goOn(state, waiting)] : events);
}

function goOn(state: Task, waiting: WhyWaits): TaskEvent[] {
  return queue(state, state.runCount === 0 ? 'fresh' : 'resume', waiting);
}

function queueMessage(
  state: Task,
  { id, text, attachments = [] }: Extract<TaskCommand, { type: 'message.queue' }>,
  now: number,
  waiting: WhyWaits,
): Result<TaskEvent[]> {
  if (state.status === 'draft') {
    return reject('wrong-state', `Task ${state.id} is a draft: put it into the goal, or start the task first.`);
  }
  if (!isUnsettled(state.status) && hasNoGoal(state)) return noGoal(state);
  if (state.messages.length >= MAX_MESSAGES) {
    return reject('conflict', `${MAX_MESSAGES} messages are already waiting for the agent of task ${state.id}.`);
  }
  if (state.attachments.length + attachments.length > MAX_FILES) {
    return reject('conflict', `Task ${state.id} would have more than ${MAX_FILES} attachments.`);
  }
  const files = attachments.length > 0 ? { attachments: [...attachments] } : {};
  // Who writes to the agent answers what was in its way: else it could do the work and not report it.
  const events: TaskEvent[] = [
    { type: 'message.queued', message: { id, at: now, text, ...files } },
    ...reopen(state.items),
  ];
  return accept(isUnsettled(state.status) ? events : [...events, ...goOn(state, waiting)]);
}

function recover(
  state: Task,
  { runId, resume: resumes, words }: Extract<TaskCommand, { type: 'run.recover' }>,
  waiting: WhyWaits,
): Result<TaskEvent[]> {
  if (!isCurrent(state, runId)) return staleRun(runId);
  // Another run would only use too much again.
  const exceeded = state.run?.overLimit;
  if (exceeded !== undefined) {
    const outcome = overLimitOutcome(exceeded);
    return accept([
      ...expire(runId, state.approvals, 'Not run: the run ended before anyone answered.'),
      { type: 'run.settled', runId, status: 'failed', outcome },
    ]);
  }
  if (state.phase === 'stopping') {
    const outcome: TaskOutcome = { code: 'by-user', words: 'Stopped.', hint: null };
    return accept([
      ...expire(runId, state.approvals, STOPPED_FIRST),
      { type: 'run.settled', runId, status: 'cancelled', outcome },
    ]);
  }
  // Never the loop: they get it back, or are asked.
  const isTheirs = (state.run?.handOver ?? state.run?.holder) === 'person' || hasNoGoal(state);
  const outcome: TaskOutcome = {
    code: 'interrupted',
    words: isTheirs ? `${words} You had taken over its session.` : words,
    hint: resumes
      ? null
      : isTheirs
        ? `The work is kept. ${hasNoGoal(state) ? OPEN_OR_GOAL : 'Take the session over again, or resume the task and Drover continues.'}`
        : 'The work is kept. Resume the task to continue where it stopped.',
  };
  const settled: TaskEvent[] = [
    ...expire(runId, state.approvals, `${words} Not run: nobody had answered.`),
    { type: 'run.settled', runId, status: 'failed', outcome },
  ];
  return accept(resumes ? [...settled, queued('recovery', waiting, isTheirs ? 'person' : undefined)] : settled);
}

/** Limits hold the run that is under way, too; clocks of a turn that has begun stay as they were. */
function isCurrent(state: Task, runId: string): boolean {
  return state.status === 'running' && state.run?.id === runId;
}

function wrongState(
  state: Task,
  words: string,
  how: string,
): { ok: false; rejection: { code: 'wrong-state'; message: string } } {
  return {
    ok: false,
    rejection: { code: 'wrong-state', message: `Task ${state.id} is ${state.status} and ${words}; ${how}.` },
  };
}

/** A session of a person is not continued without them. */
function noGoal({ id }: Task): Result<never> {
  return reject('wrong-state', `Task ${id} is a session without a goal. ${OPEN_OR_GOAL}`, [
    'session take-over',
    'edit',
  ]);
}

function staleRun(runId: string): Result<never> {
  return reject('stale-run', `Run ${runId} is over.`);
}

/** Of a run that was ended for a limit, which is said in a sentence. */
export function overLimitOutcome(words: string): TaskOutcome {
  return {
    code: 'over-limit',
    words,
    hint: 'The work is kept. Raise the limit if it needs more, and resume the task.',
  };
}

/** For a person who wants a check to be stopped. */
export function noCheckRuns(taskId: string): string {
  return `No check of task ${taskId} runs.`;
}
