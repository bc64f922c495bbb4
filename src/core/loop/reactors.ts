import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Rules } from '../approvals/rules-store.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { Logger } from '../base/logger.ts';

/** Something that follows from an event, once it is in the log, whether a run is under way or not. May not throw. */
export type Reactor = (logged: LoggedEvent) => void;

interface Deps {
  attachments: Pick<Attachments, 'forget'>;
  rules: Pick<Rules, 'forgetTask'>;
  logger: Pick<Logger, 'warn'>;
}

/** All of them, in the order in which they hear of an event; what follows for runs is in the scheduler. */
export function createReactors({ attachments, rules, logger }: Deps): Reactor[] {
  return [
    function forgetAttachments({ taskId, event }) {
      if (event.type !== 'task.deleted') return;
      attachments.forget(taskId).catch((error) => logger.warn('attachments were left', { taskId, error }));
    },
    function forgetRules({ taskId, event }) {
      if (event.type === 'task.deleted') rules.forgetTask(taskId);
    },
  ];
}
