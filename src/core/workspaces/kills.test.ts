import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aProject } from '../../../test/support/project.ts';
import { createRandom } from '../../../test/support/random.ts';
import { createRepository, GIT_ENVIRONMENT, runGit, type TestRepository } from '../../../test/support/repository.ts';
import { createTempFolder } from '../../../test/support/temp.ts';
import type { ChildJob } from '../../../test/support/workspace-child.ts';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { silentLogger } from '../base/logger.ts';
import { migrations } from '../db/migrations/list.ts';
import { gitEntry } from '../git/git-context.ts';
import { bearsEntry, processTable } from '../process/process-table.ts';
import type { WorkspacePlan } from './plan.ts';
import { createWorkspaces, type Workspaces } from './workspaces.ts';

/** For a long campaign: `DROVER_KILLS=200 DROVER_KILL_FILES=20000 DROVER_SEED=1 npm test -- src/core/workspaces/kills`. */
const KILLS = Number(process.env.DROVER_KILLS ?? 8);
const FILES = Number(process.env.DROVER_KILL_FILES ?? 300);
const SEED = Number(process.env.DROVER_SEED ?? randomInt(1_000_000_000));
const CONTENTS = 100;
const CHILD = new URL('../../../test/support/workspace-child.ts', import.meta.url).pathname;

let folder: Awaited<ReturnType<typeof createTempFolder>>;
beforeAll(async () => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value);
  folder = await createTempFolder();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await folder.remove();
});

function value<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.value;
}

interface World {
  repo: TestRepository;
  project: Project;
  dataFolder: string;
  database: string;
  files: number;
}

async function createWorld(files: number): Promise<World> {
  const repo = await createRepository(folder.path, { files: {} });
  // Straight into a pack, so that no housekeeping of git begins for thousands of loose objects, and with few contents, as
  // what counts is how many files there are.
  const stream = [
    ...Array.from({ length: CONTENTS }, (_, n) => `blob\nmark :${n + 1}\ndata <<end\n${n}\nend\n`),
    'commit refs/heads/main\ncommitter Test <test@example.invalid> 0 +0000\ndata <<end\nMany\nend\n',
    'M 644 :1 README.md\n',
    ...Array.from({ length: files }, (_, n) => `M 644 :${1 + (n % CONTENTS)} folder-${n - (n % 500)}/${n % 500}.txt\n`),
  ];
  await runGit(repo.path, ['fast-import', '--quiet'], stream.join(''));
  await repo.git('reset', '--quiet', '--hard');
  const dataFolder = await mkdtemp(join(folder.path, 'data-'));
  const database = join(dataFolder, 'test.db');
  const db = new Database(database);
  for (const { sql } of migrations) db.exec(sql);
  db.close();
  const project: Project = aProject(repo.path, { name: 'Many', trusted: true });
  return { repo, project, dataFolder, database, files: files + 1 };
}

/** A host as it is after a start: what a dead one left is healed. */
async function started<T>(world: World, work: (workspaces: Workspaces) => Promise<T>): Promise<T> {
  const db = new Database(world.database);
  const workspaces = createWorkspaces({
    db,
    dataFolder: world.dataFolder,
    now: Date.now,
    changed: () => {},
    logger: silentLogger,
    environment: async () => ({ ...GIT_ENVIRONMENT }),
    isRunning: () => false,
    projectOf: () => accept(world.project),
    cleanedUp: ({ id }) => appendFileSync(`${world.database}.told`, `${id}\n`),
  });
  try {
    await workspaces.recover();
    return await work(workspaces);
  } finally {
    await workspaces.close();
    db.close();
  }
}

async function child(world: World, job: Pick<ChildJob, 'work' | 'killAt'>): Promise<ChildProcess> {
  const { database, dataFolder, project } = world;
  const whole: ChildJob = { database, dataFolder, project, ...job };
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, JSON.stringify(whole)], {
    env: { ...process.env, ...GIT_ENVIRONMENT },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => started.stdout?.once('data', resolve));
  return started;
}

const ended = (one: ChildProcess) =>
  one.exitCode !== null || one.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => one.once('exit', resolve));

