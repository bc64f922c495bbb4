import { expect, test } from 'vitest';
import { holdsAll, type StartFacts, whyWaits } from './why-waits.ts';

const FREE: StartFacts = { paused: false, cleaning: false, slots: 2, taken: 1 };

test.each([
  ['nothing holds it', {}, null],
  ['every slot is taken', { taken: 2 }, 'Waits for a free slot.'],
  ['there are fewer slots than tasks that run', { slots: 0 }, 'Waits for a free slot.'],
  ['its last run is being cleaned up', { cleaning: true }, 'Waits until what an earlier run left running has ended.'],
  ['its last run is being cleaned up and no slot is free', { cleaning: true, taken: 2 }, 'Waits for a free slot.'],
  ['everything is paused, whatever else holds it', { paused: true, cleaning: true, taken: 2 }, 'Drover is paused.'],
])('%s', (_when, facts, words) => {
  expect(whyWaits({ ...FREE, ...facts })?.words ?? null).toBe(words);
});

test('only what an earlier run left holds one task and not the next', () => {
  const reasons = [{ paused: true }, { taken: 2 }, { cleaning: true }].map((facts) => whyWaits({ ...FREE, ...facts }));
  // As it is stored.
  expect(reasons.map((waiting) => waiting && holdsAll({ ...waiting }))).toEqual([true, true, false]);
});
