import { foldLanding } from '../landing/fold.ts';
import type { QueuedMessage } from '../run/state.ts';
import { addUsage, NO_USAGE } from '../run/usage.ts';
import { exceededWords } from '../words/limit.ts';
import type { TaskEdit, TaskEvent } from './events.ts';
import { begun } from './reschedule.ts';
import type { Item, Task } from './state.ts';

const NOTES_KEPT = 20;

type Changing = Exclude<TaskEvent, { type: 'task.created' | 'task.deleted' }>;
/** What happens in a run that has begun. */
type RunEvent = Exclude<Extract<Changing, { runId: string }>, { type: 'run.started' }>;

/**
 * The one fold: the state of a task after one more event. Pure, and the same in the core, the window and the CLI.
 * `state` is null before `task.created` and after `task.deleted`. Events of unknown type, and events of a run that is
 * not the newest, leave the state as it is. `at` is when the event was logged, in milliseconds since 1970.
 */
export function fold(state: Task | null, event: TaskEvent, at: number): Task | null {
  if (event.type === 'task.created') {
    return {
      ...event.task,
      items: event.items,
      nextItem: event.items.length + 1,
      status: 'draft',
      phase: null,
      phaseWords: null,
      waiting: null,
      nextMode: null,
      outcome: null,
      run: null,
      runCount: 0,
      workspace: null,
      workspaceCount: 0,
      sessionId: null,
      messages: [],
      attachments: event.task.attachments ?? [],
      approvals: [],
      stall: null,
      rank: at,
      archivedAt: null,
      acceptedAt: null,
      usage: NO_USAGE,
      costUsd: 0,
      createdAt: at,
      updatedAt: at,
    };
  }
  if (state === null || event.type === 'task.deleted') return null;
  const next = change(state, event, at);
  return next === state ? state : { ...next, updatedAt: at };
}

function change(state: Task, event: Changing, at: number): Task {
  switch (event.type) {
    case 'task.edited':
      return withGoal({ ...state, ...event.edit }, goalIsNew(state, event.edit) ? true : state.goalIsNew);
    case 'task.queued':
      // Already in the queue: only why it waits has changed.
      if (state.status === 'queued') return { ...forNext(state, event.to), waiting: event.waiting };
      return {
        ...withGoal(withoutLanding(forNext(state, event.to)), isUntold(state, event)),
        status: 'queued',
        phase: null,
        phaseWords: null,
        waiting: event.waiting,
        nextMode: event.mode,
        outcome: null,
        acceptedAt: null,
        items: event.mode === 'rerun' ? state.items.map(reset) : state.items,
        ...(event.mode === 'rerun' ? { workspace: null, sessionId: null } : {}),
      };
    case 'task.stop-requested':
      return { ...state, phase: 'stopping', phaseWords: null };
    // Only in the log; it is no change of the task, so that what else it has left does not stay longer for it.
    case 'check.stop-requested':
    case 'leftover.removed':
      return state;
    case 'task.moved':
      return { ...state, rank: event.rank };
    case 'task.scheduled':
      return { ...state, schedule: event.schedule };
    case 'task.archived':
      return { ...state, archivedAt: event.archived ? at : null };
    case 'task.accepted':
      return { ...state, acceptedAt: event.accepted ? at : null };
    case 'autonomy.changed':
      return { ...state, autonomy: event.autonomy };
    case 'task.cancelled':
      return {
        ...forNext(state, undefined),
        status: 'cancelled',
        waiting: null,
        nextMode: null,
        outcome: event.outcome,
      };
    case 'message.queued':
      return {
        ...state,
        messages: [...state.messages, event.message],
        attachments: [...state.attachments, ...(event.message.attachments ?? [])],
      };
    case 'message.edited': {
      const { messageId, text } = event;
      return { ...state, messages: state.messages.map((one) => (one.id === messageId ? { ...one, text } : one)) };
    }
    case 'message.withdrawn': {
      const withdrawn = state.messages.find(({ id }) => id === event.messageId)?.attachments ?? [];
      return {
        ...state,
        messages: state.messages.filter(({ id }) => id !== event.messageId),
        attachments: state.attachments.filter(({ id }) => !withdrawn.some((file) => file.id === id)),
      };
    }
    case 'message.moved': {
      const moved = state.messages.find(({ id }) => id === event.messageId);
      const others = state.messages.filter(({ id }) => id !== event.messageId);
      const at = others.findIndex(({ id }) => id === event.before);
      return moved ? { ...state, messages: others.toSpliced(at < 0 ? others.length : at, 0, moved) } : state;
    }
    case 'message.send-requested': {
      const { messageId } = event;
      const chosen = (id: string) => messageId === undefined || id === messageId;
      return { ...state, messages: state.messages.map((one) => (chosen(one.id) ? { ...one, now: true } : one)) };
    }
    case 'landing.requested':
    case 'landing.prepared':
    case 'landing.settled':
      return foldLanding(state, event, at);
    case 'item.added':
      return { ...state, items: [...state.items, event.item], nextItem: Number(event.item.id) + 1 };
    case 'item.changed':
      return editItem(state, event.itemId, (item) => ({ ...item, status: event.status, reason: event.reason }));
    case 'item.noted':
      return editItem(state, event.itemId, (item) => ({
        ...item,
        notes: [...item.notes, event.note].slice(-NOTES_KEPT),
      }));
    case 'run.started':
      return {
        ...forNext(state, undefined),
        status: 'running',
        phase: 'starting',
        phaseWords: null,
        waiting: null,
        nextMode: null,
        outcome: null,
        ...(state.schedule ? { schedule: begun(state.schedule) } : {}),
        runCount: event.no,
        run: {
          id: event.runId,
          no: event.no,
          mode: event.mode,
          startedAt: at,
          settledAt: null,
          status: 'running',
          workspaceId: null,
          sessionId: event.sessionId,
          sessionConfirmed: false,
          ...(state.nextHolder ? { handOver: state.nextHolder } : {}),
          model: null,
          process: null,
          turns: 0,
          openTurn: null,
          carried: state.run?.carried ?? [],
          retriesSpent: 0,
          ...(state.run?.overLimit && event.mode === 'resume' ? { overLimitBefore: state.run.overLimit } : {}),
          usage: NO_USAGE,
          costUsd: 0,
        },
      };
    default:
      if (!('runId' in event)) return unknown(state, event);
      if (state.run === null || state.run.id !== event.runId) return state;
      return changeRun(state, state.run, event, at);
  }
}

