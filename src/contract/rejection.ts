/**
 * Why a call was refused. A closed list: clients choose exit codes, HTTP status and words by `code`.
 * `message` is a sentence for a person; `allowed` lists what would have been accepted, where that is a short list.
 */
export const REJECTION_CODES = [
  'invalid', // the input has the right shape but cannot be right
  'not-found', // the thing named does not exist
  'wrong-state', // the thing exists, but not in a state in which this can be done
  'conflict', // something in the way: already added, name taken, dirty, unmerged
  'stale-run', // reported by a run that is over (internal)
  'forbidden', // the token does not reach this
  'unavailable', // a program or a folder that is needed is not there
] as const;
export type RejectionCode = (typeof REJECTION_CODES)[number];

export interface Rejection {
  code: RejectionCode;
  message: string;
  allowed?: string[] | undefined;
}

/** The answer of a call that can be refused: `ok` tells which. */
export type Result<T> = { ok: true; value: T } | { ok: false; rejection: Rejection };

export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function reject(
  code: RejectionCode,
  message: string,
  allowed?: readonly string[],
): { ok: false; rejection: Rejection } {
  return { ok: false, rejection: { code, message, ...(allowed ? { allowed: [...allowed] } : {}) } };
}

/** Whether what came over the wire is a rejection. */
export function isRejection(data: unknown): data is Rejection {
  return typeof data === 'object' && data !== null && 'code' in data && 'message' in data;
}
