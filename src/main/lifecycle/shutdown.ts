import { app } from 'electron';
import type { Scope } from '../../core/base/scope.ts';
import { closeForGood, describeMistake, EXIT_FAILURE, outliveReaders } from '../../host/give-way.ts';
import type { Logging } from '../../host/logging.ts';

export interface Shutdown {
  isEnding(): boolean;
  /** From now on, tells what happened. Closed last. */
  logTo(logging: Logging): void;
  /** Closes everything in the scope, then exits with `code`. A second call does nothing. */
  end(code: number): void;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** Agents get ten seconds to end by themselves; whatever is left after this is ended by the next start. */
const LONGEST_MS = 20_000;

/**
 * Ends this process in good order: agents, core, server, log. SIGTERM, SIGINT, SIGHUP and the end of the desktop's
 * session come as `before-quit`, and that of the system by `followPower`; they are not asked about, because tasks go on
 * at the next start. Must be called before Electron is ready.
 */
export function takeOverShutdown(scope: Scope): Shutdown {
  let logging: Logging | null = null;
  let ending = false;

  async function close(code: number): Promise<void> {
    const late = setTimeout(() => app.exit(EXIT_FAILURE), LONGEST_MS);
    const exitCode = await closeForGood(
      scope,
      code,
      () => logging?.logger ?? null,
      async () => logging?.close(),
    );
    clearTimeout(late);
    app.exit(exitCode);
  }

  const end = (code: number) => {
    if (ending) return;
    ending = true;
    void close(code);
  };
  const endWithMistake = (error: unknown) => {
    const { code, words } = describeMistake(error, logging?.logger ?? null);
    process.stderr.write(`${words}\n`);
    end(code);
  };

  app.on('before-quit', (event) => {
    event.preventDefault();
    end(0);
  });
  // Electron takes these over and makes `before-quit` of them, unless somebody in this process comes to listen for one
  // of them later, as libraries do: the first listener of a signal is what takes it.
  for (const signal of SIGNALS) process.on(signal, () => end(0));
  process.on('uncaughtException', endWithMistake);
  process.on('unhandledRejection', endWithMistake);
  outliveReaders();
  return {
    isEnding: () => ending,
    logTo: (target) => {
      logging = target;
    },
    end,
  };
}