function changeRun(state: Task, run: NonNullable<Task['run']>, event: RunEvent, at: number): Task {
  switch (event.type) {
    case 'run.settled':
      return {
        ...withGoal(state, event.status !== 'completed' && wasAskedNothing(state, run) ? true : state.goalIsNew),
        status: event.status,
        phase: null,
        phaseWords: null,
        outcome: event.outcome,
        approvals: [],
        stall: null,
        run: {
          ...withoutHandOver(run),
          status: event.status,
          outcome: event.outcome.code,
          ...(event.size ? { size: event.size } : {}),
          settledAt: at,
          process: null,
          openTurn: null,
        },
      };
    case 'workspace.requested':
      return {
        ...state,
        workspace: { id: event.workspaceId, path: event.path, branch: event.branch, baseCommit: null },
        workspaceCount: Number(event.workspaceId.split('-')[1]),
        run: { ...run, workspaceId: event.workspaceId },
      };
    case 'workspace.ready':
      return {
        ...state,
        workspace: { id: event.workspaceId, path: event.path, branch: event.branch, baseCommit: event.baseCommit },
        run: { ...run, workspaceId: event.workspaceId },
      };
    case 'agent.started':
      return { ...state, run: { ...run, process: event.process } };
    case 'session.started':
      return {
        ...state,
        sessionId: event.sessionId,
        run: { ...run, sessionId: event.sessionId, sessionConfirmed: true, model: event.model ?? run.model },
      };
    case 'session.lost':
      // The next one knows nothing.
      return {
        ...withGoal(state, state.goal === '' ? undefined : true),
        sessionId: null,
        run: { ...run, sessionId: event.sessionId, sessionConfirmed: false },
      };
    case 'session.hand-over-requested':
      // Who has it already need not be given it: the request before is taken back.
      return {
        ...state,
        run: event.to === (run.holder ?? 'loop') ? withoutHandOver(run) : { ...run, handOver: event.to },
      };
    case 'session.handed-over':
      return { ...state, run: { ...withoutHandOver(run), holder: event.to, process: null } };
    case 'phase.changed':
      // What stops can only say more about its stop.
      if (state.phase === 'stopping' && event.phase !== 'stopping') return state;
      return waits({ ...state, phase: event.phase, phaseWords: event.words });
    case 'turn.requested': {
      const read = new Set(event.messageIds);
      return waits({
        ...state,
        ...(state.phase === 'stopping' ? {} : { phase: 'working' as const, phaseWords: null }),
        messages: read.size === 0 ? state.messages : state.messages.filter((message) => !read.has(message.id)),
        run: { ...run, turns: event.turn, openTurn: event.turn, carried: carry(run.carried, state.messages, read) },
      });
    }
    case 'turn.settled':
      return waits({
        ...withGoal(state, event.result === 'ok' ? undefined : state.goalIsNew),
        ...(state.phase === 'stopping' ? {} : { phase: 'idle' as const, phaseWords: null }),
        usage: addUsage(state.usage, event.usage),
        costUsd: state.costUsd + event.costUsd,
        run: {
          ...run,
          openTurn: null,
          carried: event.result === 'ok' ? [] : run.carried,
          usage: addUsage(run.usage, event.usage),
          costUsd: run.costUsd + event.costUsd,
        },
      });
    case 'approval.requested': {
      const { approvalId, kind, tool, title } = event;
      return goOn({ ...state, approvals: [...state.approvals, { id: approvalId, kind, tool, title, askedAt: at }] });
    }
    case 'approval.settled': {
      const approvals = state.approvals.filter((pending) => pending.id !== event.approvalId);
      return approvals.length === state.approvals.length ? state : goOn({ ...state, approvals });
    }
    case 'stall.noticed': {
      const { callId, words, tail, check } = event;
      return goOn({ ...state, stall: { at, callId, words, tail, ...(check ? { check } : {}) } });
    }
    case 'stall.cleared':
      return state.stall === null ? state : goOn({ ...state, stall: null });
    case 'limit.exceeded': {
      const words = exceededWords(event);
      return { ...state, phase: 'stopping', phaseWords: words, run: { ...run, overLimit: words } };
    }
    case 'verdict.reached':
      return { ...state, run: { ...run, retriesSpent: event.retriesSpent } };
    // Only in the log.
    case 'checkpoint.made':
    case 'retry.scheduled':
    case 'check.settled':
    case 'entry.text':
    case 'entry.thinking':
    case 'entry.typed':
    case 'tool.called':
    case 'tool.settled':
    case 'background.changed':
    case 'notice.recorded':
      return state;
    default:
      return unknown(state, event);
  }
}

