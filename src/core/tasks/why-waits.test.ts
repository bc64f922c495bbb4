import { expect, test } from 'vitest';
import { type StartFacts, whyWaits } from './why-waits.ts';

const NOON = new Date(2026, 10, 29, 12).getTime();
const HOUR = 3_600_000;
const FREE: StartFacts = {
  paused: false,
  draining: false,
  cleaning: false,
  dependency: null,
  startAt: undefined,
  now: NOON,
  limit: null,
  all: { slots: 2, taken: 1 },
  project: { slots: null, taken: 1 },
  agent: { slots: null, taken: 1 },
};
const full = { slots: 2, taken: 2 };
const dependency = { for: 'dependency' as const, words: 'Waits for “A”.' };
const limit = { title: 'Claude Code', until: NOON + 2 * HOUR };

test.each<[string, Partial<StartFacts>, string | null]>([
  ['nothing holds it', {}, null],
  ['every slot is taken', { all: full }, 'Waits for a free slot.'],
  ['there are fewer slots than tasks that run', { all: { slots: 0, taken: 1 } }, 'Waits for a free slot.'],
  ['its project has as many as it may', { project: full, agent: full }, 'Waits for another task of its project.'],
  ['its agent has as many as it may', { agent: full, all: full }, 'Waits for another task of its agent.'],
  ['its last run is being cleaned up', { cleaning: true }, 'Waits until what an earlier run left running has ended.'],
  ['its last run is being cleaned up and no slot is free', { cleaning: true, all: full }, 'Waits for a free slot.'],
  ['its time comes today', { startAt: NOON + 1, all: full }, 'Starts at 12:00.'],
  ['its time comes tomorrow', { startAt: NOON + 24 * HOUR }, 'Starts on 30 November at 12:00.'],
  ['its time comes next year', { startAt: NOON + 8760 * HOUR }, 'Starts on 29 November 2027 at 12:00.'],
  ['its time has come', { startAt: NOON }, null],
  ['its agent has no more', { limit, all: full }, 'The usage limit of Claude Code is reached; continues at 14:00.'],
  ['it depends on another', { dependency, startAt: NOON + 1, limit }, 'Waits for “A”.'],
  ['Drover is about to restart', { draining: true, dependency, all: full }, 'Waits until Drover has restarted.'],
  ['everything is paused, whatever else holds it', { paused: true, dependency, all: full }, 'Drover is paused.'],
])('%s', (_when, facts, words) => {
  expect(whyWaits({ ...FREE, ...facts })?.words ?? null).toBe(words);
});
