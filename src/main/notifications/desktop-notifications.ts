import type { SessionBus } from '../dbus/session-bus.ts';
import { type BusNotifications, createBusNotifications } from './bus-notification.ts';
import { presentByElectron } from './electron-notification.ts';

/** How this desktop shows notifications. On a Linux without a session bus there is nobody who could. */
export async function createDesktopNotifications(bus: SessionBus | null): Promise<BusNotifications> {
  const isHeldBack = async () => false;
  if (process.platform !== 'linux') return { present: presentByElectron, isHeldBack };
  if (bus !== null) return createBusNotifications(bus, 'Drover');
  return {
    present(_presentation, on) {
      on.failed();
      return { close() {} };
    },
    isHeldBack,
  };
}
