import type { TaskOutcome } from '../../contract/task/state.ts';
import { watchFolder } from './watch-folder.ts';

interface Deps {
  /** The outcome of the run when its workspace is gone, else null. */
  look(): Promise<TaskOutcome | null>;
  /** Ends the turn: without its workspace a run has nothing to wait for. */
  endTurn(): void;
}

/** Notices when the workspace of a run is gone, and ends what would wait for nothing. */
export interface WorkspaceWatch {
  /** Aborted when it is gone. */
  readonly gone: AbortSignal;
  begin(folder: string): void;
  /** Looks now: something happened that may be the first sign. */
  look(): void;
  close(): void;
}

export function createWorkspaceWatch({ look, endTurn }: Deps): WorkspaceWatch {
  const gone = new AbortController();
  let unwatch = () => {};

  function lookNow(): void {
    void look().then((lost) => {
      if (!lost) return;
      gone.abort();
      endTurn();
    });
  }

  return {
    gone: gone.signal,
    begin(folder) {
      unwatch = watchFolder(folder, lookNow);
    },
    look: lookNow,
    close: () => unwatch(),
  };
}
