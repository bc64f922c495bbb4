import { createApprovalsStore } from '../../src/core/approvals/approvals-store.ts';
import { createClock } from '../../src/core/base/clock.ts';
import { type OpenDatabase, openDatabase } from '../../src/core/db/open.ts';
import { createHub, type Hub } from '../../src/core/log/hub.ts';
import { createLog, type Log } from '../../src/core/log/log.ts';
import { createTaskStore, type TaskStore } from '../../src/core/tasks/store.ts';
import { createTempFolder } from './temp.ts';

/** Log, hub and tasks on a database of a test's own, without what runs them. */
export interface OpenTaskStore extends Pick<OpenDatabase, 'db'> {
  folder: string;
  log: Log;
  hub: Hub;
  store: TaskStore;
  close(): Promise<void>;
}

export async function openTaskStore(): Promise<OpenTaskStore> {
  const folder = await createTempFolder();
  const opened = openDatabase(folder.path);
  if (!opened.ok) throw new Error(opened.rejection.message);
  const { db, file, close } = opened.value;
  const log = createLog(db);
  const hub = createHub(log);
  const projections = [createApprovalsStore(db)];
  return {
    folder: folder.path,
    db,
    log,
    hub,
    store: createTaskStore({ db, file, log, hub, clock: createClock(), projections }),
    async close() {
      close();
      await folder.remove();
    },
  };
}
