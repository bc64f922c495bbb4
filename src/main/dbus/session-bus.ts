import type { EventEmitter } from 'node:events';
import { Message, type MessageBus, MessageType, sessionBus, Variant } from '@jellybrick/dbus-next';
import { BUS, BUS_PATH } from './names.ts';

/** A call of a program on the session bus; `signature` and `body` as D-Bus has them. */
export interface BusCall {
  destination: string;
  path: string;
  interface: string;
  member: string;
  signature?: string;
  body?: unknown[];
}

export interface BusSignal {
  member: string;
  body: unknown[];
}

/** The session bus of a Linux desktop: where its tray and its notifications are reached. */
export interface SessionBus {
  isOpen(): boolean;
  /** What the program answers. Fails when there is no such program, or the bus is gone. */
  call(call: BusCall): Promise<unknown[]>;
  /** Calls back for every signal that fits `rule` (a D-Bus match rule without its type) and `wanted`. */
  onSignal(rule: string, wanted: { interface: string }, listener: (signal: BusSignal) => void): Promise<void>;
  /** A value together with its type, for places that take any type. */
  typed(signature: string, value: unknown): unknown;
  close(): void;
}

/** Null elsewhere than on Linux, and where there is no session bus. Costs no timer. */
export async function openSessionBus(): Promise<SessionBus | null> {
  if (process.platform !== 'linux' || !process.env.DBUS_SESSION_BUS_ADDRESS) return null;
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  let isOpen = true;
  failed.catch(() => {
    isOpen = false;
  });
  let bus: MessageBus;
  try {
    bus = sessionBus();
    // The library's types leave this one out; what waits for an answer would wait for ever.
    (bus as EventEmitter).on('error', fail);
    await Promise.race([ping(bus), failed]);
  } catch {
    return null;
  }

  const call = async ({ signature = '', body = [], ...of }: BusCall) => {
    const answer = await Promise.race([bus.call(new Message({ ...of, signature, body })), failed]);
    return (answer?.body ?? []).map(plain);
  };
  return {
    isOpen: () => isOpen,
    call,
    async onSignal(rule, wanted, listener) {
      bus.on('message', (message: Message) => {
        if (message.type !== MessageType.SIGNAL || message.interface !== wanted.interface) return;
        listener({ member: String(message.member), body: message.body.map(plain) });
      });
      const body = [`type='signal',${rule}`];
      await call({ destination: BUS, path: BUS_PATH, interface: BUS, member: 'AddMatch', signature: 's', body });
    },
    typed: (signature, value) => new Variant(signature, value),
    close: () => bus.disconnect(),
  };
}

async function ping(bus: MessageBus): Promise<void> {
  await bus.call(new Message({ destination: BUS, path: BUS_PATH, interface: BUS, member: 'GetId' }));
}

/** Values without the types that D-Bus carries beside them. */
function plain(value: unknown): unknown {
  return value instanceof Variant ? plain(value.value) : value;
}
