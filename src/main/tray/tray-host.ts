import { BUS, BUS_PATH } from '../dbus/names.ts';
import type { SessionBus } from '../dbus/session-bus.ts';

/** The name under which a Linux desktop takes tray icons (StatusNotifierItem specification). */
const WATCHER = 'org.kde.StatusNotifierWatcher';

export interface TrayHost {
  /** Whether something shows tray icons now. */
  isThere(): boolean;
}

/**
 * Watches for the part of the desktop that shows tray icons, because an icon made before it is there never appears.
 * `onAppear` is called each time it comes after this. Costs no timer. Elsewhere than on Linux it is always there;
 * without a session bus, never.
 */
export async function watchTrayHost(bus: SessionBus | null, onAppear: () => void): Promise<TrayHost> {
  if (process.platform !== 'linux') return { isThere: () => true };
  const nobody: TrayHost = { isThere: () => false };
  if (bus === null) return nobody;
  let there = false;
  try {
    const rule = `sender='${BUS}',member='NameOwnerChanged',arg0='${WATCHER}'`;
    await bus.onSignal(rule, { interface: BUS }, ({ member, body }) => {
      if (member !== 'NameOwnerChanged' || body[0] !== WATCHER) return;
      const was = there;
      there = body[2] !== '';
      if (there && !was) onAppear();
    });
    const [owned] = await bus.call({
      destination: BUS,
      path: BUS_PATH,
      interface: BUS,
      member: 'NameHasOwner',
      signature: 's',
      body: [WATCHER],
    });
    there = owned === true;
  } catch {
    return nobody;
  }
  return { isThere: () => there && bus.isOpen() };
}
