import { describe, expect, test } from 'vitest';
import { anItem, aTask } from '../../../test/support/task.ts';
import type { TurnError } from '../../contract/run/events.ts';
import { NO_USAGE } from '../../contract/run/usage.ts';
import type { TurnResult } from '../backends/backend.ts';
import { MAX_TRANSIENT, reachVerdict, type TurnFacts, transientDelay } from './verdict.ts';

const ok: TurnResult = { result: 'ok', error: null, usage: NO_USAGE, costUsd: 0, retryAfterMs: null };
const facts = (change: Partial<TurnFacts> = {}): TurnFacts => ({
  result: ok,
  cut: null,
  transientBefore: 0,
  retriesSpent: 0,
  progressed: false,
  hasChecks: false,
  ...change,
});
const failing = (error: Partial<TurnError>, retryAfterMs: number | null = null): TurnFacts =>
  facts({
    result: {
      ...ok,
      result: 'error',
      error: { class: 'permanent', code: 'x', words: 'It failed.', hint: null, ...error },
      retryAfterMs,
    },
  });

const done = anItem('1', { status: 'completed' });
const open = anItem('2');
const begun = anItem('3', { status: 'in_progress' });
const blocked = anItem('4', { status: 'blocked', reason: 'no key' });

describe('reachVerdict', () => {
  test('a turn that was ended for a message goes on with it, or with what is open when it was removed', () => {
    const interrupted: TurnResult = { ...ok, result: 'interrupted' };
    const cut = (task: Parameters<typeof aTask>[0]) =>
      reachVerdict(aTask(task), facts({ result: interrupted, cut: 'message', retriesSpent: 9 }));
    const messages = [{ id: 'm', at: 1, text: 'Wait' }];
    expect(cut({ messages })).toEqual({ decision: 'follow-up' });
    expect(cut({ items: [open] })).toEqual({ decision: 'nudge', open: [open] });
    expect(cut({ items: [done] })).toMatchObject({ decision: 'stop', outcome: { code: 'interrupted' } });
    expect(reachVerdict(aTask({ messages }), facts({ result: interrupted }))).toMatchObject({ decision: 'stop' });
  });

  test('an agent that was never sent back is not said to have been', () => {
    const task = aTask({ items: [open], limits: { ...aTask().limits, maxRetries: 0 } });
    expect(reachVerdict(task, facts())).toMatchObject({
      outcome: { words: 'The agent stopped before finishing “Item 2”.' },
    });
  });

  test('a turn that ended well without a checklist is complete', () => {
    expect(reachVerdict(aTask(), facts())).toEqual({ decision: 'complete' });
  });

  test('all items completed is complete, or goes to the checks', () => {
    expect(reachVerdict(aTask({ items: [done] }), facts())).toEqual({ decision: 'complete' });
    expect(reachVerdict(aTask({ items: [done] }), facts({ hasChecks: true }))).toEqual({ decision: 'check' });
  });

  test('open items are named in the nudge, begun ones too', () => {
    expect(reachVerdict(aTask({ items: [done, open, begun] }), facts())).toEqual({
      decision: 'nudge',
      open: [open, begun],
    });
  });

  test('the retry budget ends it', () => {
    expect(reachVerdict(aTask({ items: [done, open] }), facts({ retriesSpent: 3 }))).toMatchObject({
      decision: 'retries-spent',
      outcome: {
        code: 'retries-spent',
        words: `The agent stopped before finishing “${open.text}”, after 3 reminders.`,
      },
    });
  });

  test('a blocked item fails the task with its reason, before any nudge', () => {
    expect(reachVerdict(aTask({ items: [open, blocked] }), facts())).toMatchObject({
      decision: 'blocked',
      outcome: { code: 'item-blocked', words: 'no key' },
    });
    const second = anItem('5', { status: 'blocked', text: 'Publish', reason: 'No network.' });
    expect(reachVerdict(aTask({ items: [blocked, second] }), facts())).toMatchObject({
      outcome: { words: `“${blocked.text}”: no key\n“Publish”: No network.` },
    });
  });

  test('hints say what to do without ids and without commands', () => {
    const task = aTask({ items: [open, blocked] });
    const verdicts = [
      reachVerdict(task, facts()),
      reachVerdict(aTask({ items: [open] }), facts({ retriesSpent: 3 })),
      reachVerdict(task, facts({ cut: 'inactive' })),
    ];
    for (const verdict of verdicts) {
      const hint = 'outcome' in verdict ? verdict.outcome.hint : null;
      expect(hint).toMatch(/\.$/);
      expect(hint).not.toMatch(/drover|\ba[0-9a-z]{8}\b|pending|item \d/);
    }
  });

  test('a waiting message goes first, even before a blocked item or an ending', () => {
    const messages = [{ id: 'm', at: 0, text: 'one more thing' }];
    expect(reachVerdict(aTask({ items: [done], messages }), facts())).toEqual({ decision: 'follow-up' });
    expect(reachVerdict(aTask({ items: [blocked], messages }), facts())).toEqual({ decision: 'follow-up' });
  });

  test('a failed turn is not complete, whatever the checklist says', () => {
    expect(reachVerdict(aTask({ items: [done] }), failing({ words: 'Out of credit.', hint: 'Buy some.' }))).toEqual({
      decision: 'stop',
      outcome: { code: 'backend-error', words: 'Out of credit.', hint: 'Buy some.' },
    });
  });

  test('a transient error waits and does not spend the retry budget, until it has lasted too long', () => {
    expect(
      reachVerdict(aTask({ items: [open] }), { ...failing({ class: 'transient' }), retriesSpent: 3 }),
    ).toMatchObject({
      decision: 'try-again',
      reopen: false,
      delayMs: 2000,
    });
    expect(reachVerdict(aTask(), failing({ class: 'transient' }, 7000))).toMatchObject({ delayMs: 7000 });
    // A reset that is past by this machine's clock is no reason to try nine times in a row at once.
    expect(reachVerdict(aTask(), { ...failing({ class: 'transient' }, 0), transientBefore: 3 })).toMatchObject({
      delayMs: 16_000,
    });
    expect(reachVerdict(aTask(), { ...failing({ class: 'transient' }), transientBefore: MAX_TRANSIENT })).toMatchObject(
      {
        decision: 'stop',
        outcome: { code: 'backend-error', words: 'The service failed 9 times in a row: It failed.' },
      },
    );
  });

  test('delays grow up to five minutes', () => {
    expect(Array.from({ length: 9 }, (_, n) => transientDelay(n) / 1000)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300]);
  });

  test('a dead program is started again while there are retries left', () => {
    expect(reachVerdict(aTask(), failing({ class: 'crash' }))).toMatchObject({ decision: 'try-again', reopen: true });
    expect(reachVerdict(aTask(), { ...failing({ class: 'crash' }), retriesSpent: 3 })).toMatchObject({
      decision: 'stop',
      outcome: { code: 'crashed' },
    });
  });

  test.each([
    ['no-first-response', 'The agent did not respond within 1 min.'],
    ['turn-timeout', 'The turn took longer than 1 h.'],
    ['inactive', 'The agent was silent for 30 min.'],
  ] as const)('a turn cut for %s says so in words', (cut, words) => {
    expect(
      reachVerdict(aTask({ items: [done] }), facts({ cut, result: { ...ok, result: 'interrupted' } })),
    ).toMatchObject({
      decision: 'stop',
      outcome: { code: cut, words },
    });
  });
});