let tasks = 0;
async function planIn(workspaces: Workspaces, { project }: World): Promise<WorkspacePlan> {
  tasks += 1;
  const task = { id: `a${String(tasks).padStart(8, '0')}`, title: 'Do it' };
  return value(await workspaces.plan({ task, workspaceNo: 1, project, base: null }));
}

/** Work as an agent leaves it: a new file, a changed one, a deleted one. Gives how many files there are then. */
async function doWork(world: World, { path }: { path: string }): Promise<number> {
  await writeFile(join(path, 'new.txt'), 'new\n');
  await writeFile(join(path, 'README.md'), 'changed\n');
  await rm(join(path, 'folder-0', '1.txt'));
  return world.files;
}

const count = (text: string) => text.split('\n').filter(Boolean).length;

async function checkWhole(world: World, { path }: Workspace, changes: number): Promise<void> {
  expect(count(await runGit(path, ['status', '--porcelain', '--untracked-files=all']))).toBe(changes);
  expect(count(await runGit(path, ['ls-tree', '-r', '--name-only', 'HEAD']))).toBe(world.files);
}

async function checkNothingLeft(world: World): Promise<void> {
  const inGit = (name: string) => join(world.repo.path, '.git', name);
  expect(count(await world.repo.git('worktree', 'list'))).toBe(1);
  expect(await readdir(inGit('worktrees')).catch(() => [])).toEqual([]);
  expect(await readdir(join(world.dataFolder, 'workspaces')).catch(() => [])).toEqual([]);
  const names = await readdir(inGit('.'), { recursive: true });
  expect(names.filter((name) => name.endsWith('.lock'))).toEqual([]);
  expect(await world.repo.git('status', '--porcelain')).toBe('');
}

/** After a killed removal and a new start: all of the work is in the folder, or all of it is on the branch. */
async function checkRemoval(world: World, workspace: Workspace, files: number): Promise<void> {
  const onBranch = async () => {
    const tree = await world.repo.git('ls-tree', '-r', '--name-only', workspace.branch);
    expect(count(tree)).toBe(files);
    expect(await world.repo.git('show', `${workspace.branch}:README.md`)).toBe('changed');
    expect(await world.repo.git('show', `${workspace.branch}:new.txt`)).toBe('new');
  };
  await started(world, async (workspaces) => {
    const state = workspaces.get(workspace.id)?.state;
    expect(['ready', 'removed']).toContain(state);
    if (state === 'ready') {
      const detail = value(await workspaces.detail(workspace.id));
      expect(['clean', 'dirty']).toContain(detail.condition);
      expect(existsSync(join(workspace.path, 'new.txt'))).toBe(true);
      if (detail.condition === 'clean') await onBranch();
      else expect(detail.uncommitted).toBe(3);
      expect(value(await workspaces.remove(workspace.id, { discard: true })).state).toBe('removed');
    }
    await onBranch();
    expect(existsSync(workspace.path)).toBe(false);
  });
  await checkNothingLeft(world);
  await world.repo.git('branch', '-D', workspace.branch);
}

