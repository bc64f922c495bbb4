import { afterEach, expect, it, vi } from 'vitest';
import { eventually } from '../../../test/support/until.ts';
import type { BusSignal, SessionBus } from '../dbus/session-bus.ts';
import { createBusNotifications } from './bus-notification.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('waits for a slow service to say whether it holds notifications back, but not for one that never does', async () => {
  vi.useFakeTimers();
  let reply: (body: unknown[]) => void = () => {};
  const bus: SessionBus = {
    isOpen: () => true,
    onSignal: async () => {},
    call: ({ member }) =>
      member === 'Get'
        ? new Promise((resolve) => {
            reply = resolve;
          })
        : Promise.resolve([['actions']]),
    typed: (_signature, value) => value,
    close() {},
  };
  const { isHeldBack } = await createBusNotifications(bus, 'Drover');
  const slow = isHeldBack();
  await vi.advanceTimersByTimeAsync(1_000);
  reply([true]);
  expect(await slow).toBe(true);
  const never = isHeldBack();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await never).toBe(false);
});

it('hears a click that arrives in one piece with the answer that names the notification', async () => {
  let signal: (signal: BusSignal) => void = () => {};
  const bus: SessionBus = {
    isOpen: () => true,
    async onSignal(_rule, _wanted, listener) {
      signal = listener;
    },
    call({ member }) {
      if (member !== 'Notify') return Promise.resolve([['actions']]);
      // The answer is there, but nobody has been told yet when the signal is read.
      const answer = Promise.resolve([7]);
      signal({ member: 'ActionInvoked', body: [8, 'deny'] });
      signal({ member: 'ActionInvoked', body: [7, 'allow'] });
      return answer;
    },
    typed: (_signature, value) => value,
    close() {},
  };
  const notifications = await createBusNotifications(bus, 'Drover');
  const on = { click: vi.fn(), action: vi.fn(), failed: vi.fn() };
  const actions = [{ key: 'allow', label: 'Allow' }];
  notifications.present({ title: 'Allow?', body: 'Run it', actions, sound: false, stays: true, taskId: null }, on);
  await eventually(() => expect(on.action).toHaveBeenCalledExactlyOnceWith('allow'));
  signal({ member: 'ActionInvoked', body: [7, 'allow'] });
  expect(on.action).toHaveBeenCalledOnce();
  expect(on.failed).not.toHaveBeenCalled();
});
