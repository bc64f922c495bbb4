import { appendFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Project } from '../../src/contract/project/state.ts';
import { accept } from '../../src/contract/rejection.ts';
import { silentLogger } from '../../src/core/base/logger.ts';
import type { WorkspacePlan } from '../../src/core/workspaces/plan.ts';
import { createWorkspaces } from '../../src/core/workspaces/workspaces.ts';

/** What a host that is going to be killed does; given as JSON in its only argument. */
export interface ChildJob {
  database: string;
  dataFolder: string;
  project: Project;
  work: { make: WorkspacePlan } | { remove: string } | { cleanUp: string };
  /** Kills itself right before or after the nth write to the rows. Left out: somebody else does it. */
  killAt?: { nth: number; when: 'before' | 'after' };
}

/** Notes that the end of a clean-up was told. */
const toldOf = (database: string, id: string) => appendFileSync(`${database}.told`, `${id}\n`);

const job = JSON.parse(process.argv[2] ?? '') as ChildJob;
const database = new Database(job.database);
const kill = () => process.kill(process.pid, 'SIGKILL');
let writes = 0;

const { killAt } = job;
const db = new Proxy(database, {
  get(target, name) {
    const value = Reflect.get(target, name, target) as unknown;
    if (name !== 'prepare' || !killAt) return typeof value === 'function' ? value.bind(target) : value;
    return (sql: string) => {
      const statement = target.prepare(sql);
      if (!/^\s*(UPDATE|INSERT)\b.*\bworkspaces\b/s.test(sql)) return statement;
      const run = statement.run.bind(statement);
      statement.run = (...parameters: unknown[]) => {
        writes += 1;
        if (writes === killAt.nth && killAt.when === 'before') kill();
        const done = run(...parameters);
        if (writes === killAt.nth) kill();
        return done;
      };
      return statement;
    };
  },
});

const workspaces = createWorkspaces({
  db,
  dataFolder: job.dataFolder,
  now: Date.now,
  changed: () => {},
  logger: silentLogger,
  environment: async () => Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ''])),
  isRunning: () => false,
  projectOf: () => accept(job.project),
  cleanedUp: ({ id }) => toldOf(job.database, id),
});
process.stdout.write('begins\n');
const { work } = job;
const done =
  'make' in work
    ? await workspaces.make(work.make, job.project, { marker: 'killed' })
    : 'remove' in work
      ? await workspaces.remove(work.remove, { discard: true })
      : await workspaces.cleanUp(work.cleanUp, { by: 'drover', veto: () => null });
process.stdout.write(`${JSON.stringify(done)}\n`);
