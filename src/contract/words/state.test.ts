import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../test/support/summary.ts';
import { COLUMNS, columnOf } from '../task/derive.ts';
import type { OutcomeCode, TaskSummary } from '../task/state.ts';
import { COLUMN_WORDS, describeEnd, describeState, runWord, STATE_WORDS, stateWord } from './state.ts';

const ended = (status: TaskSummary['status'], code: OutcomeCode, words: string, part: Partial<TaskSummary> = {}) =>
  aSummary('a1', { status, outcome: { code, words, hint: null }, ...part });
const running = (phase: TaskSummary['phase'], phaseWords: string | null, part: Partial<TaskSummary> = {}) =>
  aSummary('a1', { status: 'running', phase, phaseWords, ...part });
const oneBlocked = { items: { total: 2, completed: 0, blocked: 1 } };

it('a run is called what its task was called when it ended', () => {
  expect(runWord({ status: 'failed', outcome: 'item-blocked' })).toBe(
    stateWord(ended('failed', 'item-blocked', 'There is no key.', oneBlocked)),
  );
  expect(runWord({ status: 'failed', outcome: 'crashed' })).toBe('Failed');
  expect(runWord({ status: 'failed', outcome: 'interrupted' })).toBe('Interrupted');
  expect(runWord({ status: 'completed', outcome: 'all-items-completed' })).toBe('Finished');
  expect(runWord({ status: 'cancelled', outcome: 'by-user' })).toBe('Stopped');
  expect(runWord({ status: 'running' })).toBe('Working');
  // Of earlier versions.
  expect(runWord({ status: 'failed' })).toBe('Failed');
});

describe('the state of a task in one line', () => {
  it.each([
    ['Draft', aSummary('a1')],
    [
      'Queued · Waits for a slot.',
      aSummary('a1', { status: 'queued', waiting: { for: 'slot', words: 'Waits for a slot.' } }),
    ],
    ['Starting', running('starting', null)],
    ['Working', running('working', null)],
    ['Working · Runs the check npm test', running('working', 'Runs the check npm test')],
    ['Working', running('idle', null)],
    ['Working · Tries again in 4 s', running('idle', 'Tries again in 4 s')],
    ['Waiting for you · Run npm install', running('waiting', 'Run npm install', { approvals: 1 })],
    ['Waiting for you · 3 answers needed: Run npm install', running('waiting', 'Run npm install', { approvals: 3 })],
    ['Stopping', running('stopping', null)],
    ['Blocked · There is no key.', ended('failed', 'item-blocked', 'There is no key.', oneBlocked)],
    ['Blocked · By what?', ended('failed', 'item-blocked', 'Blocked: by what?', oneBlocked)],
    ['Unblocked', ended('failed', 'item-blocked', 'There is no key.')],
    ['Stopped', ended('cancelled', 'by-user', 'Stopped.')],
    ['Stopped · Before it ran.', ended('cancelled', 'by-user', 'Stopped before it ran.')],
    ['Finished', ended('completed', 'all-items-completed', 'Every item is completed.')],
    ['Done', ended('completed', 'all-items-completed', 'Every item is completed.', { acceptedAt: 7 })],
    ['Failed · It crashed.', ended('failed', 'crashed', 'It crashed.')],
    ['Failed', ended('failed', 'crashed', 'Failed.')],
    ['Failed · Failedness', ended('failed', 'crashed', 'Failedness')],
  ])('%s', (line, task) => {
    expect(describeState(task)).toBe(line);
  });

  it('has one word for each, and no two states the same', () => {
    const words = Object.values(STATE_WORDS).map((state) => state.words);
    expect(new Set(words).size).toBe(words.length);
    expect(COLUMNS.map((column) => COLUMN_WORDS[column])).toContain('Needs you');
  });

  it.each([
    ['completed', 'all-items-completed', 'Every item is completed.', 'Finished. Every item is completed.'],
    ['cancelled', 'by-user', 'Stopped.', 'Stopped.'],
    ['failed', 'item-blocked', 'There is no key.', 'Blocked. There is no key.'],
    ['failed', 'crashed', 'It crashed.', 'Failed. It crashed.'],
    ['failed', 'interrupted', 'Drover restarted.', 'Interrupted. Drover restarted.'],
  ] as const)('says how a run ended: %s (%s)', (status, code, words, line) => {
    expect(describeEnd(status, { code, words, hint: null })).toBe(line);
  });

  it('never says of what a person stopped that it is done', () => {
    const stopped = ended('cancelled', 'by-user', 'Stopped.');
    expect([stateWord(stopped), columnOf(stopped)]).toEqual(['Stopped', 'review']);
  });
});
