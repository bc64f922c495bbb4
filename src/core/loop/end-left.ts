import type { ProcessIdentity } from '../../contract/run/state.ts';
import type { Logger } from '../base/logger.ts';
import { killTree, sweep } from '../process/kill-tree.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

interface Options {
  /** The agent of a dead host, where it is known. */
  identity?: ProcessIdentity | null;
  /** The `DROVER_RUN` of the run. */
  marker: string;
  /** Milliseconds between SIGTERM and SIGKILL. */
  graceMs: number;
  /** Aborted when the host closes: then one try is all. */
  closing: AbortSignal;
  logger: Logger;
  /** Something did not end, though it was killed: it is tried again. */
  stuck?(): void;
}

/**
 * Ends every process that bears the marker of a run, and resolves with true when none is left. What cannot be ended (it
 * hangs in the kernel, on a dead network folder) is tried for as long as it takes, or until the host closes: then false.
 */
export async function endLeft({ identity, marker, graceMs, closing, logger, stuck }: Options): Promise<boolean> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const gone = identity ? await killTree({ identity, marker, graceMs }) : await sweep(marker, graceMs);
    if (gone) return true;
    logger.error('processes of a run could not be ended', { marker });
    stuck?.();
    await pause(pauseMs, closing);
    if (closing.aborted) return false;
  }
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      until.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    timer.unref();
    until.addEventListener('abort', over, { once: true });
    if (until.aborted) over();
  });
}
