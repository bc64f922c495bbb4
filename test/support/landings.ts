import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Landing } from '../../src/contract/landing/state.ts';
import type { Project } from '../../src/contract/project/state.ts';
import { accept } from '../../src/contract/rejection.ts';
import type { Workspace } from '../../src/contract/workspace/state.ts';
import { createClock } from '../../src/core/base/clock.ts';
import { silentLogger } from '../../src/core/base/logger.ts';
import { openDatabase } from '../../src/core/db/open.ts';
import { createLandings, type Landings, type LandingTimes } from '../../src/core/land/landings.ts';
import { createHub } from '../../src/core/log/hub.ts';
import { createLog } from '../../src/core/log/log.ts';
import type { ChosenProgram } from '../../src/core/process/locate-program.ts';
import { createTaskStore, type TaskStore } from '../../src/core/tasks/store.ts';
import { createWorkspaces, type Workspaces } from '../../src/core/workspaces/workspaces.ts';
import { must } from './host.ts';
import { aProject } from './project.ts';
import { createRepository, type TestRepository } from './repository.ts';
import { aNewTask } from './task.ts';

export interface LandingHost {
  store: TaskStore;
  workspaces: Workspaces;
  landings: Landings;
  close(): Promise<void>;
}

/** What lands, on a data folder with a database, without what runs tasks. */
export async function openLandings(options: {
  dataFolder: string;
  project: Project;
  env: Readonly<Record<string, string>>;
  gitProgram?: () => ChosenProgram | null;
  times?: Partial<LandingTimes>;
}): Promise<LandingHost> {
  const { dataFolder, project, env, gitProgram, times } = options;
  const { db, file, close } = must(openDatabase(dataFolder));
  const log = createLog(db);
  const clock = createClock();
  const store = createTaskStore({ db, file, log, hub: createHub(log), clock });
  const shared = {
    ...{ db, dataFolder, logger: silentLogger, environment: async () => ({ ...env }) },
    ...(gitProgram ? { gitProgram } : {}),
    projectOf: () => accept(project),
  };
  const workspaces = createWorkspaces({ ...shared, now: Date.now, changed: () => {}, isRunning: () => false });
  const landings = createLandings({
    ...{ ...shared, store, workspaces, isBusy: () => false },
    ...(times ? { times } : {}),
  });
  await landings.recover(workspaces.recover());
  return {
    ...{ store, workspaces, landings },
    async close() {
      await landings.close();
      await workspaces.close();
      close();
    },
  };
}

/** A repository and a data folder. */
export async function aLandingWorld(
  folder: string,
  files: Record<string, string> = { 'README.md': '# Sample\n', 'a.txt': 'one\n', '.gitignore': 'ignored\n' },
): Promise<{ repo: TestRepository; dataFolder: string; project: Project }> {
  const repo = await createRepository(folder, { files });
  return { repo, dataFolder: await mkdtemp(join(folder, 'data-')), project: aProject(repo.path) };
}

let tasks = 0;

/** A task that has ended, with a workspace as its run has left it. */
export async function anEndedTask(
  { store, workspaces }: LandingHost,
  project: Project,
  base: string | null = null,
): Promise<{ taskId: string; workspace: Workspace }> {
  tasks += 1;
  const taskId = `a${String(tasks).padStart(8, '0')}`;
  const task = aNewTask(taskId, { title: 'Add a greeting', goal: 'Add a greeting.' }, ['Write it', 'Leave this']);
  must(store.dispatch(taskId, { type: 'task.create', start: true, task }));
  const runId = must(store.dispatch(taskId, { type: 'run.start', sessionId: null })).task.run?.id ?? '';
  const plan = must(await workspaces.plan({ task, workspaceNo: 1, project, base }));
  const workspace = must(await workspaces.make(plan, project));
  const { id: workspaceId, path, branch, baseCommit } = workspace;
  const ready = { type: 'workspace.ready', runId, workspaceId, path, branch, baseCommit, reused: false } as const;
  must(store.dispatch(taskId, { type: 'run.record', runId, events: [ready] }));
  const done = { type: 'item.set', itemId: '1', status: 'completed', reason: null, by: 'agent' } as const;
  must(store.dispatch(taskId, done));
  const outcome = { code: 'all-items-completed', words: 'Done.', hint: null } as const;
  must(store.dispatch(taskId, { type: 'run.settle', runId, status: 'completed', outcome }));
  return { taskId, workspace };
}

/** Where the work of a task has landed. */
export function landingOf({ store }: LandingHost, taskId: string): Landing | undefined {
  return store.get(taskId)?.landing;
}
