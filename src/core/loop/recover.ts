import type { ProcessIdentity } from '../../contract/run/state.ts';
import type { Logger } from '../base/logger.ts';
import type { TaskStore } from '../tasks/store.ts';

interface Deps {
  store: TaskStore;
  logger: Logger;
  resumes(): boolean;
  /** Ends what is left of a run of a dead host: the recorded process, if it is still the same one, and strays. */
  reap(identity: ProcessIdentity | null, marker: string): Promise<void>;
}

/**
 * Deals with the runs that a dead host left behind: ends their processes, closes each run as interrupted, and queues the
 * task again where the setting says so. Nothing else is asked: every other intent has its outcome.
 */
export async function recover({ store, logger, resumes, reap }: Deps): Promise<void> {
  await Promise.all(
    store.idsIn('running').map(async (taskId) => {
      const run = store.get(taskId)?.run;
      if (!run) return;
      await reap(run.process, run.id);
      const done = store.dispatch(taskId, {
        type: 'run.recover',
        runId: run.id,
        resume: resumes(),
        words: 'Drover was killed while the task ran.',
      });
      if (done.ok) logger.info('recovered a run of a dead host', { taskId, runId: run.id });
      else logger.error('a run of a dead host could not be recovered', { taskId, words: done.rejection.message });
    }),
  );
}
