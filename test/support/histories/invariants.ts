import { isDeepStrictEqual } from 'node:util';
import type { LoggedEvent } from '../../../src/contract/task/events.ts';
import { fromLog } from '../../../src/core/tasks/rebuild.ts';
import type { Host, World } from './world.ts';

/** What a log must be, whatever has happened: a sentence for each thing that is wrong. */
export function faultsOfLog(events: readonly LoggedEvent[]): string[] {
  const faults: string[] = [];
  const deleted = deletedIn(events);
  const ended = new Map<string, number>();
  const started = new Set<string>();
  const approvals = new Map<string, 'pending' | 'settled'>();
  const turns = new Map<string, 'open' | 'settled'>();
  const completed = new Set<string>();
  const given = new Set<string>();
  const exceeded = new Set<string>();
  const goals = new Map<string, { goal: string; isTold: boolean }>();
  function tell(taskId: string, prompt: string): void {
    const known = goals.get(taskId);
    if (!known) return;
    if (known.goal === '') faults.push(`${taskId} was run without a goal`);
    if (prompt.includes(known.goal)) known.isTold = true;
  }
  for (const { taskId, event } of events) {
    if (deleted.has(taskId)) continue;
    switch (event.type) {
      case 'run.started':
        if (started.has(event.runId)) faults.push(`${event.runId} started twice`);
        for (const other of started) {
          if (other.startsWith(`${taskId}.`) && !ended.has(other))
            faults.push(`${event.runId} started beside ${other}`);
        }
        started.add(event.runId);
        break;
      case 'run.settled':
        if (ended.has(event.runId)) faults.push(`${event.runId} settled twice`);
        ended.set(event.runId, 1);
        if (exceeded.has(event.runId) && event.outcome.code !== 'over-limit')
          faults.push(`${event.runId} used too much, and ended as ${event.outcome.code}`);
        break;
      case 'limit.exceeded':
        if (ended.has(event.runId)) faults.push(`${event.runId} used too much after its end`);
        exceeded.add(event.runId);
        break;
      case 'approval.requested':
        if (approvals.has(event.approvalId)) faults.push(`${event.approvalId} requested twice`);
        approvals.set(event.approvalId, 'pending');
        break;
      case 'approval.settled': {
        const { approvalId = '' } = event;
        if (approvals.get(approvalId) === 'settled') faults.push(`${approvalId} settled twice`);
        approvals.set(approvalId, 'settled');
        break;
      }
      case 'task.created':
      case 'task.edited': {
        const goal = event.type === 'task.created' ? event.task.goal : event.edit.goal;
        if (goal !== undefined) goals.set(taskId, { goal, isTold: false });
        break;
      }
      // What comes after it knows nothing.
      case 'session.lost': {
        const known = goals.get(taskId);
        if (known) known.isTold = false;
        break;
      }
      case 'turn.requested':
        tell(taskId, event.prompt.text);
        turns.set(`${event.runId} ${event.turn}`, 'open');
        for (const id of event.messageIds) {
          if (given.has(id)) faults.push(`message ${id} was given twice as new`);
          given.add(id);
        }
        break;
      case 'turn.settled': {
        const turn = `${event.runId} ${event.turn}`;
        if (turns.get(turn) !== 'open') faults.push(`turn ${turn} settled while ${turns.get(turn)}`);
        turns.set(turn, 'settled');
        if (event.result === 'ok' && !goals.get(taskId)?.isTold) faults.push(`turn ${turn} did not know the goal`);
        break;
      }
      case 'item.changed': {
        const item = `${taskId} ${event.itemId}`;
        if (event.status === 'completed' && completed.has(item)) faults.push(`item ${item} completed twice`);
        if (event.status === 'completed') completed.add(item);
        else completed.delete(item);
        break;
      }
      // All items are open again.
      case 'task.queued':
        if (event.mode === 'rerun')
          for (const item of completed) if (item.startsWith(`${taskId} `)) completed.delete(item);
        break;
      default:
        if ('runId' in event && ended.has(event.runId)) faults.push(`${event.type} after the end of ${event.runId}`);
    }
  }
  return faults;
}

/** Intents that have no outcome, and cannot get one any more, because the host that had them is gone. */
export function leftOpen(events: readonly LoggedEvent[], host: Host): string[] {
  const settled = new Set(
    events.flatMap(({ event }) => (event.type === 'approval.settled' ? [event.approvalId ?? ''] : [])),
  );
  const ended = new Set(events.flatMap(({ event }) => (event.type === 'run.settled' ? [event.runId] : [])));
  const deleted = deletedIn(events);
  return events.flatMap(({ taskId, event }) => {
    if (deleted.has(taskId)) return [];
    const task = host.store.get(taskId);
    if (event.type === 'run.started' && !ended.has(event.runId)) {
      return task?.status === 'running' && task.run?.id === event.runId ? [] : [`${event.runId} has no end`];
    }
    if (event.type === 'approval.requested' && !settled.has(event.approvalId)) {
      return host.openQuestions.get(event.approvalId) ? [] : [`${event.approvalId} has no answer, and nobody waits`];
    }
    return [];
  });
}

/** How the state of tasks differs from what the log says. */
export function faultsOfFold({ store, log }: Host, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const told = fromLog(log, id);
    const isSame = isDeepStrictEqual([told?.task ?? null, told?.runs ?? []], [store.get(id), store.runs(id)]);
    return isSame ? [] : [`${id} is not what its log tells`];
  });
}

/** What waits for nobody, or works for nobody, in a host that has nothing left to do at once. */
export function faultsOfHost({ store, approvals, openQuestions, sessions }: Host): string[] {
  const faults: string[] = [];
  if (approvals.countPending() !== openQuestions.all().length) {
    faults.push(`${approvals.countPending()} approvals are pending, and ${openQuestions.all().length} are waited for`);
  }
  for (const { options } of sessions) {
    const task = store.get(options.taskId);
    if (task?.status !== 'running' || task.run?.id !== options.runId) {
      faults.push(`a session of ${options.runId} is left, and its task is ${task?.status}`);
    }
  }
  return faults;
}

/** Commands that were carried out twice, or that the log does not say were allowed. */
export function faultsOfWork({ executed }: World, events: readonly LoggedEvent[]): string[] {
  const callOf = new Map(
    events.flatMap(({ event }) => (event.type === 'approval.requested' ? [[event.approvalId, event.callId]] : [])),
  );
  const allowed = new Set(
    events.flatMap(({ event }) =>
      event.type === 'approval.settled' && event.decision === 'allow'
        ? [event.callId ?? callOf.get(event.approvalId ?? '') ?? '']
        : [],
    ),
  );
  // The log of a deleted task is gone.
  const deleted = deletedIn(events);
  const done = executed.filter(({ taskId }) => !deleted.has(taskId)).map(({ callId }) => callId);
  const twice = done.filter((callId, at) => done.indexOf(callId) !== at);
  return [
    ...twice.map((callId) => `${callId} was carried out twice`),
    ...done.filter((callId) => !allowed.has(callId)).map((callId) => `${callId} was carried out unallowed`),
  ];
}

function deletedIn(events: readonly LoggedEvent[]): ReadonlySet<string> {
  return new Set(events.filter(({ event }) => event.type === 'task.deleted').map(({ taskId }) => taskId));
}
