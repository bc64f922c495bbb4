import type { Autonomy } from '../agent/state.ts';
import type { ApprovalDecision } from '../approval/state.ts';
import type { Attachment } from '../attachment/state.ts';
import type { LeftoverKind } from '../clean-up/state.ts';
import type { OpenLanding } from '../landing/state.ts';
import type { RunEvent } from '../run/events.ts';
import type { Holder, WorkSize } from '../run/state.ts';
import type { TaskEdit } from './events.ts';
import type { Priority } from './priority.ts';
import type { Schedule, ScheduleChange } from './schedule.ts';
import type { Actor, Item, ItemStatus, Task, TaskFields, TaskOutcome } from './state.ts';

/** A task with every default filled in, ready to be decided on. */
export interface NewTask extends TaskFields, Pick<Task, 'id' | 'projectId' | 'attachments'> {
  items: NewItem[];
  schedule?: Schedule;
  onBranch?: true;
}

/** An item that is about to be made. */
export type NewItem = Pick<Item, 'text' | 'check'>;

/**
 * What can be asked of a task. The first part is what people and agents ask; the second is how the loop reports back,
 * and no client can send it.
 */
export type TaskCommand =
  /** `to`: started, a person gets the session as soon as the run begins. */
  | { type: 'task.create'; task: NewTask; start: boolean; to?: 'person' }
  | { type: 'task.edit'; edit: TaskEdit }
  | { type: 'task.start' }
  | { type: 'task.stop'; by: 'user' | 'system' }
  | { type: 'task.resume' }
  /** Items that are blocked are open again, or skipped; null: all of them. When none is left, a task that has ended continues. */
  | { type: 'task.unblock'; itemIds: readonly string[] | null; skip: boolean }
  | { type: 'task.rerun' }
  | { type: 'task.delete'; keepWorkspace: boolean; hasWorkspace: boolean }
  /** The check that runs is ended, and has failed. */
  | { type: 'check.stop' }
  /** Its place in the queue, and its priority where that changes with it. */
  | { type: 'task.move'; rank: number; priority?: Priority | undefined }
  /** When it may start; also while it waits. */
  | { type: 'task.schedule'; change: ScheduleChange }
  | { type: 'task.archive'; archived: boolean }
  | { type: 'task.accept'; accepted: boolean }
  /** Something that the task had left was removed by a clean-up; its outputs are with this, and only when it is over. */
  | {
      type: 'leftover.remove';
      what: LeftoverKind;
      name: string;
      bytes: number | null;
      by: 'user' | 'drover';
    }
  /** Why a queued task waits. */
  | { type: 'task.wait'; waiting: NonNullable<Task['waiting']> }
  /**
   * A person takes the session over when the turn is over, or ends the turn for it with `now`, or has its program opened
   * again; or gives it back, with what may change of the task then.
   */
  | { type: 'session.hand-over'; to: Holder; now?: true; edit?: TaskEdit; items?: readonly NewItem[] }
  | { type: 'message.queue'; id: string; text: string; attachments?: readonly Attachment[] }
  /** Each is refused once the agent has been given the message; null moves it to the end. */
  | { type: 'message.move'; messageId: string; before: string | null }
  | { type: 'message.edit'; messageId: string; text: string }
  | { type: 'message.withdraw'; messageId: string }
  /** The turn that is under way ends for this message, or for all that are queued. */
  | { type: 'message.send'; messageId?: string | undefined }
  | { type: 'item.add'; text: string; check: Item['check']; checkBy?: Item['checkBy']; by: Actor }
  | { type: 'item.set'; itemId: string; status: ItemStatus; reason: string | null; by: Actor }
  | { type: 'item.note'; itemId: string; text: string; by: Actor }
  | { type: 'run.start'; sessionId: string | null }
  | { type: 'run.record'; runId: string; events: RunEvent[] }
  | {
      type: 'run.settle';
      runId: string;
      status: 'completed' | 'failed' | 'cancelled';
      outcome: TaskOutcome;
      /** What it leaves changed; left out where that is nothing, or is not known. */
      size?: WorkSize;
    }
  /**
   * Refused unless it is pending: the first answer wins. `autonomy` is how far the agent may go from now on; `stop` ends
   * the task.
   */
  | { type: 'approval.settle'; approvalId: string; decision: ApprovalDecision; autonomy?: Autonomy; stop?: boolean }
  /** Work begins to land on a branch, or a landing to be undone; refused while the task is under way. */
  | { type: 'landing.request'; landing: Omit<OpenLanding, 'no' | 'work'> }
  | { type: 'landing.prepare'; no: number; work: string | null; to: string }
  | { type: 'landing.settle'; no: number; result: 'done' | 'failed'; words: string }
  /** The host died while the run went on: nobody waits for an answer any more, and what was left is being ended. */
  | { type: 'run.abandon'; runId: string; words: string }
  /** The host died or is ending: close the run as interrupted and, if `resume`, queue the task again. */
  | { type: 'run.recover'; runId: string; resume: boolean; words: string };
