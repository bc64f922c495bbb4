import type { ChildExit } from '../../process/child.ts';
import { BackendFailure } from '../backend.ts';
import { describeExit, sessionUnknown } from './errors.ts';

/** What to do when it is not known what is wrong. */
export const TRY_YOURSELF = 'Run `claude` in a terminal to see whether it works there.';

/** Nobody wants the session any more. */
export function givenUp(): BackendFailure {
  return new BackendFailure('aborted', 'Claude Code was ended while it started.', TRY_YOURSELF);
}

/** Why the program has ended instead of beginning. */
export function startFailure(exit: ChildExit, unknownSession: boolean): BackendFailure {
  if (unknownSession) {
    const { words, hint } = sessionUnknown();
    return new BackendFailure('session-unknown', words, hint);
  }
  if (/unknown option|option .* is invalid|invalid argument/i.test(exit.stderr)) {
    return new BackendFailure('failed', describeExit(exit), 'Update Claude Code: run `claude update` in a terminal.');
  }
  if (/already in use/i.test(exit.stderr)) {
    return new BackendFailure(
      'failed',
      describeExit(exit),
      'The session exists already; resume it or take another id.',
    );
  }
  return new BackendFailure('failed', describeExit(exit), TRY_YOURSELF);
}
