import type { Limits } from '../../contract/task/state.ts';
import { readDuration, readWhole } from './numbers.ts';

/** The options that set the limits of a task, see `addLimitOptions`. */
export interface LimitOptions {
  retries?: string;
  firstResponseTimeout?: string;
  turnTimeout?: string;
  inactivityTimeout?: string;
}

/** The limits that were named. Throws `Failure` for what is no number or time. */
export function readLimits(options: LimitOptions): Partial<Limits> {
  const { retries, firstResponseTimeout, turnTimeout, inactivityTimeout } = options;
  return {
    ...(retries === undefined ? {} : { maxRetries: readWhole(retries, '--retries', 0, 50) }),
    ...(firstResponseTimeout === undefined
      ? {}
      : { firstResponseMs: readDuration(firstResponseTimeout, '--first-response-timeout') }),
    ...(turnTimeout === undefined ? {} : { turnMs: readDuration(turnTimeout, '--turn-timeout') }),
    ...(inactivityTimeout === undefined
      ? {}
      : { inactivityMs: readDuration(inactivityTimeout, '--inactivity-timeout') }),
  };
}
