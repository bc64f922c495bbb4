import type { DesktopNotice } from '../../contract/desktop.ts';
import { mergeNotices, type Notice } from './notice.ts';
import type { Present } from './present.ts';

export interface NotificationsOptions {
  present: Present;
  /** Where a notice goes that the desktop cannot show. */
  fallBack(notice: DesktopNotice): void;
  /** The person looks at the board already. */
  isWatching(): boolean;
  /** Whether the person wants to hear of such a thing now. */
  isWanted(notice: Notice): boolean;
  hasSound(): boolean;
  onOpen(taskId: string | null): void;
  mergeMs?: number;
}

export interface Notifications {
  add(notice: Notice): void;
  /** Says something at once, that is about no event of a task. */
  say(notice: DesktopNotice): void;
  close(): void;
}

/** Collects what happens within a moment and shows it as one notification. */
export function createNotifications(options: NotificationsOptions): Notifications {
  let waiting: Notice[] = [];
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    const wanted = waiting.filter(options.isWanted);
    waiting = [];
    if (wanted.length > 0 && !options.isWatching()) say(mergeNotices(wanted));
  }

  function say(notice: DesktopNotice): void {
    options.present(
      { ...notice, actions: [], sound: options.hasSound(), stays: false },
      {
        click: () => options.onOpen(notice.taskId),
        action: () => {},
        failed: () => options.fallBack(notice),
      },
    );
  }

  return {
    add(notice) {
      waiting.push(notice);
      timer ??= setTimeout(flush, options.mergeMs ?? 1000);
    },
    say,
    close() {
      clearTimeout(timer ?? undefined);
      timer = null;
    },
  };
}
