import { Message, type MessageBus } from '@jellybrick/dbus-next';

/** The part of a Linux desktop that knows when the machine sleeps, and who does not want it to. */
export interface PowerPeer {
  /** What it answers, by interface and member. */
  readonly answers: Record<string, (call: Message) => boolean>;
  open(): Promise<void>;
  keptAwakeBy(): readonly string[];
  sleep(isAboutTo: boolean): void;
  shutDown(): void;
}

const LOGIN = 'org.freedesktop.login1';
const MANAGER = 'org.freedesktop.login1.Manager';
const MANAGER_PATH = '/org/freedesktop/login1';
const SESSION = 'org.gnome.SessionManager';
const POWER = 'org.freedesktop.PowerManagement.Inhibit';
const POWER_NAME = 'org.freedesktop.PowerManagement';

/** The login service is on the system bus, which the test tells the program is this same bus. */
export function createPowerPeer(
  bus: MessageBus,
  reply: (call: Message, signature?: string, body?: unknown[]) => boolean,
): PowerPeer {
  const awake = new Map<number, string>();
  let last = 0;
  const inhibit = (words: (body: unknown[]) => unknown) => (call: Message) => {
    last += 1;
    awake.set(last, String(words(call.body)));
    return reply(call, 'u', [last]);
  };
  const uninhibit = (call: Message) => {
    awake.delete(Number(call.body[0]));
    return reply(call);
  };
  const signal = (member: string, value: boolean) =>
    bus.send(Message.newSignal(MANAGER_PATH, MANAGER, member, 'b', [value]));

  return {
    answers: {
      // Of GNOME: who, a window, why, what.
      [`${SESSION}.Inhibit`]: inhibit((body) => body[2]),
      [`${SESSION}.Uninhibit`]: uninhibit,
      // GTK asks for it as soon as there is such a service.
      [`${SESSION}.RegisterClient`]: (call) => reply(call, 'o', ['/org/gnome/SessionManager/Client1']),
      // Of others: who, why.
      [`${POWER}.Inhibit`]: inhibit((body) => body[1]),
      [`${POWER}.UnInhibit`]: uninhibit,
      // It would answer with a file, which holds the machine awake until it is closed.
      [`${MANAGER}.Inhibit`](call) {
        bus.send(Message.newError(call, 'org.freedesktop.DBus.Error.NotSupported', 'no files here'));
        return true;
      },
    },
    async open() {
      for (const name of [LOGIN, SESSION, POWER_NAME]) await bus.requestName(name, 0);
    },
    keptAwakeBy: () => [...awake.values()],
    sleep: (isAboutTo) => signal('PrepareForSleep', isAboutTo),
    shutDown: () => signal('PrepareForShutdown', true),
  };
}
