import { createClock } from '../../src/core/base/clock.ts';
import { createId } from '../../src/core/base/ids.ts';
import { openDatabase } from '../../src/core/db/open.ts';
import { createHub } from '../../src/core/log/hub.ts';
import { createLog } from '../../src/core/log/log.ts';
import { createTaskStore } from '../../src/core/tasks/store.ts';
import { must } from '../support/host.ts';
import { aNewTask } from '../support/task.ts';

const WORDS = ['parser', 'settings page', 'date picker', 'search index', 'release notes', 'login', 'charts'];

/**
 * Fills the database of a data folder that no host has open with tasks in every finished column and among the drafts,
 * through the core's own store.
 */
export function addManyTasks(dataFolder: string, projectId: string, count: number): void {
  const { db, file, close } = must(openDatabase(dataFolder));
  const log = createLog(db);
  const store = createTaskStore({ db, file, log, hub: createHub(log), clock: createClock() });
  try {
    db.transaction(() => {
      for (let no = 1; no <= count; no += 1) {
        const id = createId('a');
        const title = `Number ${no}: look after the ${WORDS[no % WORDS.length]} and say what was wrong with it`;
        const start = no % 4 !== 0;
        const items = ['Find it', 'Mend it', 'Test it'];
        must(store.dispatch(id, { type: 'task.create', start, task: aNewTask(id, { projectId, title }, items) }));
        if (!start) continue;
        if (no % 4 === 3) {
          must(store.dispatch(id, { type: 'task.stop', by: 'user' }));
          continue;
        }
        const { task } = must(store.dispatch(id, { type: 'run.start', sessionId: null }));
        const runId = task.run?.id ?? '';
        const ended =
          no % 4 === 1
            ? {
                status: 'completed' as const,
                outcome: { code: 'all-items-completed' as const, words: 'Done.', hint: null },
              }
            : { status: 'failed' as const, outcome: { code: 'crashed' as const, words: 'It crashed.', hint: null } };
        must(store.dispatch(id, { type: 'run.settle', runId, ...ended }));
      }
    })();
  } finally {
    close();
  }
}
