import type { CheckpointKind } from '../../contract/checkpoint/state.ts';
import { truncate } from '../../contract/text.ts';
import { withGit } from '../git/git-context.ts';
import { gitWords } from '../git/git-error.ts';
import { NotRecorded } from './held-events.ts';
import type { RunParts } from './run-parts.ts';

/** How long git may take for each step of a checkpoint. */
const LIMIT_MS = 20_000;
/** A workspace in which one fails only after so long is not tried again in this run: it would hold up every turn. */
const SLOW_MS = 5_000;

/** Makes the checkpoints of a run, one after the other, beside what else goes on. */
export interface Checkpointing {
  /** Begins one of the workspace as it is now. */
  begin(kind: CheckpointKind): void;
  /** Resolves when none is being made any more. Never rejects: a run does without. */
  over(): Promise<void>;
}

export function createCheckpointing({ run, halt, broken }: Pick<RunParts, 'run' | 'halt' | 'broken'>): Checkpointing {
  const { recorder, runId, project } = run;
  let last: Promise<void> = Promise.resolve();
  let noticed = false;
  let tooSlow = false;

  async function make(kind: CheckpointKind): Promise<void> {
    const startedAt = performance.now();
    try {
      if (halt.aborted || tooSlow) return;
      const { id: taskId, workspace, run: now } = recorder.task();
      if (workspace === null || now === null) return;
      const { no: runNo, turns: turn } = now;
      const tree = await withGit({ signal: halt, limitMs: LIMIT_MS }, () =>
        run.makeCheckpoint({ taskId, project, path: workspace.path, runNo, turn, kind }),
      );
      if (tree === null || halt.aborted) return;
      recorder.record({ type: 'checkpoint.made', runId, workspaceId: workspace.id, turn, kind, tree });
    } catch (error) {
      if (halt.aborted) return;
      if (error instanceof NotRecorded) return broken(error);
      tooSlow = performance.now() - startedAt >= SLOW_MS;
      notice(gitWords(error));
    }
  }

  function notice(words: string): void {
    run.logger.warn('a checkpoint cannot be made', { words });
    if (noticed) return;
    noticed = true;
    const told = `What this turn has changed cannot be kept as a checkpoint: ${words}`;
    try {
      recorder.record({
        type: 'notice.recorded',
        runId,
        level: 'warning',
        code: 'no-checkpoint',
        words: truncate(told, 2000),
      });
    } catch (error) {
      broken(error instanceof NotRecorded ? error : new NotRecorded(String(error)));
    }
  }

  return {
    begin(kind) {
      last = last.then(() => make(kind));
    },
    over: () => last,
  };
}
