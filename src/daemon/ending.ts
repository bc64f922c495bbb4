import type { Logger } from '../core/base/logger.ts';
import type { Scope } from '../core/base/scope.ts';
import { describeSystemError } from '../core/base/system-error.ts';
import { killDescendants } from './kill-now.ts';

/** The system refused what Drover cannot do without. */
const EXIT_REFUSED = 3;
/** The program gave way to a mistake of its own. */
const EXIT_FAILURE = 4;
const EXIT_CANCELLED = 130;

/** How this process ends. */
export interface Ending {
  /** From now on, tells what happened. Closed last. */
  logTo(logger: Logger, close: () => Promise<void>): void;
  /** Closes everything in the scope, then exits with `code`. A second call does nothing. */
  end(code: number): Promise<void>;
  /**
   * Closes everything and exits: with 3 and a sentence for what the system refuses (rights, a full disk), else with 4,
   * and what was wrong stands in the log.
   */
  endWithMistake(error: unknown): void;
}

/**
 * Takes over the signals and the last words of this process. The first SIGTERM, SIGINT or SIGHUP closes `scope` and
 * exits with 0; a second one exits at once. An error that nobody caught is logged, closes the scope and exits with 4.
 */
export function takeOverEnding(scope: Scope): Ending {
  let logger: Logger | null = null;
  let closeLog = async () => {};
  let ending: Promise<void> | null = null;

  const exitNow = (code: number) => {
    killDescendants();
    process.exit(code);
  };
  const close = async (code: number) => {
    let exitCode = code;
    try {
      await scope.close();
    } catch (error) {
      logger?.error('ending failed', { error });
      exitCode ||= EXIT_FAILURE;
    }
    logger?.info('ended', { code: exitCode });
    await closeLog();
    process.exit(exitCode);
  };
  const end = (code: number) => {
    ending ??= close(code);
    return ending;
  };

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending) exitNow(EXIT_CANCELLED);
      logger?.info('ending', { signal });
      void end(0);
    });
  }
  const endWithMistake = (error: unknown) => {
    const refusal = describeSystemError(error);
    logger?.error(refusal === null ? 'a mistake of Drover ends it' : 'the system refused what Drover needs', { error });
    if (ending) return;
    process.stderr.write(`${refusal ?? describeMistake(error, logger !== null)}\n`);
    void end(refusal === null ? EXIT_FAILURE : EXIT_REFUSED);
  };
  process.on('uncaughtException', endWithMistake);
  process.on('unhandledRejection', endWithMistake);
  // Whoever started us may stop reading what we print; that is no reason to end.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});

  return {
    logTo(target, closeTarget) {
      logger = target;
      closeLog = closeTarget;
    },
    end,
    endWithMistake,
  };
}

function describeMistake(error: unknown, isLogged: boolean): string {
  if (isLogged) return 'Drover stopped because of an internal error; the log file has the details.';
  return `Drover stopped because of an internal error: ${error instanceof Error ? error.message : String(error)}`;
}
