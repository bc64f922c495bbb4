import { Message, type MessageBus, MessageType, sessionBus, Variant } from '@jellybrick/dbus-next';
import { createPowerPeer } from './power-peer.ts';
import { eventually, until } from './until.ts';

/**
 * Plays the desktop that a tray app on Linux talks to, on the session bus of the test: what shows tray icons
 * (StatusNotifierItem), what draws their menus (com.canonical.dbusmenu), what shows notifications, and what knows of sleep.
 */
export interface DesktopPeer {
  /** What the pointer sees over the icon. Waits for an icon. */
  tooltip(): Promise<string>;
  /** Colour of the pixel at `x`, `y` (parts of the side) of the icon as `rrggbb`. */
  pixel(x: number, y: number): Promise<string>;
  /** The labels of the menu; a sub-menu is a list in a list; headings that cannot be clicked stand in brackets. */
  menu(): Promise<Labels>;
  /** Clicks an entry; the way there is given by labels. */
  choose(...labels: string[]): Promise<void>;
  /** Whether the entry with this label is ticked. */
  isTicked(label: string): Promise<boolean>;
  /** Clicks the icon itself. */
  activate(): Promise<void>;
  /** Oldest first, also those that are gone. */
  notifications(): readonly ShownNotification[];
  /** Clicks a button of a notification; without `key` the notification itself. */
  clickNotification(id: number, key?: string): void;
  /** Whether the desktop holds notifications back, as Plasma tells. */
  holdBack(held: boolean): void;
  /** Who keeps the machine awake now, by what they said. */
  keptAwakeBy(): readonly string[];
  /** Tells programs that the machine is about to sleep, or has just woken. */
  sleep(isAboutTo: boolean): void;
  /** Tells programs that the machine is about to be turned off. */
  shutDown(): void;
  close(): void;
}

export type Labels = (string | Labels)[];

export interface ShownNotification {
  id: number;
  title: string;
  body: string;
  /** The keys of its buttons. */
  actions: readonly string[];
  hints: Readonly<Record<string, unknown>>;
  isOpen: boolean;
}

interface MenuNode {
  id: number;
  label: string;
  isEnabled: boolean;
  isTicked: boolean;
  children: MenuNode[];
}

const BUS = 'org.freedesktop.DBus';
const WATCHER = 'org.kde.StatusNotifierWatcher';
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';
const NOTIFICATIONS = 'org.freedesktop.Notifications';
const NOTIFICATIONS_PATH = '/org/freedesktop/Notifications';
const PROPERTIES = 'org.freedesktop.DBus.Properties';
const CLOSED_BY_PERSON = 2;
const CLOSED_BY_PROGRAM = 3;

export interface DesktopPeerOptions {
  /** Each leaves a part of the desktop out. */
  tray?: boolean;
  notifications?: boolean;
  /** What the service of notifications can do. */
  capabilities?: readonly string[];
}

