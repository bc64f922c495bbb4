import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPopUp, type PopUpOptions } from './pop-up.ts';

function open(more: Partial<PopUpOptions> = {}) {
  const state = { visible: false, quiet: false, watching: false, running: false };
  const window = {
    show: vi.fn(() => {
      state.visible = true;
    }),
    hide: vi.fn(() => {
      state.visible = false;
    }),
    isVisible: () => state.visible,
    warmUp: vi.fn(),
    coolDown: vi.fn(),
  };
  const popUp = createPopUp({
    window,
    isQuiet: () => state.quiet,
    isWatching: () => state.watching,
    mayBeNeeded: () => state.running,
    ...more,
  });
  return { state, window, popUp };
}

describe('the pop-up', () => {
  it('comes without the keyboard when something waits, and goes when nothing does', () => {
    const { state, window, popUp } = open();
    popUp.changed(['q1']);
    expect(window.show).toHaveBeenCalledExactlyOnceWith({ focus: false });
    popUp.changed(['q1', 'q2']);
    popUp.changed(['q2']);
    expect(window.show).toHaveBeenCalledOnce();
    expect(state.visible).toBe(true);
    popUp.changed([]);
    expect(state.visible).toBe(false);
  });

  it('comes back only for another approval after it was put aside', () => {
    const { state, popUp } = open();
    popUp.changed(['q1', 'q2']);
    popUp.putAside();
    popUp.changed(['q1', 'q2']);
    popUp.changed(['q2']);
    expect(state.visible).toBe(false);
    popUp.changed(['q2', 'q3']);
    expect(state.visible).toBe(true);
  });

  it('stays away from a person who looks at the board, and comes when they look away', () => {
    const { state, popUp } = open();
    state.watching = true;
    popUp.changed(['q1']);
    expect(state.visible).toBe(false);
    state.watching = false;
    popUp.looked();
    expect(state.visible).toBe(true);
    state.watching = true;
    popUp.looked();
    expect(state.visible).toBe(false);
    popUp.changed(['q1', 'q2']);
    state.watching = false;
    popUp.looked();
    expect(state.visible).toBe(true);
    popUp.putAside();
    state.watching = true;
    popUp.looked();
    state.watching = false;
    popUp.looked();
    expect(state.visible).toBe(false);
  });

  it('takes the keyboard only when a person wants it', () => {
    const { window, popUp } = open();
    expect(popUp.summon()).toBe(false);
    expect(window.show).not.toHaveBeenCalled();
    popUp.changed(['q1']);
    popUp.putAside();
    expect(popUp.summon()).toBe(true);
    expect(window.show).toHaveBeenLastCalledWith({ focus: true });
  });

  it('stays away in quiet time, comes when that is over, and comes when it is summoned', () => {
    const { state, popUp } = open();
    state.quiet = true;
    popUp.changed(['q1']);
    expect(state.visible).toBe(false);
    popUp.summon();
    expect(state.visible).toBe(true);
    popUp.putAside();
    state.quiet = false;
    popUp.changed(['q1']);
    // It was seen and put aside meanwhile.
    expect(state.visible).toBe(false);
    const other = open();
    other.state.quiet = true;
    other.popUp.changed(['q1']);
    other.state.quiet = false;
    other.popUp.changed(['q1']);
    expect(other.state.visible).toBe(true);
  });
});

describe('the memory of the pop-up', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is taken a moment after something runs, and given back when nothing runs for a while', () => {
    const { state, window, popUp } = open();
    state.running = true;
    popUp.tasksChanged();
    vi.advanceTimersByTime(1000);
    popUp.tasksChanged();
    expect(window.warmUp).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(window.warmUp).toHaveBeenCalledOnce();
    state.running = false;
    popUp.tasksChanged();
    vi.advanceTimersByTime(60_000);
    state.running = true;
    popUp.tasksChanged();
    vi.advanceTimersByTime(10 * 60_000);
    expect(window.coolDown).not.toHaveBeenCalled();
    state.running = false;
    popUp.tasksChanged();
    vi.advanceTimersByTime(10 * 60_000);
    expect(window.coolDown).toHaveBeenCalledOnce();
    popUp.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
