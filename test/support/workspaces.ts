import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Project } from '../../src/contract/project/state.ts';
import { accept, type Result } from '../../src/contract/rejection.ts';
import type { Workspace } from '../../src/contract/workspace/state.ts';
import { silentLogger } from '../../src/core/base/logger.ts';
import { migrations } from '../../src/core/db/migrations/list.ts';
import { createWorkspaces, type Workspaces } from '../../src/core/workspaces/workspaces.ts';
import { createRepository, GIT_ENVIRONMENT, type TestRepository } from './repository.ts';

/** Workspaces of one project, on a database in memory. */
export interface TestWorkspaces {
  repo: TestRepository;
  dataFolder: string;
  db: Database.Database;
  project: Project;
  workspaces: Workspaces;
  /** A workspace of a new task. */
  make(): Promise<Workspace>;
}

export function accepted<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}

/** A project of a new repository in `folder` with `files`, and the parts that make its workspaces. */
export async function createTestWorkspaces(
  folder: string,
  {
    files,
    project: own = {},
    ...deps
  }: {
    files?: Record<string, string>;
    project?: Partial<Project>;
  } & Partial<Parameters<typeof createWorkspaces>[0]> = {},
): Promise<TestWorkspaces> {
  const repo = await createRepository(folder, files ? { files } : {});
  const dataFolder = await mkdtemp(join(folder, 'data-'));
  const db = new Database(':memory:');
  for (const { sql } of migrations) db.exec(sql);
  const project: Project = {
    id: 'p00000001',
    name: 'shop',
    path: repo.path,
    trusted: false,
    addedAt: 0,
    setup: [],
    copy: [],
    submodules: false,
    checks: [],
    branchPrefix: 'drover/',
    quiet: false,
    lifted: [],
    ...own,
  };
  const workspaces = createWorkspaces({
    db,
    dataFolder,
    now: Date.now,
    changed: () => {},
    logger: silentLogger,
    environment: async () => ({ ...GIT_ENVIRONMENT }),
    isRunning: () => false,
    projectOf: () => accept(project),
    ...deps,
  });
  let tasks = 0;
  return {
    repo,
    dataFolder,
    db,
    project,
    workspaces,
    async make() {
      tasks += 1;
      const task = { id: `a${String(tasks).padStart(8, '0')}`, title: '' };
      const plan = accepted(await workspaces.plan({ task, workspaceNo: 1, project, base: null }));
      return accepted(await workspaces.make(plan, project));
    },
  };
}