export async function createDesktopPeer(options: DesktopPeerOptions = {}): Promise<DesktopPeer> {
  const { tray = true, notifications = true, capabilities = ['actions', 'body', 'body-markup'] } = options;
  const bus = sessionBus();
  const items: { service: string; path: string; owner: string }[] = [];
  const shown: ShownNotification[] = [];
  let isHeldBack = false;

  const reply = (call: Message, signature = '', body: unknown[] = []) => {
    bus.send(Message.newMethodReturn(call, signature, body));
    return true;
  };
  const power = createPowerPeer(bus, reply);
  const answers: Record<string, (call: Message) => boolean> = {
    [`${PROPERTIES}.Get`](call) {
      if (call.body[0] === NOTIFICATIONS) return reply(call, 'v', [new Variant('b', isHeldBack)]);
      return reply(call, 'v', [watcherProperties()[String(call.body[1])]]);
    },
    [`${PROPERTIES}.GetAll`]: (call) => reply(call, 'a{sv}', [watcherProperties()]),
    [`${WATCHER}.RegisterStatusNotifierItem`](call) {
      // A bus name, a path on the caller's connection, or both, by the age of the program.
      const [, name, path] = /^([^/@]*)@?(\/.*)?$/.exec(String(call.body[0])) ?? [];
      const owner = call.sender ?? '';
      items.push({ service: name || owner, path: path ?? '/StatusNotifierItem', owner });
      return reply(call);
    },
    [`${WATCHER}.RegisterStatusNotifierHost`]: (call) => reply(call),
    [`${NOTIFICATIONS}.GetCapabilities`]: (call) => reply(call, 'as', [capabilities]),
    [`${NOTIFICATIONS}.GetServerInformation`]: (call) => reply(call, 'ssss', ['peer', 'test', '1', '1.2']),
    [`${NOTIFICATIONS}.Notify`](call) {
      const [, replaced, , title, body, actions, hints] = call.body.map(plain);
      const id = Number(replaced) || shown.length + 1;
      for (const each of shown) if (each.id === id) each.isOpen = false;
      const keys = (actions as string[]).filter((_action, index) => index % 2 === 0);
      const all = hints as Record<string, unknown>;
      shown.push({ id, title: String(title), body: String(body), actions: keys, hints: all, isOpen: true });
      return reply(call, 'u', [id]);
    },
    [`${NOTIFICATIONS}.CloseNotification`](call) {
      closeNotification(Number(call.body[0]), CLOSED_BY_PROGRAM);
      return reply(call);
    },
    ...power.answers,
  };
  function closeNotification(id: number, reason: number): void {
    const open = shown.find((each) => each.id === id && each.isOpen);
    if (open === undefined) return;
    open.isOpen = false;
    bus.send(Message.newSignal(NOTIFICATIONS_PATH, NOTIFICATIONS, 'NotificationClosed', 'uu', [id, reason]));
  }
  bus.addMethodHandler((call: Message) => answers[`${call.interface}.${call.member}`]?.(call) ?? false);
  bus.on('message', (message: Message) => {
    if (message.type !== MessageType.SIGNAL || message.member !== 'NameOwnerChanged' || message.body[2] !== '') return;
    const gone = items.findIndex(({ service, owner }) => [service, owner].includes(String(message.body[0])));
    if (gone >= 0) items.splice(gone, 1);
  });
  await ask(bus, BUS, '/org/freedesktop/DBus', BUS, 'AddMatch', 's', [
    `type='signal',sender='${BUS}',member='NameOwnerChanged'`,
  ]);
  if (notifications) await bus.requestName(NOTIFICATIONS, 0);
  if (tray) await bus.requestName(WATCHER, 0);
  await power.open();

  const item = () => until(() => items.at(-1), 'a tray icon');
  // The icon may be that of a program which has just ended, until the bus has said so.
  const properties = () =>
    eventually(async () => {
      const { service, path } = await item();
      return (await ask(bus, service, path, PROPERTIES, 'GetAll', 's', [ITEM]))[0] as Record<string, unknown>;
    });
  const layout = async () => {
    const { service } = await item();
    const path = String((await properties()).Menu);
    const [, root] = await ask(bus, service, path, MENU, 'GetLayout', 'iias', [0, -1, []]);
    return { service, path, root: nodeOf(root) };
  };
  const find = (root: MenuNode, label: string) => {
    const found = root.children.find((child) => child.label === label);
    if (found === undefined) {
      throw new Error(`There is no “${label}” among ${root.children.map((child) => child.label).join(' | ')}.`);
    }
    return found;
  };

  return {
    tooltip: async () => String(((await properties()).ToolTip as unknown[])[2]),
    async pixel(x, y) {
      const [pictures] = [(await properties()).IconPixmap as [number, number, Buffer][]];
      const [width, height, bytes] = pictures[0] ?? [0, 0, Buffer.alloc(0)];
      const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
      return Buffer.from(bytes)
        .subarray(at + 1, at + 4)
        .toString('hex');
    },
    menu: async () => labelsOf((await layout()).root),
    choose: (...labels) =>
      // The menu may be made anew between the look and the click, which then goes nowhere and is an error.
      eventually(async () => {
        const { service, path, root } = await layout();
        const node = labels.reduce(find, root);
        if (!node.isEnabled) throw new Error(`“${node.label}” cannot be clicked.`);
        const click = [node.id, 'clicked', new Variant('s', ''), 0];
        // A program that is told to quit may do so before it has answered.
        await ask(bus, service, path, MENU, 'Event', 'isvu', click).catch((error: Error) => {
          if (!error.message.includes('disconnected')) throw error;
        });
      }),
    isTicked: async (label) => find((await layout()).root, label).isTicked,
    async activate() {
      const { service, path } = await item();
      await ask(bus, service, path, ITEM, 'Activate', 'ii', [0, 0]);
    },
    notifications: () => shown,
    clickNotification(id, key = 'default') {
      bus.send(Message.newSignal(NOTIFICATIONS_PATH, NOTIFICATIONS, 'ActionInvoked', 'us', [id, key]));
      closeNotification(id, CLOSED_BY_PERSON);
    },
    holdBack(held) {
      isHeldBack = held;
    },
    keptAwakeBy: power.keptAwakeBy,
    sleep: power.sleep,
    shutDown: power.shutDown,
    close: () => bus.disconnect(),
  };
}

function watcherProperties(): Record<string, Variant> {
  return {
    IsStatusNotifierHostRegistered: new Variant('b', true),
    ProtocolVersion: new Variant('i', 0),
    RegisteredStatusNotifierItems: new Variant('as', []),
  };
}

async function ask(
  bus: MessageBus,
  destination: string,
  path: string,
  of: string,
  member: string,
  signature: string,
  body: unknown[],
): Promise<unknown[]> {
  const answer = await bus.call(new Message({ destination, path, interface: of, member, signature, body }));
  return (answer?.body ?? []).map(plain);
}

/** Values without the types that D-Bus carries beside them. */
function plain(value: unknown): unknown {
  if (value instanceof Variant) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (Buffer.isBuffer(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

function nodeOf(layout: unknown): MenuNode {
  const [id, properties, children] = layout as [number, Record<string, unknown>, unknown[]];
  return {
    id,
    // One underline marks a key, two are one.
    label: properties.type === 'separator' ? '—' : String(properties.label ?? '').replace(/_(.)/g, '$1'),
    isEnabled: properties.enabled !== false,
    isTicked: properties['toggle-state'] === 1,
    children: children.map(nodeOf),
  };
}

function labelsOf({ children }: MenuNode): Labels {
  return children.flatMap((child) => {
    if (child.children.length > 0) return [child.label, labelsOf(child)];
    return [child.isEnabled ? child.label : `(${child.label})`];
  });
}
