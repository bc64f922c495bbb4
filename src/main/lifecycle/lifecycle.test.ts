import { describe, expect, it, vi } from 'vitest';
import { createKeepAwake } from './keep-awake.ts';
import { createMoving } from './moving.ts';
import { createQuit, type QuitAnswer } from './quit.ts';
import { createReloadLimit } from './reload-limit.ts';
import { addressOfLink, readStartOptions } from './start-options.ts';

describe('the start options', () => {
  it('are read among words of Electron and Chromium', () => {
    const argv = ['--no-sandbox', '/app', '--data', '/tmp/x', '--inspect=0', '--hidden', 'drover://task/a1b2c3d4e'];
    expect(readStartOptions(argv)).toEqual({
      data: '/tmp/x',
      hidden: true,
      here: false,
      trayMs: 15_000,
      address: '#/tasks/a1b2c3d4e',
    });
    expect(readStartOptions(['--data=/y', '--here', '--tray-ms=20'])).toEqual({
      data: '/y',
      hidden: false,
      here: true,
      trayMs: 20,
      address: null,
    });
    expect(readStartOptions([])).toEqual({ data: null, hidden: false, here: false, trayMs: 15_000, address: null });
  });

  it.each([
    'drover://task/',
    'drover://task/../x',
    'drover://open/a1b2c3d4e',
    'https://task/a1b2c3d4e',
    'drover://task/a1b2c3d4e?x',
    'drover://task/q1b2c3d4e',
    'drover://approval/a1b2c3d4e',
    'drover://approval/q1b2c3d4e/allow',
  ])('take nothing from %s', (link) => {
    expect(addressOfLink(link)).toBeNull();
  });

  it('take an approval to look at from a link', () => {
    expect(addressOfLink('drover://approval/q1b2c3d4e')).toBe('#/needs-you/q1b2c3d4e');
  });
});

it('the machine is kept awake by one request, which is taken back', () => {
  const blocker = { start: vi.fn(() => 7), stop: vi.fn() };
  const keepAwake = createKeepAwake(blocker);
  for (const awake of [false, true, true, false, false, true]) keepAwake.set(awake);
  expect(blocker.start).toHaveBeenCalledTimes(2);
  keepAwake.close();
  expect(blocker.stop.mock.calls).toEqual([[7], [7]]);
});

describe('moving into the background', () => {
  function moving(inBackground: boolean) {
    const asked: { done(): void; until: AbortSignal }[] = [];
    const restart = vi.fn();
    const drain = (until: AbortSignal) => new Promise<void>((done) => void asked.push({ done, until }));
    return { asked, restart, drain, moving: createMoving({ drain, inBackground, restart }) };
  }

  it('starts the app again when no task is in a turn, once', async () => {
    const { moving: one, asked, restart } = moving(false);
    one.wanted(false);
    one.wanted(true);
    one.wanted(true);
    expect(asked).toHaveLength(1);
    expect([one.isUnderWay(), restart.mock.calls.length]).toEqual([true, 0]);
    asked[0]?.done();
    await vi.waitFor(() => expect(restart).toHaveBeenCalledOnce());
  });

  it('is called off by the setting, and can be asked for again', async () => {
    const { moving: one, asked, restart } = moving(false);
    one.wanted(true);
    one.wanted(false);
    expect([one.isUnderWay(), asked[0]?.until.aborted]).toEqual([false, true]);
    asked[0]?.done();
    await Promise.resolve();
    expect(restart).not.toHaveBeenCalled();
    one.wanted(true);
    expect(asked).toHaveLength(2);
  });

  it('does not begin by itself where it could not work in the background, nor where Drover runs elsewhere', () => {
    const { moving: one, asked } = moving(true);
    one.wanted(true);
    expect(asked).toHaveLength(0);
    const elsewhere = createMoving({ drain: null, inBackground: false, restart: vi.fn() });
    elsewhere.wanted(true);
    expect(elsewhere.isUnderWay()).toBe(false);
  });
});

describe('quitting', () => {
  const open = (underWay: number, answer: QuitAnswer = 'cancel') => {
    const state = { underWay };
    const calls = { ask: vi.fn(async () => answer), onBackground: vi.fn(), onWait: vi.fn(), end: vi.fn() };
    return { state, ...calls, quit: createQuit({ underWay: () => state.underWay, ...calls }) };
  };

  it('is at once when nothing runs', async () => {
    const { quit, ask, end } = open(0);
    await quit.request();
    expect(ask).not.toHaveBeenCalled();
    expect(end).toHaveBeenCalledOnce();
  });

  it('stops tasks only when that is the answer', async () => {
    const stopping = open(2, 'stop');
    await stopping.quit.request();
    expect(stopping.ask).toHaveBeenCalledOnce();
    expect(stopping.end).toHaveBeenCalledOnce();
    const cancelled = open(1, 'cancel');
    await cancelled.quit.request();
    cancelled.state.underWay = 0;
    cancelled.quit.tasksChanged();
    expect(cancelled.end).not.toHaveBeenCalled();
  });

  it('leaves everything running in the background when that is the answer, and can be asked again', async () => {
    const { quit, ask, onBackground, end } = open(1, 'background');
    await quit.request();
    expect([onBackground.mock.calls.length, end.mock.calls.length, quit.isWaiting()]).toEqual([1, 0, false]);
    await quit.request();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('waits for the last task when that is the answer', async () => {
    const { quit, state, end, onWait } = open(2, 'when-done');
    await quit.request();
    expect(onWait).toHaveBeenCalledOnce();
    expect(quit.isWaiting()).toBe(true);
    state.underWay = 1;
    quit.tasksChanged();
    expect(end).not.toHaveBeenCalled();
    state.underWay = 0;
    quit.tasksChanged();
    quit.tasksChanged();
    expect(end).toHaveBeenCalledOnce();
  });

  it('no longer ends by itself when somebody uses it again', async () => {
    const { quit, state, end } = open(1, 'when-done');
    await quit.request();
    quit.cancel();
    state.underWay = 0;
    quit.tasksChanged();
    expect(end).not.toHaveBeenCalled();
  });

  it('asks one question at a time, and a question that fails is no answer', async () => {
    const { quit, ask } = open(1);
    await Promise.all([quit.request(), quit.request()]);
    expect(ask).toHaveBeenCalledOnce();
    const failing = open(1);
    failing.ask.mockRejectedValue(new Error('no screen'));
    await failing.quit.request();
    expect(failing.end).not.toHaveBeenCalled();
  });
});

it('a page that dies again and again is not loaded for ever', () => {
  const mayReload = createReloadLimit();
  expect([0, 1, 2, 3].map(mayReload)).toEqual([true, true, true, false]);
  expect(mayReload(100_000)).toBe(true);
});
