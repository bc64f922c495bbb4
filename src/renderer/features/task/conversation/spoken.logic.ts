import type { TaskEvent } from '../../../../contract/task/events.ts';

/** What Drover says in the conversation by itself; the rest is shown with something else, or only in the log. */
export function isSpoken(event: TaskEvent): boolean {
  switch (event.type) {
    case 'retry.scheduled':
    case 'autonomy.changed':
    case 'session.lost':
    case 'session.handed-over':
    case 'landing.settled':
    case 'task.cancelled':
    case 'run.settled':
    case 'item.changed':
    case 'item.added':
    case 'item.noted':
      return true;
    // That a person wants it to stop is the state of the task, and then how it ended.
    case 'task.stop-requested':
      return event.by === 'system';
    case 'notice.recorded':
      return event.level !== 'info';
    case 'approval.settled':
      // What was allowed is said by the call itself, unless it was answered with words.
      return event.decision !== 'allow' || (event.by === 'user' && event.words !== '');
    // The reminder, the check, the end of the run or the wait before the next try says it.
    case 'verdict.reached':
    case 'task.created':
    // How it ended is said.
    case 'landing.requested':
    case 'landing.prepared':
    case 'task.edited':
    case 'task.queued':
    case 'check.stop-requested':
    case 'session.hand-over-requested':
    case 'task.moved':
    case 'task.archived':
    case 'task.accepted':
    case 'task.deleted':
    case 'leftover.removed':
    case 'message.queued':
    case 'message.edited':
    case 'message.withdrawn':
    case 'message.moved':
    case 'message.send-requested':
    case 'run.started':
    case 'task.scheduled':
    case 'workspace.requested':
    case 'workspace.ready':
    case 'agent.started':
    case 'session.started':
    case 'phase.changed':
    case 'turn.requested':
    case 'turn.settled':
    case 'checkpoint.made':
    case 'check.settled':
    case 'entry.text':
    case 'entry.thinking':
    case 'entry.typed':
    case 'tool.called':
    case 'tool.settled':
    case 'approval.requested':
    // The banner says it, and the card.
    case 'stall.noticed':
    case 'stall.cleared':
    case 'background.changed':
    // The end of the run says it.
    case 'limit.exceeded':
      return false;
    default:
      event satisfies never;
      return false;
  }
}
