import { Notification } from 'electron';
import type { Present } from './present.ts';

/** Held until they are closed: one that was collected answers no click. */
const open = new Set<Notification>();
const MOST_OPEN = 50;

/** A notification of macOS or Windows, by Electron. Buttons are shown where the system and the signature allow them. */
export const presentByElectron: Present = ({ title, body, actions, sound, stays }, on, instead) => {
  instead?.close();
  const notification = new Notification({
    title,
    body,
    silent: !sound,
    timeoutType: stays ? 'never' : 'default',
    actions: actions.map(({ label }) => ({ type: 'button', text: label })),
  });
  const forget = () => open.delete(notification);
  notification.on('click', () => {
    forget();
    on.click();
  });
  notification.on('action', (_event, index) => {
    forget();
    const action = actions[index];
    if (action !== undefined) on.action(action.key);
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
  return { close: () => notification.close() };
};
