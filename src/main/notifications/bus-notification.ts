import { setTimeout as wait } from 'node:timers/promises';
import type { SessionBus } from '../dbus/session-bus.ts';
import { escapeMarkup } from './notice.ts';
import type { Present, Presentation, PresentationEvents, Shown } from './present.ts';

/** https://specifications.freedesktop.org/notification-spec/latest/ */
const SERVICE = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const PROPERTIES = 'org.freedesktop.DBus.Properties';
const DESKTOP_ENTRY = 'drover';
const URGENCY = { normal: 1, critical: 2 };
const MOST_KNOWN = 50;
/**
 * A service that never replies holds nothing back; one on a busy machine may take its time, and what it says matters: a
 * pop-up would come into a shared screen.
 */
const PATIENCE_MS = 2_000;

export interface BusNotifications {
  present: Present;
  /**
   * Whether the desktop itself holds notifications back now, as Plasma tells: because somebody asked it to, or while a
   * screen is shared or shows slides. Other desktops, macOS and Windows do not tell programs.
   */
  isHeldBack(): Promise<boolean>;
}

/**
 * Notifications of a Linux desktop over its bus, because Electron's have no buttons there. Buttons and clicks exist only
 * where the service says it has `actions`; words are escaped where it reads markup.
 */
export async function createBusNotifications(bus: SessionBus, appName: string): Promise<BusNotifications> {
  const listening = new Map<number, PresentationEvents>();
  /** Signals of notifications whose id is still on its way to us: they can arrive in one piece with it. */
  let early: { id: number; member: string; key: unknown }[] = [];
  let underWay = 0;

  function take(id: number, member: string, key: unknown): void {
    const on = listening.get(id);
    if (on === undefined) {
      if (underWay > 0) early.push({ id, member, key });
      return;
    }
    // A service may keep what was clicked on the screen; for us it is over.
    listening.delete(id);
    if (member !== 'ActionInvoked') return;
    if (key === 'default') on.click();
    else on.action(String(key));
  }

  await bus
    .onSignal(`interface='${SERVICE.interface}'`, SERVICE, ({ member, body: [id, key] }) =>
      take(Number(id), member, key),
    )
    .catch(() => {});

  async function notify(presentation: Presentation, on: PresentationEvents, replaced: number): Promise<number> {
    const [capabilities] = await bus.call({ ...SERVICE, member: 'GetCapabilities' });
    const can = (what: string) => Array.isArray(capabilities) && capabilities.includes(what);
    const { title, body, actions, sound, stays } = presentation;
    const buttons = can('actions') ? ['default', 'Open', ...actions.flatMap(({ key, label }) => [key, label])] : [];
    underWay += 1;
    const notifying = bus.call({
      ...SERVICE,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      body: [
        appName,
        replaced,
        '',
        title,
        can('body-markup') ? escapeMarkup(body) : body,
        buttons,
        {
          urgency: bus.typed('y', stays ? URGENCY.critical : URGENCY.normal),
          'desktop-entry': bus.typed('s', DESKTOP_ENTRY),
          ...(sound
            ? { 'sound-name': bus.typed('s', 'message-new-instant') }
            : { 'suppress-sound': bus.typed('b', true) }),
        },
        stays ? 0 : -1,
      ],
    });
    const id = await notifying
      .then(([answered]) => Number(answered))
      .finally(() => {
        underWay -= 1;
      });
    listening.set(id, on);
    const [oldest] = listening.keys();
    if (listening.size > MOST_KNOWN && oldest !== undefined) listening.delete(oldest);
    const meant = early.find((signal) => signal.id === id);
    early = underWay > 0 ? early.filter((signal) => signal.id !== id) : [];
    if (meant) take(meant.id, meant.member, meant.key);
    return id;
  }

  /** The id of a notification that is shown; 0 when it was not. */
  const ids = new WeakMap<Shown, Promise<number>>();

  return {
    present(presentation, on, instead) {
      const before = (instead === undefined ? undefined : ids.get(instead)) ?? Promise.resolve(0);
      const id = before
        .then((replaced) => {
          // Closed or clicked meanwhile: it must not come back under its old id.
          const isThere = listening.delete(replaced);
          return notify(presentation, on, isThere ? replaced : 0);
        })
        .catch(() => {
          on.failed();
          return 0;
        });
      const shown: Shown = {
        close: () => void id.then(closeNow).catch(() => {}),
      };
      ids.set(shown, id);
      return shown;
    },
    async isHeldBack() {
      const body = [SERVICE.interface, 'Inhibited'];
      const asked = { ...SERVICE, interface: PROPERTIES, member: 'Get', signature: 'ss', body };
      const asking = bus.call(asked).then(
        ([inhibited]) => inhibited === true,
        () => false,
      );
      return Promise.race([asking, wait(PATIENCE_MS, false)]);
    },
  };

  async function closeNow(id: number): Promise<void> {
    if (!listening.delete(id)) return;
    await bus.call({ ...SERVICE, member: 'CloseNotification', signature: 'u', body: [id] });
  }
}
