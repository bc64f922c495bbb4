import { isRejection, type Rejection } from '../contract/rejection.ts';

/** Bad input or no connection. */
export const EXIT_INPUT = 3;
/** Backend or runtime failure. */
export const EXIT_FAILURE = 4;
/** `--timeout` ran out; as timeout(1) says it. */
export const EXIT_TIMEOUT = 124;
export const EXIT_INTERRUPTED = 130;

/** What the server says that has no rejection code of its own, and what only a client can run into. */
export type FailureCode =
  | Rejection['code']
  | 'no-connection'
  | 'connection-lost'
  | 'log-replaced'
  | 'unauthorized'
  | 'timeout'
  | 'interrupted'
  | 'internal';

/** A command that did not do what was asked. `message` is a sentence for a person; `allowed` a short list. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly allowed: readonly string[] | undefined;
  readonly exitCode: number;

  constructor(
    code: FailureCode,
    message: string,
    options: { allowed?: readonly string[]; exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.allowed = options.allowed;
    this.exitCode = options.exitCode ?? EXIT_INPUT;
  }
}

/** A failure because of what was typed. */
export function badInput(message: string, allowed?: readonly string[]): Failure {
  return new Failure('invalid', message, { allowed });
}

/**
 * Turns whatever a call threw into a failure in words. The server's errors are known by shape (`code` and `data` of
 * the contract's REJECTED, and the RPC library's own codes), so that no class has to be shared with it.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return new Failure('internal', String(error), { exitCode: EXIT_FAILURE });
  const { code, data } = error as Error & { code?: unknown; data?: unknown };
  if (code === 'REJECTED' && isRejection(data)) return new Failure(data.code, data.message, { allowed: data.allowed });
  switch (code) {
    case 'BAD_REQUEST':
      return new Failure('invalid', sentence(error.message));
    case 'UNAUTHORIZED':
      return new Failure('unauthorized', sentence(error.message));
    case 'FORBIDDEN':
      return new Failure('forbidden', sentence(error.message));
    case 'NOT_FOUND':
      return new Failure('internal', 'This Drover is older or newer than the drover command and lacks that call.');
    case 'INTERNAL_SERVER_ERROR':
      return new Failure('internal', sentence(error.message), { exitCode: EXIT_FAILURE });
  }
  if (error.name === 'LogReplaced')
    return new Failure('log-replaced', `${error.message} Run the command again.`, { cause: error });
  if (error.name === 'ConnectionLost') return new Failure('connection-lost', error.message, { cause: error });
  return new Failure('internal', `Something went wrong in drover: ${error.message}`, {
    exitCode: EXIT_FAILURE,
    cause: error,
  });
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
