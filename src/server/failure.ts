import { randomBytes } from 'node:crypto';
import { ORPCError } from '@orpc/server';
import type * as z from 'zod';
import type { Rejection } from '../contract/rejection.ts';
import type { Logger } from '../core/base/logger.ts';
import { describeSystemError } from '../core/base/system-error.ts';

/** A refusal in the form the contract declares; a subclass of nothing, so that it crosses every carrier unchanged. */
export function rejected(rejection: Rejection): ORPCError<'REJECTED', Rejection> {
  return new ORPCError('REJECTED', { status: 409, message: rejection.message, data: rejection });
}

/** What `call` returns; what it throws becomes what a client may see of it. `path` is the noun and the verb. */
export async function tellingClients<T>(call: () => Promise<T>, path: readonly string[], logger: Logger): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toClientError(error, path.join('.'), logger);
  }
}

/**
 * What a client is told of a failure of the call `call`, such as `tasks.create`: a refusal as it is, wrong input as a
 * sentence, and of our own mistakes only a reference to the log.
 */
export function toClientError(error: unknown, call: string, logger: Logger): ORPCError<string, unknown> {
  const issues = issuesOf(error);
  if (issues !== null) {
    return new ORPCError('BAD_REQUEST', { message: `${call}: ${describeIssues(issues)}.` });
  }
  if (error instanceof ORPCError && error.status < 500) return error;
  const refusal = describeSystemError(error instanceof ORPCError ? error.cause : error);
  if (refusal !== null) {
    logger.error('the system refused what a call needs', { where: call, error });
    return rejected({ code: 'unavailable', message: refusal });
  }
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: reportMistake(error, call, logger) });
}

/** Logs a mistake of ours under a reference and returns the sentence that names it. */
export function reportMistake(error: unknown, where: string, logger: Logger): string {
  const reference = randomBytes(4).toString('hex');
  logger.error('a call failed', { reference, where, error });
  return `Something went wrong in Drover (reference ${reference}); the log file has the details.`;
}

type Issue = z.core.$ZodIssue;

function issuesOf(error: unknown): readonly Issue[] | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return null;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return null;
  return data.issues;
}

const MOST_ISSUES = 5;

/** What is wrong with an input, in one line: `goal is missing; colour is not known`. */
export function describeIssues(issues: readonly Issue[]): string {
  const words = issues.flatMap(describeIssue);
  const shown = words.slice(0, MOST_ISSUES);
  if (words.length > shown.length) shown.push(`and ${words.length - shown.length} more`);
  return shown.join('; ');
}

function describeIssue(issue: Issue): string[] {
  const name = nameOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `${nameOf([...issue.path, key])} is not known`);
    case 'invalid_type':
      if (issue.message.includes('received undefined')) return [`${name} is missing`];
      return [`${name} must be ${EXPECTED[issue.expected] ?? issue.expected}`];
    case 'invalid_value':
      return [`${name} must be ${list(issue.values.map((value) => JSON.stringify(value)))}`];
    case 'too_small':
      return [`${name} ${tooSmall(issue.origin, Number(issue.minimum))}`];
    case 'too_big':
      return [`${name} ${tooBig(issue.origin, Number(issue.maximum))}`];
    case 'invalid_format':
      // Patterns of ours carry their own words.
      return [
        issue.message.startsWith('Invalid string') ? `${name} has an invalid format` : `${name}: ${issue.message}`,
      ];
    default:
      return [`${name}: ${issue.message}`];
  }
}

const EXPECTED: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return minimum === 1 ? 'is empty' : `must have at least ${minimum} characters`;
  if (origin === 'array') return minimum === 1 ? 'is empty' : `must have at least ${minimum} entries`;
  return `must be at least ${minimum}`;
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `is longer than ${maximum} characters`;
  if (origin === 'array') return `has more than ${maximum} entries`;
  return `must be at most ${maximum}`;
}

/** `items[2].text`; the whole input when the path is empty. Keys come from outside and are kept short. */
function nameOf(path: readonly PropertyKey[]): string {
  let name = '';
  for (const step of path) {
    if (typeof step === 'number') name += `[${step}]`;
    else name += `${name ? '.' : ''}${String(step).slice(0, 64)}`;
  }
  return name || 'the input';
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