/** An event of a newer Drover changes nothing here. One that is added does not compile until the fold says what it does. */
function unknown(state: Task, _event: never): Task {
  return state;
}

/** While a person is waited for, that is the phase, whatever else goes on: the oldest approval, else a stall. */
function waits(state: Task): Task {
  if (state.phase === 'stopping') return state;
  const words = state.approvals[0]?.title ?? state.stall?.words ?? null;
  return words === null ? state : { ...state, phase: 'waiting', phaseWords: words };
}

/** The phase after something that was waited for has come or gone. */
function goOn(state: Task): Task {
  const next = waits(state);
  if (next !== state || state.phase !== 'waiting') return next;
  const between = state.run?.holder === 'person' ? 'taken' : 'idle';
  return { ...state, phase: state.run?.openTurn === null ? between : 'working', phaseWords: null };
}

function forNext({ nextHolder: _, ...state }: Task, holder: Task['nextHolder']): Task {
  return holder ? { ...state, nextHolder: holder } : state;
}

function withGoal({ goalIsNew: _, ...state }: Task, isNew: Task['goalIsNew']): Task {
  return isNew ? { ...state, goalIsNew: isNew } : state;
}

/** A run that begins for a person tells no agent the goal, and others may come before one does. */
function isUntold(state: Task, { mode, to }: Extract<TaskEvent, { type: 'task.queued' }>): Task['goalIsNew'] {
  if (to === 'person' && state.runCount === 0 && state.goal !== '') return true;
  return mode === 'rerun' ? undefined : state.goalIsNew;
}

/** A run that began anew and ended before its first turn: what continues it has no brief. */
function wasAskedNothing({ goal }: Task, { mode, turns }: NonNullable<Task['run']>): boolean {
  return goal !== '' && turns === 0 && (mode === 'fresh' || mode === 'rerun');
}

/** Whether an agent may know another goal, or none. */
function goalIsNew(state: Task, { goal }: TaskEdit): boolean {
  return goal !== undefined && goal !== state.goal && state.status !== 'draft';
}

function withoutLanding({ landing: _, ...state }: Task): Task {
  return state;
}

function withoutHandOver({ handOver: _, ...run }: NonNullable<Task['run']>): NonNullable<Task['run']> {
  return run;
}

function carry(carried: readonly QueuedMessage[], waiting: readonly QueuedMessage[], read: ReadonlySet<string>) {
  return [...carried, ...waiting.filter((message) => read.has(message.id))];
}

function reset(item: Item): Item {
  return { ...item, status: 'pending', reason: null };
}

function editItem(state: Task, itemId: string, edit: (item: Item) => Item): Task {
  return { ...state, items: state.items.map((item) => (item.id === itemId ? edit(item) : item)) };
}
