import type { Logger } from '../core/base/logger.ts';
import type { Scope } from '../core/base/scope.ts';
import { closeForGood, describeMistake, outliveReaders } from '../host/give-way.ts';
import { killDescendants } from './kill-now.ts';

const EXIT_CANCELLED = 130;

/** How this process ends. */
export interface Shutdown {
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
export function takeOverShutdown(scope: Scope): Shutdown {
  let logger: Logger | null = null;
  let closeLog = async () => {};
  let ending: Promise<void> | null = null;

  const exitNow = (code: number) => {
    killDescendants();
    process.exit(code);
  };
  const close = async (code: number) => {
    process.exit(
      await closeForGood(
        scope,
        code,
        () => logger,
        () => closeLog(),
      ),
    );
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
    const { code, words } = describeMistake(error, logger);
    if (ending) return;
    process.stderr.write(`${words}\n`);
    void end(code);
  };
  process.on('uncaughtException', endWithMistake);
  process.on('unhandledRejection', endWithMistake);
  outliveReaders();

  return {
    logTo(target, closeTarget) {
      logger = target;
      closeLog = closeTarget;
    },
    end,
    endWithMistake,
  };
}
