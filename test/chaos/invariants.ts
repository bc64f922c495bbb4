import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { TaskEvent } from '../../src/contract/task/events.ts';
import { fold } from '../../src/contract/task/fold.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { processesIn } from './processes.ts';
import type { World } from './world.ts';

interface Row {
  seq: number;
  task_id: string;
  at: number;
  data: string;
}

/** What the log and the tables say against each other, a sentence for each fault. Reads the file of a daemon that may run. */
export function faultsInDatabase({ dataFolder }: World, acknowledged: ReadonlySet<string>): string[] {
  const db = new Database(path.join(dataFolder, 'drover.db'), { readonly: true, fileMustExist: true });
  try {
    return db.transaction(() => [
      ...faultsOfFile(db),
      ...faultsOfLog(db),
      ...faultsOfReceipts(db, acknowledged),
      ...faultsOfRuns(db),
    ])();
  } finally {
    db.close();
  }
}

function faultsOfFile(db: Database.Database): string[] {
  const [{ integrity_check: found }] = db.pragma('integrity_check') as [{ integrity_check: string }];
  return found === 'ok' ? [] : [`The database is damaged: ${found}`];
}

/** Every task is what the fold makes of its events. */
function faultsOfLog(db: Database.Database): string[] {
  const faults: string[] = [];
  const states = new Map<string, Task | null>();
  for (const row of db.prepare<[], Row>('SELECT seq, task_id, at, data FROM events ORDER BY seq').iterate()) {
    const before = states.get(row.task_id) ?? null;
    states.set(row.task_id, fold(before, JSON.parse(row.data) as TaskEvent, row.at));
  }
  const stored = db
    .prepare<[], { id: string; status: string; state: string }>('SELECT id, status, state FROM tasks')
    .all();
  for (const { id, status, state } of stored) {
    const folded = states.get(id);
    const kept = JSON.parse(state) as Task;
    if (!folded) faults.push(`Task ${id} has a row and no events.`);
    else if (folded.status !== status || kept.status !== status || !isSame(kept, folded))
      faults.push(`Task ${id} is stored as ${status}, and its events make ${folded.status}.`);
  }
  const known = new Set(stored.map(({ id }) => id));
  for (const [id, state] of states)
    if (state !== null && !known.has(id)) faults.push(`Task ${id} has events and no row.`);
  return faults;
}

function isSame(kept: Task, folded: Task): boolean {
  const parts = (task: Task) =>
    JSON.stringify([
      task.items,
      task.outcome,
      task.runCount,
      task.run?.id,
      task.run?.status,
      task.workspace,
      task.messages,
    ]);
  return parts(kept) === parts(folded);
}

function faultsOfReceipts(db: Database.Database, acknowledged: ReadonlySet<string>): string[] {
  const receipt = db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM receipts WHERE command_id = ?');
  return [...acknowledged]
    .filter((id) => receipt.get(id)?.n !== 1)
    .map((id) => `The command ${id} was acknowledged and is not in the log.`);
}

function faultsOfRuns(db: Database.Database): string[] {
  const runs = db.prepare<[], { task_id: string; data: string }>('SELECT task_id, data FROM runs').all();
  const open = new Map<string, number>();
  for (const { task_id, data } of runs) {
    const { status } = JSON.parse(data) as { status: string };
    if (status === 'running') open.set(task_id, (open.get(task_id) ?? 0) + 1);
  }
  return [...open].filter(([, count]) => count > 1).map(([id, count]) => `Task ${id} has ${count} open runs.`);
}

/** No two agents in one worktree, and none of a run that is over; asked when the daemon has had time to clean up. */
export async function faultsInProcesses(world: World): Promise<string[]> {
  const { tasks } = await world.client().tasks.list({ status: ['running'], limit: 100 });
  const open = new Set(
    (await Promise.all(tasks.map(({ id }) => world.client().tasks.get({ taskId: id })))).map(
      ({ task }) => task.run?.id,
    ),
  );
  const faults: string[] = [];
  const inFolder = new Map<string, string>();
  for (const { run, kind, cwd, pid, command } of await processesIn(world.home)) {
    if (run !== null && !open.has(run)) faults.push(`Process ${pid} of the settled run ${run} is alive: ${command}`);
    if (kind !== 'agent' || run === null) continue;
    const other = inFolder.get(cwd);
    if (other !== undefined && other !== run)
      faults.push(`Two agents work in ${path.basename(cwd)}: ${other}, ${run}.`);
    inFolder.set(cwd, run);
  }
  return faults;
}

/** Asked when nothing runs any more: what is on the disk is what the rows say, and nobody's work is gone. */
export async function faultsOnDisk(world: World, commits: ReadonlySet<string>): Promise<string[]> {
  const { repository, dataFolder } = world;
  const faults: string[] = [];
  const rows = await world.client().workspaces.list({});
  const worktrees = (await repository.git('worktree', 'list', '--porcelain'))
    .split('\n')
    .filter((line) => line.startsWith('worktree '))
    .map((line) => line.slice('worktree '.length))
    .filter((folder) => folder !== repository.path);
  for (const { id, path: folder, state } of rows) {
    const isThere = existsSync(folder);
    // One that is being made may have nothing yet.
    if (state === 'removed' ? isThere : state === 'ready' && !isThere)
      faults.push(`The workspace ${id} is ${state}, its folder is ${isThere ? '' : 'not '}there.`);
    if (state === 'ready' && !worktrees.includes(folder)) faults.push(`git does not know the ready workspace ${id}.`);
  }
  const live = new Set(rows.filter(({ state }) => state !== 'removed').map((row) => row.path));
  for (const folder of worktrees) if (!live.has(folder)) faults.push(`git knows a worktree without a row: ${folder}`);
  const below = await readdir(path.join(dataFolder, 'workspaces'), { recursive: true }).catch(() => []);
  for (const lock of below.filter((name) => name.endsWith('.lock'))) faults.push(`A lock was left behind: ${lock}`);

  if ((await repository.git('status', '--porcelain')) !== '') faults.push("The user's own working tree was touched.");
  if ((await repository.git('symbolic-ref', 'HEAD')) !== 'refs/heads/main')
    faults.push("The user's branch was switched.");
  const heads = (await repository.git('for-each-ref', '--format=%(refname)', 'refs/heads')).split('\n');
  for (const head of heads)
    if (head !== 'refs/heads/main' && !head.startsWith('refs/heads/drover/')) faults.push(`There is a branch ${head}.`);
  const kept = new Set((await repository.git('rev-list', '--branches')).split('\n'));
  for (const commit of commits) if (!kept.has(commit)) faults.push(`The commit ${commit} is in no branch any more.`);
  const gitLocks = (await readdir(path.join(repository.path, '.git'), { recursive: true })).filter((name) =>
    name.endsWith('.lock'),
  );
  for (const lock of gitLocks) faults.push(`git left a lock behind: ${lock}`);

  const strays = (await processesIn(world.home)).filter(({ kind }) => kind !== 'daemon');
  for (const { pid, command } of strays) faults.push(`Process ${pid} is alive though nothing runs: ${command}`);
  const log = await readFile(path.join(dataFolder, 'logs', 'drover.log'), 'utf8').catch(() => '');
  const crash = log.split('\n').find((line) => line.includes('unhandled') || line.includes('a mistake of Drover'));
  if (crash !== undefined) faults.push(`The log tells of a mistake: ${crash.slice(0, 300)}`);
  return faults;
}
