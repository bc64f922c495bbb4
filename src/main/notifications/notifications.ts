import { setTimeout } from 'node:timers';
import type { DesktopNotice } from '../../contract/desktop.ts';
import { mergeNotices, type Notice } from './notice.ts';

/** The way a notice reaches a person; `failed` is called when it does not. */
export type Present = (notice: DesktopNotice, on: { click(): void; failed(): void }) => void;

export interface NotificationsOptions {
  present: Present;
  /** Where a notice goes that the desktop cannot show. */
  fallBack(notice: DesktopNotice): void;
  /** The person looks at the board already. */
  isWatching(): boolean;
  onOpen(taskId: string | null): void;
  mergeMs?: number;
}

export interface Notifications {
  add(notice: Notice): void;
  close(): void;
}

/** Collects what happens within a moment and shows it as one notification. */
export function createNotifications(options: NotificationsOptions): Notifications {
  let waiting: Notice[] = [];
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    const notice = mergeNotices(waiting);
    waiting = [];
    if (options.isWatching()) return;
    options.present(notice, {
      click: () => options.onOpen(notice.taskId),
      failed: () => options.fallBack(notice),
    });
  }

  return {
    add(notice) {
      waiting.push(notice);
      timer ??= setTimeout(flush, options.mergeMs ?? 1000);
    },
    close() {
      clearTimeout(timer ?? undefined);
      timer = null;
    },
  };
}