describe.skipIf(process.platform !== 'linux')('a host that is killed', () => {
  const steps = [1, 2, 3, 4].flatMap((nth) => [
    { nth, when: 'before' as const },
    { nth, when: 'after' as const },
  ]);

  let small: Promise<World> | null = null;
  test.each(steps)(
    '$when write $nth of a removal loses nothing and leaves nothing',
    async (killAt) => {
      small ??= createWorld(20);
      const world = await small;
      const workspace = await started(world, async (one) =>
        value(await one.make(await planIn(one, world), world.project)),
      );
      const files = await doWork(world, workspace);
      await ended(await child(world, { work: { remove: workspace.id }, killAt }));
      await checkRemoval(world, workspace, files);
    },
    60_000,
  );

  let merged: Promise<World> | null = null;
  test.each([...steps, { nth: 5, when: 'before' as const }, { nth: 5, when: 'after' as const }])(
    '$when write $nth of a clean-up: the workspace is whole and ready, or gone and said to be',
    async (killAt) => {
      merged ??= createWorld(20);
      const world = await merged;
      const workspace = await started(world, async (one) =>
        value(await one.make(await planIn(one, world), world.project)),
      );
      await doWork(world, workspace);
      await runGit(workspace.path, ['add', '--all']);
      await runGit(workspace.path, ['commit', '--quiet', '--message', 'Work']);
      await world.repo.git('merge', '--quiet', '--no-edit', workspace.branch);
      await ended(await child(world, { work: { cleanUp: workspace.id }, killAt }));
      await started(world, async (workspaces) => {
        const told = existsSync(`${world.database}.told`) ? readFileSync(`${world.database}.told`, 'utf8') : '';
        if (workspaces.get(workspace.id)?.state === 'removed') {
          expect(existsSync(workspace.path)).toBe(false);
          expect(told).toContain(workspace.id);
          return;
        }
        expect(told).not.toContain(workspace.id);
        expect(value(await workspaces.detail(workspace.id))).toMatchObject({ condition: 'clean', merged: true });
        expect(existsSync(join(workspace.path, 'new.txt'))).toBe(true);
        value(await workspaces.cleanUp(workspace.id, { by: 'user', veto: () => null }));
      });
      await checkNothingLeft(world);
      // As it was before the merge, for the next one.
      await world.repo.git('reset', '--quiet', '--hard', workspace.baseCommit);
      await world.repo.git('branch', '-D', workspace.branch);
    },
    60_000,
  );

  test.each([
    { nth: 2, when: 'after' as const, state: 'ready' },
    { nth: 3, when: 'before' as const, state: 'removed' },
  ])(
    '$when write $nth of setting aside what has no repository any more knows where the folder is',
    async ({ state, ...killAt }) => {
      const world = await createWorld(1);
      const { id, path } = await started(world, async (one) =>
        value(await one.make(await planIn(one, world), world.project)),
      );
      await writeFile(join(path, 'new.txt'), 'new\n');
      await rename(world.repo.path, `${world.repo.path}-gone`);
      await ended(await child(world, { work: { remove: id }, killAt }));
      const kept = join(world.dataFolder, 'kept', id);
      await started(world, async (workspaces) => {
        expect(workspaces.get(id)?.state).toBe(state);
        if (state === 'ready') value(await workspaces.remove(id, { discard: true }));
        expect(workspaces.get(id)?.kept).toContain(`${kept}, commits on `);
      });
      expect(existsSync(join(kept, 'new.txt'))).toBe(true);
    },
    60_000,
  );

  test(
    `at ${KILLS} random moments of making and removing ${FILES} files (seed ${SEED})`,
    async () => {
      console.info(`seed ${SEED}`);
      const random = createRandom(SEED);
      const world = await createWorld(FILES);
      const lasts = { make: 500, remove: 500 };

      /** Starts it, and kills the host at a random moment, with all its git or alone. */
      async function kill(kind: 'make' | 'remove', work: ChildJob['work']): Promise<void> {
        const host = await child(world, { work });
        const began = performance.now();
        await Promise.race([wait(random.next() * lasts[kind] * 1.2), ended(host)]);
        const done = host.exitCode !== null;
        host.kill('SIGKILL');
        if (random.chance(0.6)) killGit(world.dataFolder);
        await ended(host);
        const took = performance.now() - began;
        lasts[kind] = done ? took : Math.max(lasts[kind] * 1.05, took);
      }

      for (let kills = 0; kills < KILLS; kills += 2) {
        const planned = await started(world, (one) => planIn(one, world));
        await kill('make', { make: planned });
        const workspace = await started(world, async (one) => {
          const recorded = one.get(planned.workspaceId);
          const again = recorded ? one.open(recorded.id, world.project) : one.make(planned, world.project);
          return value(await again);
        });
        await checkWhole(world, workspace, 0);
        const files = await doWork(world, workspace);
        await kill('remove', { remove: workspace.id });
        await checkRemoval(world, workspace, files);
        if (KILLS > 8) console.info(`${kills + 2} kills`);
      }
    },
    Math.max(120_000, KILLS * 60_000),
  );
});

function killGit(dataFolder: string): void {
  const entry = gitEntry(dataFolder);
  for (const { pid } of processTable()) {
    if (!bearsEntry(pid, entry)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended meanwhile.
    }
  }
}
