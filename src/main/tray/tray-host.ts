import type { EventEmitter } from 'node:events';
import { Message, type MessageBus, MessageType, sessionBus } from '@jellybrick/dbus-next';

/** The name under which a Linux desktop takes tray icons (StatusNotifierItem specification). */
const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = 'org.freedesktop.DBus';

export interface TrayHost {
  /** Whether something shows tray icons now. */
  isThere(): boolean;
  close(): void;
}

/**
 * Watches for the part of the desktop that shows tray icons, because an icon made before it is there never appears.
 * `onAppear` is called each time it comes after this. Costs no timer. Elsewhere than on Linux it is always there;
 * without a session bus, never.
 */
export async function watchTrayHost(onAppear: () => void): Promise<TrayHost> {
  if (process.platform !== 'linux') return { isThere: () => true, close: () => {} };
  const nobody: TrayHost = { isThere: () => false, close: () => {} };
  if (!process.env.DBUS_SESSION_BUS_ADDRESS) return nobody;
  let there = false;
  let bus: MessageBus;
  try {
    bus = sessionBus();
    // The library's types leave this one out.
    (bus as EventEmitter).on('error', () => {
      there = false;
    });
    bus.on('message', ({ type, member, body }: Message) => {
      if (type !== MessageType.SIGNAL || member !== 'NameOwnerChanged' || body[0] !== WATCHER) return;
      const was = there;
      there = body[2] !== '';
      if (there && !was) onAppear();
    });
    await ask(bus, 'AddMatch', `type='signal',sender='${BUS}',member='NameOwnerChanged',arg0='${WATCHER}'`);
    there = (await ask(bus, 'NameHasOwner', WATCHER)) === true;
  } catch {
    return nobody;
  }
  return {
    isThere: () => there,
    close: () => bus.disconnect(),
  };
}

async function ask(bus: MessageBus, member: string, argument: string): Promise<unknown> {
  const message = new Message({
    destination: BUS,
    path: '/org/freedesktop/DBus',
    interface: BUS,
    member,
    signature: 's',
    body: [argument],
  });
  const answer = await bus.call(message);
  return answer?.body[0];
}
