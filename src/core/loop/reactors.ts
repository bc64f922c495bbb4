import type { LoggedEvent } from '../../contract/task/events.ts';
import type { Rules } from '../approvals/rules/rules-store.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { Logger } from '../base/logger.ts';
import type { LimitWatch } from '../resources/limit-watch.ts';
import type { Checkpoints } from '../review/checkpoints.ts';
import type { Terminals } from '../terminals/terminals.ts';

/** Something that follows from an event, once it is in the log, whether a run is under way or not. May not throw. */
export type Reactor = (logged: LoggedEvent) => void;

interface Deps {
  attachments: Pick<Attachments, 'forget'>;
  rules: Pick<Rules, 'forgetTask'>;
  terminals: Pick<Terminals, 'closeAll'>;
  limitWatch: Pick<LimitWatch, 'poke'>;
  checkpoints: Pick<Checkpoints, 'sweep'>;
  logger: Pick<Logger, 'warn'>;
}

/** All of them, in the order in which they hear of an event; what follows for runs is in the scheduler. */
export function createReactors(deps: Deps): Reactor[] {
  const { attachments, rules, terminals, checkpoints, limitWatch, logger } = deps;
  return [
    function forgetAttachments({ taskId, event }) {
      if (event.type !== 'task.deleted') return;
      attachments.forget(taskId).catch((error) => logger.warn('attachments were left', { taskId, error }));
    },
    function endTerminals({ taskId, event }) {
      const isPutAway = event.type === 'task.archived' && event.archived;
      if (event.type !== 'task.deleted' && !isPutAway) return;
      terminals
        .closeAll((terminal) => terminal.taskId === taskId)
        .catch((error) => logger.warn('terminals were left', { taskId, error }));
    },
    function measureAgain({ event }) {
      if (event.type === 'task.edited') limitWatch.poke();
    },
    function deleteCheckpoints({ event }) {
      if (event.type === 'task.deleted') void checkpoints.sweep();
    },
    function forgetRules({ taskId, event }) {
      if (event.type === 'task.deleted') rules.forgetTask(taskId);
    },
  ];
}
