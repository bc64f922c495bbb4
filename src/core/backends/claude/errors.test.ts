import { expect, test } from 'vitest';
import { crashError, describeExit, readRetryAfter, resultError } from './errors.ts';
import type { Result } from './protocol.ts';

const result = (more: Partial<Result>): Result => ({
  isError: true,
  subtype: 'success',
  terminalReason: 'api_error',
  apiStatus: null,
  words: '',
  requests: 1,
  answers: [],
  ownTurn: false,
  ...more,
});

/** The words are those of Claude Code 2.1.329. */
test.each([
  [
    401,
    'authentication_failed',
    'Failed to authenticate. API Error: 401 invalid x-api-key',
    'permanent',
    'not-authorized',
  ],
  [403, 'authentication_failed', 'Failed to authenticate. API Error: 403', 'permanent', 'not-authorized'],
  [400, 'unknown', 'API Error: 400 messages: too many', 'permanent', 'invalid-request'],
  [400, 'billing_error', 'Credit balance is too low', 'permanent', 'no-credit'],
  [404, 'model_not_found', 'There is an issue with the selected model', 'permanent', 'model-not-found'],
  [413, 'invalid_request', 'Request too large (max 32MB).', 'permanent', 'context-full'],
  [400, 'invalid_request', 'Prompt is too long · the request is ~213462 tokens', 'permanent', 'context-full'],
  [null, 'unknown', 'API Error: The model has reached its context window limit.', 'permanent', 'context-full'],
  [429, 'rate_limit', 'API Error: Request rejected (429)', 'transient', 'rate-limited'],
  [408, 'unknown', 'API Error: 408', 'transient', 'server-error'],
  [500, 'server_error', 'API Error: 500', 'transient', 'server-error'],
  [503, 'server_error', 'API Error: 503', 'transient', 'server-error'],
  [529, 'server_error', 'API Error: 529', 'transient', 'overloaded'],
  [null, 'overloaded', 'Overloaded', 'transient', 'overloaded'],
  [null, 'unknown', 'API Error: Connection refused', 'transient', 'network'],
  [null, null, 'Not logged in · Please run /login', 'permanent', 'not-logged-in'],
] as const)('status %s, error %s, "%s": %s %s', (apiStatus, name, words, kind, code) => {
  const error = resultError(result({ apiStatus, words }), name);
  expect(error).toMatchObject({ class: kind, code });
  expect(error.words).toMatch(/^[A-Z].*\.( |$)/);
  expect(error.words).toContain(words);
  expect(error.hint === null).toBe(kind === 'transient');
});

test.each([
  ['error_max_turns', 'max_turns', 'max-turns'],
  ['error_max_budget_usd', 'budget_exhausted', 'budget-spent'],
  ['error_during_execution', null, 'failed'],
] as const)('subtype %s', (subtype, terminalReason, code) => {
  const error = resultError(result({ subtype, terminalReason }), null);
  expect(error).toMatchObject({ class: 'permanent', code });
  expect(error.hint).toBeTruthy();
});

test('a session nobody knows', () => {
  const words = 'No conversation found with session ID: 123';
  const error = resultError(result({ subtype: 'error_during_execution', terminalReason: null, words }), null);
  expect(error).toMatchObject({ class: 'permanent', code: 'session-unknown' });
});

test('a crash says how it ended and the end of its words', () => {
  const stderr = `${'x'.repeat(5000)}the end\n`;
  expect(describeExit({ code: null, signal: 'SIGKILL', stderr: '' })).toBe('Claude Code ended by signal SIGKILL.');
  const error = crashError({ code: 1, signal: null, stderr });
  expect(error).toMatchObject({ class: 'crash', code: 'crashed' });
  expect(error.words).toMatch(/^Claude Code ended with exit code 1: x+the end$/);
  expect(error.words.length).toBeLessThan(1100);
});

test('words of an answer are kept short', () => {
  expect(resultError(result({ apiStatus: 500, words: 'y'.repeat(100_000) }), null).words.length).toBeLessThan(1200);
});

test('a limit says when it ends, where the service tells', () => {
  const event = (rate_limit_info: object) => ({ type: 'rate_limit_event', rate_limit_info });
  expect(readRetryAfter(event({ status: 'rejected', resetsAt: 1_000_060 }), 1_000_000_000)).toBe(60_000);
  expect(readRetryAfter(event({ status: 'rejected', resetsAt: 1 }), 1_000_000_000)).toBe(0);
  expect(readRetryAfter(event({ status: 'allowed', resetsAt: 1_000_060 }), 1_000_000_000)).toBe(null);
  expect(readRetryAfter({ type: 'rate_limit_event' }, 0)).toBe(null);
});
