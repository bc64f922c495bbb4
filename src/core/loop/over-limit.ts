import type { RunEvent } from '../../contract/run/events.ts';
import { exceededWords } from '../../contract/words/limit.ts';
import { hasLimit } from '../resources/limit-watch.ts';
import type { RunDeps } from './run-parts.ts';

/** Why a run ends: its processes use more than they may. */
export class OverLimit extends Error {}

const NOT_MEASURED =
  'This system does not tell Drover what processes use, so the limits of this task on memory, processes and processor time do not hold.';

interface Deps {
  run: Pick<RunDeps, 'limitWatch' | 'recorder' | 'runId'>;
  /** Aborted when the run is to stop already. */
  halt: AbortSignal;
  record(event: RunEvent): void;
  end(why: OverLimit): void;
}

/** Ends the run when its processes use more than they may; the function that is returned ends the watch. */
export function watchLimits({ run, halt, record, end }: Deps): () => void {
  const { limitWatch, recorder, runId } = run;
  if (!limitWatch.measures && hasLimit(recorder.task().limits)) {
    record({ type: 'notice.recorded', runId, level: 'warning', code: 'limits-not-held', words: NOT_MEASURED });
  }
  return limitWatch.add({
    runId,
    limits: () => recorder.task().limits,
    agent: () => recorder.task().run?.process ?? null,
    exceeded(what) {
      if (halt.aborted) return;
      // First: that it cannot be written down is no reason to let it run.
      end(new OverLimit(exceededWords(what)));
      record({ type: 'limit.exceeded', runId, ...what });
    },
  });
}
