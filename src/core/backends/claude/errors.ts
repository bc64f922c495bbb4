import type { TurnError } from '../../../contract/run/events.ts';
import type { ChildExit } from '../../process/child.ts';
import { CONTEXT_FULL, RATE_LIMITED } from '../backend.ts';
import { type Message, number, type Result, record } from './protocol.ts';

const WORDS_KEPT = 1000;
/** A conversation that is over, with images in it that are refused for ever, or one that no longer fits. */
const CONTEXT_REASONS = new Set(['prompt_too_long', 'image_error', 'blocking_limit']);
const CONTEXT_WORDS =
  /(prompt|input|conversation|context|request) is too (long|large)|exceeds? (the |its )?(maximum )?context|context (window|length) (limit|exceeded)|reached its context window|tool use concurrency issues/i;
const LOGIN_HINT = 'Run `claude` once in a terminal and log in, or set ANTHROPIC_API_KEY, then resume the task.';

/**
 * Why a turn failed, from its result and the `error` of its last assistant message (`authentication_failed`,
 * `billing_error`, `rate_limit`, `overloaded`, `server_error`, `invalid_request`, `model_not_found`, ...). Transient is
 * what passes by waiting; everything that a person has to put right is permanent.
 */
export function resultError(result: Result, errorName: string | null): TurnError {
  const { apiStatus, terminalReason, subtype } = result;
  const words = firstPart(result.words);
  const said = words === '' ? '' : ` It said: ${words}`;
  const transient = (code: string, sentence: string): TurnError => ({
    class: 'transient',
    code,
    words: sentence + said,
    hint: null,
  });
  const permanent = (code: string, sentence: string, hint: string): TurnError => ({
    class: 'permanent',
    code,
    words: sentence + said,
    hint,
  });

  if (/no conversation found with session id/i.test(words)) return sessionUnknown();
  if (/not logged in|please run \/login/i.test(words)) {
    return permanent('not-logged-in', 'Claude Code is not logged in.', LOGIN_HINT);
  }
  if (errorName === 'billing_error' || apiStatus === 402 || /credit balance|billing/i.test(words)) {
    return permanent(
      'no-credit',
      'The account has no credit left.',
      'Add credit or change the plan of the account, then resume the task.',
    );
  }
  if (apiStatus === 401 || apiStatus === 403 || errorName === 'authentication_failed') {
    return permanent('not-authorized', 'The model service refused the login or key.', LOGIN_HINT);
  }
  if (errorName === 'model_not_found' || apiStatus === 404) {
    return permanent(
      'model-not-found',
      'The model does not exist, or this account may not use it.',
      'Choose another model for the task, such as opus, sonnet or haiku.',
    );
  }
  if (apiStatus === 413 || CONTEXT_REASONS.has(terminalReason ?? '') || CONTEXT_WORDS.test(words)) {
    return permanent(
      CONTEXT_FULL,
      'The conversation has grown too large to be sent.',
      'Make the goal smaller, or give less to read at once, then resume the task.',
    );
  }
  if (apiStatus === 429 || errorName === 'rate_limit') {
    return transient(RATE_LIMITED, 'The model service limits how much this account may use it now.');
  }
  if (apiStatus === 529 || errorName === 'overloaded') {
    return transient('overloaded', 'The model service is overloaded.');
  }
  if (apiStatus === 408 || (apiStatus !== null && apiStatus >= 500)) {
    return transient('server-error', `The model service failed with HTTP status ${apiStatus}.`);
  }
  if (subtype === 'error_max_turns' || terminalReason === 'max_turns') {
    return permanent(
      'max-turns',
      'Claude Code reached its limit of steps in one turn.',
      'Resume the task to continue.',
    );
  }
  if (subtype === 'error_max_budget_usd' || terminalReason === 'budget_exhausted') {
    return permanent('budget-spent', 'The budget that Claude Code was given is spent.', 'Raise it in its settings.');
  }
  if (apiStatus !== null || errorName === 'invalid_request') {
    const status = apiStatus === null ? '' : ` (HTTP status ${apiStatus})`;
    return permanent(
      'invalid-request',
      `The model service refused the request${status}.`,
      'Look at the log of the task. A rerun starts a new session.',
    );
  }
  if (terminalReason === 'api_error') {
    return transient('network', 'The model service could not be reached, or the connection broke.');
  }
  return permanent(
    'failed',
    `Claude Code ended the turn with an error${subtype ? ` (${subtype})` : ''}.`,
    'Look at the log of the task, then resume or rerun it.',
  );
}

/** How long the service wants us to wait, in milliseconds, from a `rate_limit_event`; null when it does not say. */
export function readRetryAfter(message: Message, now: number): number | null {
  const info = record(message.rate_limit_info);
  const resetsAt = number(info.resetsAt);
  return info.status === 'rejected' && resetsAt !== null ? Math.max(0, resetsAt * 1000 - now) : null;
}

export function sessionUnknown(): TurnError {
  return {
    class: 'permanent',
    code: 'session-unknown',
    words: 'Claude Code no longer knows the session; its record was removed.',
    hint: 'Rerun the task in a new session; the workspace stays as it is.',
  };
}

/** The program died while it should have worked. */
export function crashError(exit: ChildExit): TurnError {
  return { class: 'crash', code: 'crashed', words: describeExit(exit), hint: null };
}

/** How the program ended, in a sentence, with the end of what it wrote to stderr. */
export function describeExit({ code, signal, stderr }: ChildExit): string {
  const how = signal === null ? `with exit code ${code}` : `by signal ${signal}`;
  const end = lastPart(stderr);
  return `Claude Code ended ${how}${end === '' ? '.' : `: ${end}`}`;
}

const firstPart = (words: string): string => words.trim().slice(0, WORDS_KEPT);
const lastPart = (words: string): string => words.trim().slice(-WORDS_KEPT);
