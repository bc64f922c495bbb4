import type { Surface } from '../contract/approval/state.ts';
import { type DesktopNotice, NEEDS_YOU_ADDRESS, taskAddress } from '../contract/desktop.ts';
import { isUnsettled } from '../contract/task/derive.ts';
import type { LoggedEvent } from '../contract/task/events.ts';
import type { TaskSummary } from '../contract/task/state.ts';
import { createPopUp, type PopUp } from './approval-popup/pop-up.ts';
import { createAlarm } from './lifecycle/alarm.ts';
import { createApprovalNotices } from './notifications/approval-notices.ts';
import type { BusNotifications } from './notifications/bus-notification.ts';
import { isWanted, noticeOf } from './notifications/notice.ts';
import { createNotifications } from './notifications/notifications.ts';
import { createReminder } from './notifications/reminder.ts';
import type { Preferences } from './preferences/preferences.ts';
import { isQuietTime } from './preferences/quiet-time.ts';
import type { TaskFeed } from './tasks/task-feed.ts';
import type { WaitingApproval } from './tasks/waiting-approval.ts';
import type { SmallWindow } from './windows/small-window.ts';

export interface AttentionOptions {
  notifier: BusNotifications;
  preferences: Preferences;
  popUpWindow: SmallWindow;
  /** Null as long as it is being opened. */
  feed(): Pick<TaskFeed, 'tasks' | 'approvals'> | null;
  /** The person looks at the board. */
  isWatching(): boolean;
  openBoard(address?: string): void;
  /** Shows a notice in the board. */
  tellInBoard(notice: DesktopNotice): void;
  answer(approvalId: string, answer: 'allow' | 'deny', from: Surface): void;
  /** It is no longer quiet; `changed` must follow. */
  onQuietEnd(): void;
}

/** Everything that calls a person: the pop-up, notifications, the reminder. */
export interface Attention {
  readonly popUp: PopUp;
  /** Shows what waits, with the keyboard. */
  showApprovals(): void;
  event(event: LoggedEvent, task: TaskSummary): void;
  approvalsChanged(): void;
  /** Tasks or settings have changed, or the person looks at the board or away from it. */
  changed(): void;
  /** The machine has slept. */
  woke(): void;
  say(notice: DesktopNotice): void;
  close(): void;
}

export function createAttention(options: AttentionOptions): Attention {
  const { notifier, preferences, popUpWindow, feed } = options;
  const approvals = (): readonly WaitingApproval[] => feed()?.approvals() ?? [];
  const tasks = (): readonly TaskSummary[] => feed()?.tasks() ?? [];
  const quietUntil = () => preferences.settings()['attention.quietUntil'];
  const hasSound = () => preferences.settings()['attention.sound'];
  const isNow = (kind: 'completed' | 'failed' | 'needs-you', projectId: string) =>
    isWanted({ kind, projectId }, { settings: preferences.settings(), isQuiet: preferences.isQuiet, now: Date.now() });
  let isHeldBack = false;
  let wasQuiet = false;

  const popUp = createPopUp({
    window: popUpWindow,
    isQuiet(approvalId) {
      const projectId = approvals().find(({ id }) => id === approvalId)?.projectId ?? '';
      return isHeldBack || isQuietTime(quietUntil(), Date.now()) || preferences.isQuiet(projectId);
    },
    isWatching: options.isWatching,
    mayBeNeeded: () => tasks().some(({ status }) => status === 'running'),
  });
  const showApprovals = () => {
    if (!popUp.summon()) options.openBoard(NEEDS_YOU_ADDRESS);
  };
  const notifications = createNotifications({
    present: notifier.present,
    fallBack: options.tellInBoard,
    isWatching: options.isWatching,
    isWanted: ({ kind, projectId }) => isNow(kind, projectId),
    hasSound,
    onOpen: (taskId) => options.openBoard(taskId === null ? undefined : taskAddress(taskId)),
  });
  const approvalNotices = createApprovalNotices({
    present: notifier.present,
    isWatching: options.isWatching,
    isWanted: ({ projectId }) => isNow('needs-you', projectId),
    hasSound,
    onAnswer: (approvalId, answer) => options.answer(approvalId, answer, 'notification'),
    onOpen: showApprovals,
  });
  const reminder = createReminder({
    afterMs: () => preferences.settings()['attention.reminderMs'],
    quietMs: () => Math.max(0, (quietUntil() ?? 0) - Date.now()),
    remind: (count) =>
      notifications.say({
        title: 'Still waiting for you',
        body: count === 1 ? 'One approval is pending; its task is waiting.' : `${count} approvals are pending.`,
        taskId: null,
      }),
  });
  const alarm = createAlarm(options.onQuietEnd);

  function approvalsChanged(): void {
    approvalNotices.changed(approvals());
    reminder.changed(waitingIds());
    const ids = () => approvals().map(({ id }) => id);
    if (ids().length === 0 || popUpWindow.isVisible()) popUp.changed(ids());
    // What the desktop says matters only for a pop-up that is about to come.
    else
      void notifier.isHeldBack().then((held) => {
        isHeldBack = held;
        popUp.changed(ids());
      });
  }

  function waitingIds(): string[] {
    const stalled = tasks().filter((task) => task.stalled && isUnsettled(task.status));
    return [...approvals().map(({ id }) => id), ...stalled.map(({ id }) => id)];
  }

  return {
    popUp,
    showApprovals,
    event(event, task) {
      const notice = noticeOf(event, task);
      if (notice !== null) notifications.add(notice);
    },
    approvalsChanged,
    changed() {
      const isQuiet = isQuietTime(quietUntil(), Date.now());
      if (wasQuiet && !isQuiet) approvalsChanged();
      wasQuiet = isQuiet;
      popUp.looked();
      popUp.tasksChanged();
      reminder.changed(waitingIds());
      alarm.set(quietUntil());
    },
    woke: alarm.woke,
    say: notifications.say,
    close() {
      popUp.close();
      notifications.close();
      approvalNotices.close();
      reminder.close();
      alarm.close();
    },
  };
}