describe('a conversation that is full', () => {
  const full = { code: 'context-full', class: 'permanent' } as const;

  test('goes on in a new session and spends nothing, as long as the agent gets something done', () => {
    expect(reachVerdict(aTask(), { ...failing(full), progressed: true })).toMatchObject({
      decision: 'try-again',
      reopen: 'new',
    });
    expect(reachVerdict(aTask(), failing(full))).toMatchObject({
      decision: 'stop',
      outcome: { code: 'backend-error' },
    });
  });
});

test('what ends each turn too early ends the run, and spends no retry; a finished checklist is finished', () => {
  const cause = { class: 'permanent', code: 'hook-stopped', words: 'A hook ended it.', hint: 'Look there.' } as const;
  const turn = facts({ result: { ...ok, cause } });
  expect(reachVerdict(aTask({ items: [open] }), turn)).toEqual({
    decision: 'stop',
    outcome: { code: 'backend-error', words: cause.words, hint: cause.hint },
  });
  expect(reachVerdict(aTask({ items: [done] }), turn)).toEqual({ decision: 'complete' });
});

test('what was carried out without permission is the outcome', () => {
  const outcome = { code: 'unasked', words: 'It ran.', hint: 'Look there.' };
  expect(reachVerdict(aTask(), failing({ ...outcome, class: 'permanent' }))).toEqual({ decision: 'stop', outcome });
});
