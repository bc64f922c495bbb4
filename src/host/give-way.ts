import type { Logger } from '../core/base/logger.ts';
import type { Scope } from '../core/base/scope.ts';
import { describeSystemError } from '../core/base/system-error.ts';

/** The system refused what Drover cannot do without. */
const EXIT_REFUSED = 3;
/** Drover stopped because of an internal error. */
export const EXIT_FAILURE = 4;

/**
 * Logs what nobody caught and returns how the process ends for it: with 3 and a sentence for what the system refuses
 * (rights, a full disk), else with 4, and what was wrong stands in the log, or in the sentence where there is none.
 */
export function describeMistake(error: unknown, logger: Logger | null): { code: number; words: string } {
  const refusal = describeSystemError(error);
  logger?.error(refusal === null ? 'a mistake of Drover ends it' : 'the system refused what Drover needs', { error });
  if (refusal !== null) return { code: EXIT_REFUSED, words: refusal };
  const what = 'Drover stopped because of an internal error';
  if (logger !== null) return { code: EXIT_FAILURE, words: `${what}; the log file has the details.` };
  return { code: EXIT_FAILURE, words: `${what}: ${error instanceof Error ? error.message : String(error)}` };
}

/** Closes everything in the scope, and last the log. Returns the code to exit with: `code`, unless closing failed. */
export async function closeForGood(
  scope: Scope,
  code: number,
  logger: () => Logger | null,
  closeLog: () => Promise<void>,
): Promise<number> {
  let exitCode = code;
  try {
    await scope.close();
  } catch (error) {
    logger()?.error('ending failed', { error });
    exitCode ||= EXIT_FAILURE;
  }
  logger()?.info('ended', { code: exitCode });
  await closeLog();
  return exitCode;
}

/** Whoever started us may stop reading what we print; that is no reason to end. */
export function outliveReaders(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
