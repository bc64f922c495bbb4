import { Notification } from 'electron';
import { escapeMarkup } from './notice.ts';
import type { Present } from './notifications.ts';

/** Held until they are closed: one that was collected answers no click. */
const open = new Set<Notification>();
const MOST_OPEN = 20;

/** A notification of the desktop. Where there is no service for them, Electron says so by an event. */
export const presentOnDesktop: Present = (notice, on) => {
  if (!Notification.isSupported()) return on.failed();
  const body = process.platform === 'linux' ? escapeMarkup(notice.body) : notice.body;
  const notification = new Notification({ title: notice.title, body });
  const forget = () => open.delete(notification);
  notification.on('click', () => {
    forget();
    on.click();
  });
  notification.on('close', forget);
  notification.on('failed', () => {
    forget();
    on.failed();
  });
  open.add(notification);
  const [oldest] = open;
  if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest);
  notification.show();
};
