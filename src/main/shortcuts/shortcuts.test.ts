import { expect, it, vi } from 'vitest';
import { createShortcuts } from './shortcuts.ts';

/** A system on which another program has `Alt+Taken`. */
function open() {
  const pressed = new Map<string, () => void>();
  const registry = {
    register: vi.fn((keys: string, act: () => void) => {
      if (keys === 'nonsense') throw new TypeError('no accelerator');
      if (keys === 'Alt+Taken') return false;
      pressed.set(keys, act);
      return true;
    }),
    unregister: vi.fn((keys: string) => void pressed.delete(keys)),
  };
  const acts = { capture: vi.fn(), approval: vi.fn() };
  const tell = vi.fn();
  const shortcuts = createShortcuts({
    registry,
    tell,
    shortcuts: {
      capture: { words: 'Quick capture', act: acts.capture },
      approval: { words: 'Answer', act: acts.approval },
    },
  });
  return { pressed, registry, acts, tell, shortcuts };
}

it('does what its keys stand for, and no longer when they have changed', () => {
  const { pressed, acts, shortcuts, tell } = open();
  shortcuts.set({ capture: 'Alt+C', approval: null });
  pressed.get('Alt+C')?.();
  expect(acts.capture).toHaveBeenCalledOnce();
  shortcuts.set({ capture: 'Alt+D', approval: 'Alt+C' });
  expect([...pressed.keys()].sort()).toEqual(['Alt+C', 'Alt+D']);
  pressed.get('Alt+C')?.();
  expect(acts.approval).toHaveBeenCalledOnce();
  expect(tell).not.toHaveBeenCalled();
  shortcuts.close();
  expect(pressed.size).toBe(0);
});

it('leaves alone what has not changed', () => {
  const { registry, shortcuts } = open();
  shortcuts.set({ capture: 'Alt+C', approval: 'Alt+A' });
  shortcuts.set({ capture: 'Alt+C', approval: 'Alt+A' });
  expect(registry.register).toHaveBeenCalledTimes(2);
  expect(registry.unregister).not.toHaveBeenCalled();
});

it.each([
  ['another program has', 'Alt+Taken', /used by another program/],
  ['nobody can press', 'nonsense', /no keys that can be pressed/],
  ['Drover uses for something else', 'alt+a', /already used for “Answer”/],
])('says once that keys cannot be had which %s', (_what, keys, words) => {
  const { shortcuts, tell } = open();
  shortcuts.set({ capture: null, approval: 'Alt+A' });
  shortcuts.set({ capture: keys, approval: 'Alt+A' });
  shortcuts.set({ capture: keys, approval: 'Alt+A' });
  expect(tell).toHaveBeenCalledExactlyOnceWith('No keys for “Quick capture”', expect.stringMatching(words));
});
