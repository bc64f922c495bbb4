import { expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/clock.ts';
import type { Clock } from './clock.ts';
import { createDueList } from './due-list.ts';

const HOUR = 3_600_000;

/** A clock that counts the timers that run. */
function counting(clock: ManualClock): Clock & { running(): number } {
  let running = 0;
  return {
    now: clock.now,
    timer(ms, fire) {
      running += 1;
      let over = false;
      const end = () => {
        if (!over) running -= 1;
        over = true;
      };
      const timer = clock.timer(ms, () => {
        end();
        fire();
      });
      return {
        ...timer,
        cancel() {
          end();
          timer.cancel();
        },
      };
    },
    running: () => running,
  };
}

test('everything has one alarm, what is due first comes first, and without anything due there is none', () => {
  const manual = createManualClock();
  const clock = counting(manual);
  const list = createDueList(clock);
  const came: string[] = [];
  expect(clock.running()).toBe(0);
  list.add(3 * HOUR, () => came.push('third'));
  list.add(1000, () => came.push('first'));
  const takeBack = list.add(2000, () => came.push('taken back'));
  list.add(2000, () => came.push('second'));
  expect(clock.running()).toBe(1);
  takeBack();
  for (let passed = 0; passed < 3 * HOUR; passed += 1000) manual.advance(1000);
  expect(came).toEqual(['first', 'second', 'third']);
  expect(clock.running()).toBe(0);
});

test('what the machine has slept through is due at the next look, in the order of its times', () => {
  const manual = createManualClock();
  let slept = 0;
  const list = createDueList({ ...manual, now: () => manual.now() + slept });
  const came: string[] = [];
  list.add(2 * HOUR, () => came.push('later'));
  list.add(HOUR, () => came.push('sooner'));
  slept = 3 * HOUR;
  manual.advance(14_999);
  expect(came).toEqual([]);
  manual.advance(1);
  expect(came).toEqual(['sooner', 'later']);
});

test('what is due may add what is due next', () => {
  const manual = createManualClock();
  const list = createDueList(manual);
  const came: number[] = [];
  const again = (at: number) => () => {
    came.push(at);
    if (at < 3000) list.add(at + 1000, again(at + 1000));
  };
  list.add(1000, again(1000));
  for (let passed = 0; passed < 5; passed += 1) manual.advance(1000);
  expect(came).toEqual([1000, 2000, 3000]);
});

test('what is far off and may be late is not looked for every quarter of a minute, but for that is late after a sleep', () => {
  const manual = createManualClock();
  let slept = 0;
  let looks = 0;
  const list = createDueList({
    now: () => manual.now() + slept,
    timer: (ms, fire) =>
      manual.timer(ms, () => {
        looks += 1;
        fire();
      }),
  });
  const came: string[] = [];
  list.add(24 * HOUR, () => came.push('daily'), HOUR);
  for (let passed = 0; passed < 5 * HOUR; passed += 60_000) manual.advance(60_000);
  expect(looks).toBe(5);
  slept = 48 * HOUR;
  manual.advance(HOUR);
  expect(came).toEqual(['daily']);
  // What may not be late has its own pace.
  list.add(manual.now() + slept + HOUR, () => came.push('exact'));
  list.add(manual.now() + slept + 24 * HOUR, () => came.push('daily'), HOUR);
  slept += 2 * HOUR;
  manual.advance(15_000);
  expect(came).toEqual(['daily', 'exact']);
});
