import { beforeEach, expect, it } from 'vitest';
import type { Timer } from '../../base/clock.ts';
import { createStallWatch, type StallWatch } from './stall-watch.ts';

/** Timers that fire when they are told to. */
function createHeldTimers() {
  const timers: { ms: number; fire(): void; restarts: number; live: boolean }[] = [];
  return {
    timers,
    timer(ms: number, fire: () => void): Timer {
      const timer = { ms, fire, restarts: 0, live: true };
      timers.push(timer);
      return {
        restart() {
          timer.restarts += 1;
        },
        pause() {},
        resume() {},
        cancel() {
          timer.live = false;
        },
      };
    },
    /** Lets the newest timer run out. */
    runOut() {
      const timer = timers.findLast(({ live }) => live);
      if (!timer) throw new Error('There is no timer.');
      timer.live = false;
      timer.fire();
    },
  };
}

let held: ReturnType<typeof createHeldTimers>;
let told: string[];
let now: number;
let watch: StallWatch;
beforeEach(() => {
  held = createHeldTimers();
  told = [];
  now = 0;
  watch = createStallWatch({
    clock: held,
    elapsed: () => now,
    silentMs: () => 45_000,
    noticed: ({ id, words, tail }) => told.push(`${id}: ${words} | ${tail}`),
    cleared: (id) => told.push(`${id} goes on`),
  });
});

it('tells once that a command waits, and that it goes on', () => {
  watch.begin('1', 'Bash');
  watch.output('1', 'Reading\nContinue? [Y/n] ');
  expect(held.timers).toMatchObject([{ ms: 45_000 }]);
  held.runOut();
  expect(told).toEqual(['1: Bash seems to wait for input: Continue? [Y/n] | Reading\nContinue? [Y/n] ']);
  now = 60_000;
  watch.output('1', 'y\nDone.\n');
  expect(told.slice(1)).toEqual(['1 goes on']);
  held.runOut();
  watch.end('1');
  expect(told).toHaveLength(2);
});

it('is not told of a silent build', () => {
  watch.begin('1', 'Bash');
  expect(held.timers).toEqual([]);
  watch.output('1', 'Compiling…\n');
  held.runOut();
  expect(told).toEqual([]);
});

it('is not told of a question that was answered before anybody had to be told', () => {
  watch.output('1', 'Continue? [Y/n] ');
  now = 3000;
  watch.output('1', 'y\nInstalling…\n');
  held.runOut();
  expect(told).toEqual([]);
});

it('starts over with every output, with one timer', () => {
  for (let i = 0; i < 1000; i += 1) watch.output('1', `line ${i}\n`);
  expect(held.timers).toMatchObject([{ restarts: 999 }]);
});

it('notices a second question of the same command', () => {
  watch.output('1', 'Username: ');
  held.runOut();
  now = 60_000;
  watch.output('1', 'me\nPassword: ');
  held.runOut();
  expect(told.map((line) => line.split(' |')[0])).toEqual([
    '1: A command seems to wait for input: Username:',
    '1 goes on',
    '1: A command seems to wait for input: Password:',
  ]);
});

it('clears the stall of a command that ends, and forgets the others', () => {
  watch.output('1', 'Password: ');
  watch.output('2', 'Compiling\n');
  held.runOut();
  held.runOut();
  watch.end('1');
  watch.close();
  expect(told.at(-1)).toBe('1 goes on');
  expect(held.timers.every(({ live }) => !live)).toBe(true);
});

it('finds a question whose pieces come one by one behind much output', () => {
  watch.output('1', 'x'.repeat(1_000_000));
  for (const piece of ['\nOver', 'write', ' (y', '/n)', '? ']) watch.output('1', piece);
  held.runOut();
  expect(told[0]).toContain('Overwrite (y/n)?');
});
