import { accept, type Rejection, type Result, reject } from '../../contract/rejection.ts';
import type { Run } from '../../contract/run/state.ts';
import type { TaskCommand } from '../../contract/task/commands.ts';
import { summarize } from '../../contract/task/derive.ts';
import type { LoggedEvent, TaskEvent } from '../../contract/task/events.ts';
import { fold } from '../../contract/task/fold.ts';
import { countNeedsYou } from '../../contract/task/needs-you.ts';
import type { ChangedTask, Task, TaskHit, TaskStatus, TaskSummary } from '../../contract/task/state.ts';
import type { Clock } from '../base/clock.ts';
import { type Logger, silentLogger } from '../base/logger.ts';
import type { Db } from '../db/open.ts';
import { storageRejection } from '../db/storage-error.ts';
import type { Hub } from '../log/hub.ts';
import type { Log } from '../log/log.ts';
import { decide } from './decide.ts';
import { fromLog, readRun, readSummary, readTask } from './rebuild.ts';
import { createTaskSearch } from './search.ts';
import { WAITS_FOR_SLOT, type Waiting } from './why-waits.ts';

/** States kept in memory; older ones are read again when asked for. */
const CACHED = 200;
const RECEIPT_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/** What a command did: the task after it, the sequence number of its last event, and the item it made, if any. */
export interface Dispatched {
  task: Task;
  seq: number;
  itemId: string | null;
}

/** What a client gets of it. */
export function changed(done: Result<Dispatched>): Result<ChangedTask> {
  return done.ok ? accept({ ...done.value.task, seq: done.value.seq }) : done;
}

/** A task as far as it decides when it may start. */
export type Waiter = Pick<Task, 'id' | 'projectId' | 'agent' | 'schedule'>;

/** The tasks: the only place where a task changes. */
export interface TaskStore {
  /**
   * Decides a command on a task and, in one transaction, stores its receipt, its events and the projections; then
   * publishes. A command id that was seen before gets the earlier answer and does nothing.
   */
  dispatch(taskId: string, command: TaskCommand, commandId?: string): Result<Dispatched>;
  /** The task that an earlier command with this id was about, for commands that make tasks. */
  taskOfCommand(commandId: string): string | null;
  get(taskId: string): Task | null;
  /** A page of summaries, newest first. `cursor` is what the page before gave as `nextCursor`. */
  list(filter: ListFilter): { tasks: TaskSummary[]; nextCursor: string | null; hits: TaskHit[] };
  runs(taskId: string): Run[];
  /** Ids of tasks in a status; queued ones in the order in which they are to run: by rank. */
  idsIn(status: TaskStatus): string[];
  counts(): Record<string, number>;
  /** How many tasks need a person. */
  needingYou(): number;
  /** How many tasks of a project there are, and how many of them are queued or running. */
  countOfProject(projectId: string): { all: number; unsettled: number };
}

export interface ListFilter {
  projectId?: string | undefined;
  status?: TaskStatus[] | undefined;
  search?: string | undefined;
  /** Only archived ones, or only those that are not. */
  archived?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Answer = { ok: true; taskId: string; itemId: string | null } | { ok: false; taskId: string; rejection: Rejection };

/** Rows beside the tasks that are made from their events, in the same transaction. */
export interface Projection {
  write(task: Task, events: readonly LoggedEvent[]): void;
  erase(taskId: string): void;
}

interface Deps {
  db: Db;
  file: string;
  log: Log;
  hub: Hub;
  clock: Clock;
  projections?: readonly Projection[];
  /** What would hold a task in the queue. */
  waiting?(task: Waiter): Waiting;
  logger?: Pick<Logger, 'warn' | 'error'>;
}

export function createTaskStore({
  db,
  file,
  log,
  hub,
  clock,
  projections: others = [],
  waiting = () => WAITS_FOR_SLOT,
  logger = silentLogger,
}: Deps): TaskStore {
  const found = createTaskSearch(db);
  const projections = [found, ...others];
  const cache = new Map<string, Task>();
  const selectTask = db.prepare<[string], { state: string; goal: string | null }>(
    'SELECT state, goal FROM tasks LEFT JOIN goals ON goals.task_id = tasks.id WHERE id = ?',
  );
  const insertTask = db.prepare(
    `INSERT INTO tasks (id, project_id, status, created_at, rank, archived, title, summary, state)
     VALUES (@id, @projectId, @status, @createdAt, @rank, 0, @title, @summary, @state)`,
  );
  const updateTask = db.prepare('UPDATE tasks SET title = @title, summary = @summary, state = @state WHERE id = @id');
  // Apart, because naming an indexed column writes the index again, changed or not.
  const updateStatus = db.prepare<[string, string]>('UPDATE tasks SET status = ? WHERE id = ?');
  const updateQueued = db.prepare<[number, string]>('UPDATE tasks SET queued_seq = ? WHERE id = ?');
  const updateRank = db.prepare<[number, string]>('UPDATE tasks SET rank = ? WHERE id = ?');
  const updateArchived = db.prepare<[number, string]>('UPDATE tasks SET archived = ? WHERE id = ?');
  const deleteTask = db.prepare<[string]>('DELETE FROM tasks WHERE id = ?');
  const deleteGoal = db.prepare<[string]>('DELETE FROM goals WHERE task_id = ?');
  const deleteRuns = db.prepare<[string]>('DELETE FROM runs WHERE task_id = ?');
  const putGoal = db.prepare<[string, string]>('INSERT OR REPLACE INTO goals (task_id, goal) VALUES (?, ?)');
  const putRun = db.prepare<[string, string, number, string]>(
    'INSERT OR REPLACE INTO runs (id, task_id, no, data) VALUES (?, ?, ?, ?)',
  );
  const selectRuns = db.prepare<[string], { id: string; data: string }>(
    'SELECT id, data FROM runs WHERE task_id = ? ORDER BY no',
  );
  const selectReceipt = db.prepare<[string], { answer: string }>('SELECT answer FROM receipts WHERE command_id = ?');
  const insertReceipt = db.prepare<[string, number, string]>(
    'INSERT INTO receipts (command_id, at, answer) VALUES (?, ?, ?)',
  );
  const selectIds = db.prepare<[string], { id: string }>(
    'SELECT id FROM tasks WHERE status = ? ORDER BY rank, queued_seq, id',
  );
  const selectCounts = db.prepare<[], { status: string; n: number }>(
    'SELECT status, count(*) AS n FROM tasks GROUP BY status',
  );
  // What else can need a person is in neither of these.
  const selectMayNeed = db.prepare<[], { id: string; summary: string }>(
    "SELECT id, summary FROM tasks WHERE status IN ('running', 'failed') AND archived = 0",
  );
  const selectProjectCounts = db.prepare<[string], { all: number; unsettled: number }>(
    `SELECT count(*) AS "all", count(*) FILTER (WHERE status IN ('queued', 'running')) AS unsettled
     FROM tasks WHERE project_id = ?`,
  );
  db.prepare('DELETE FROM receipts WHERE at < ?').run(clock.now() - RECEIPT_DAYS * DAY);

  /** The summary of a row, made again where it cannot be read. */
  function summaryOf({ id, summary }: { id: string; summary: string }): TaskSummary[] {
    const known = readSummary(summary, id);
    if (known !== null) return [known];
    const task = rebuild(id);
    return task === null ? [] : [summarize(task)];
  }

  function remember(task: Task): void {
    cache.delete(task.id);
    cache.set(task.id, task);
    if (cache.size > CACHED) {
      const oldest = cache.keys().next();
      if (!oldest.done) cache.delete(oldest.value);
    }
  }

  function get(taskId: string): Task | null {
    const cached = cache.get(taskId);
    if (cached) return cached;
    const row = selectTask.get(taskId);
    if (!row) return null;
    const task = readTask(row.state, row.goal) ?? rebuild(taskId);
    if (task !== null) remember(task);
    return task;
  }

  const writeAgain = db.transaction(({ task, runs }: NonNullable<ReturnType<typeof fromLog>>) => {
    const { goal, ...state } = task;
    const { id, title, status, rank, archivedAt } = task;
    putGoal.run(id, goal);
    for (const run of runs) putRun.run(run.id, id, run.no, JSON.stringify(run));
    updateTask.run({ id, title, summary: JSON.stringify(summarize(task)), state: JSON.stringify(state) });
    updateStatus.run(status, id);
    updateRank.run(rank, id);
    updateArchived.run(archivedAt === null ? 0 : 1, id);
  });

  /** What is stored of a task is damaged: its log still tells all of it. Null when that cannot be read either. */
  function rebuild(taskId: string): Task | null {
    try {
      const found = fromLog(log, taskId);
      if (found === null) {
        logger.error('the stored state of a task is damaged, and its log tells nothing of it', { taskId });
        return null;
      }
      logger.warn('the stored state of a task was damaged, so it was made again from its log', { taskId });
      const written = guard(() => accept(writeAgain(found)));
      if (!written.ok) logger.warn('it could not be written', { taskId, words: written.rejection.message });
      return found.task;
    } catch (error) {
      logger.error('the stored state of a task and its log are damaged', { taskId, error: String(error) });
      return null;
    }
  }

  function project(before: Task | null, after: Task, events: readonly TaskEvent[], seq: number): void {
    const { goal, ...state } = after;
    if (goal !== before?.goal) putGoal.run(after.id, goal);
    if (after.run && after.run !== before?.run) {
      putRun.run(after.run.id, after.id, after.run.no, JSON.stringify(after.run));
    }
    const { id, title, status, projectId, createdAt, rank, archivedAt } = after;
    const row = { id, title, summary: JSON.stringify(summarize(after)), state: JSON.stringify(state) };
    if (before === null) insertTask.run({ ...row, status, projectId, createdAt, rank });
    else updateTask.run(row);
    if (before !== null && before.status !== status) updateStatus.run(status, id);
    if (before !== null && before.rank !== rank) updateRank.run(rank, id);
    if ((before?.archivedAt ?? null) !== archivedAt) updateArchived.run(archivedAt === null ? 0 : 1, id);
    if (events.some((event) => event.type === 'task.queued')) updateQueued.run(seq, id);
  }

  // Made once: making the function of a transaction costs as much as storing an event.
  const write = db.transaction(
    (taskId: string, before: Task | null, events: readonly TaskEvent[], receipt: string | undefined) => {
      const at = clock.now();
      const logged = log.append(taskId, events, at);
      const seq = logged.at(-1)?.seq ?? 0;
      let after = before;
      for (const event of events) after = fold(after, event, at);
      let itemId: string | null = null;
      for (const event of events) if (event.type === 'item.added') itemId = event.item.id;
      if (after === null) {
        deleteTask.run(taskId);
        deleteGoal.run(taskId);
        deleteRuns.run(taskId);
        for (const projection of projections) projection.erase(taskId);
        log.erase(taskId, seq);
      } else {
        if (after !== before) project(before, after, events, seq);
        for (const projection of projections) projection.write(after, logged);
      }
      if (receipt !== undefined) {
        insertReceipt.run(receipt, at, JSON.stringify({ ok: true, taskId, itemId } satisfies Answer));
      }
      return { logged, after, seq, itemId };
    },
  );

  /** A failure of the storage becomes a refusal: nothing was stored, so nothing may happen. */
  function guard<T>(job: () => Result<T>): Result<T> {
    try {
      return job();
    } catch (error) {
      const rejection = storageRejection(error, file);
      if (rejection === null) throw error;
      return { ok: false, rejection };
    }
  }

  function repeat(answer: Answer): Result<Dispatched> {
    if (!answer.ok) return { ok: false, rejection: answer.rejection };
    const task = get(answer.taskId);
    if (task === null) return reject('not-found', `Task ${answer.taskId} has been deleted since.`);
    return accept({ task, seq: log.seq(), itemId: answer.itemId });
  }

  return {
    dispatch(taskId, command, commandId) {
      const receipt = commandId === undefined ? undefined : selectReceipt.get(commandId);
      if (receipt) return repeat(JSON.parse(receipt.answer) as Answer);
      const before = get(taskId);
      if (before === null && command.type !== 'task.create') return reject('not-found', `There is no task ${taskId}.`);
      const waiter = command.type === 'task.create' ? command.task : before;
      const decided = decide(before, command, clock.now(), () => (waiter ? waiting(waiter) : WAITS_FOR_SLOT));
      if (!decided.ok) {
        return guard(() => {
          if (commandId !== undefined)
            insertReceipt.run(commandId, clock.now(), JSON.stringify({ ...decided, taskId }));
          return decided;
        });
      }
      if (decided.value.length === 0 && before && commandId === undefined) {
        return accept({ task: before, seq: log.seq(), itemId: null });
      }
      const written = guard(() => accept(write(taskId, before, decided.value, commandId)));
      if (!written.ok) return written;
      // From here on it has happened, whatever goes wrong with those who are told.
      const { logged, after, seq, itemId } = written.value;
      if (after) remember(after);
      else cache.delete(taskId);
      hub.publish(logged);
      const task = after ?? before;
      if (task === null) throw new Error(`Task ${taskId} came to nothing.`);
      return accept({ task, seq, itemId });
    },
    taskOfCommand(commandId) {
      const receipt = selectReceipt.get(commandId);
      return receipt ? (JSON.parse(receipt.answer) as Answer).taskId : null;
    },
    get,
    list({ projectId, status, search, archived, limit, cursor }) {
      const where: string[] = [];
      const values: (string | number)[] = [];
      if (projectId !== undefined) {
        where.push('project_id = ?');
        values.push(projectId);
      }
      if (status !== undefined && status.length > 0) {
        where.push(`status IN (${status.map(() => '?').join(', ')})`);
        values.push(...status);
      }
      if (search !== undefined && search !== '') {
        const condition = found.condition(search);
        where.push(condition.sql);
        values.push(...condition.values);
      }
      if (archived !== undefined) {
        // The sign keeps the index of archived tasks out where that of the project has fewer rows to go through.
        where.push(projectId === undefined ? 'archived = ?' : '+archived = ?');
        values.push(archived ? 1 : 0);
      }
      const [at, id] = cursor?.split(' ') ?? [];
      if (at !== undefined && id !== undefined) {
        where.push('(created_at, id) < (?, ?)');
        values.push(Number(at), id);
      }
      const rows = db
        .prepare<(string | number)[], { id: string; created_at: number; summary: string }>(
          `SELECT id, created_at, summary FROM tasks ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
           ORDER BY created_at DESC, id DESC LIMIT ?`,
        )
        .all(...values, limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const tasks = page.flatMap(summaryOf);
      return {
        tasks,
        hits: search ? tasks.flatMap(({ id, title }) => found.hit(id, title, search) ?? []) : [],
        nextCursor: rows.length > limit && last ? `${last.created_at} ${last.id}` : null,
      };
    },
    runs(taskId) {
      const read = () => selectRuns.all(taskId).map(({ id, data }) => readRun(data, id));
      let runs = read();
      if (runs.includes(null) && rebuild(taskId) !== null) runs = read();
      return runs.filter((run) => run !== null);
    },
    idsIn: (status) => selectIds.all(status).map((row) => row.id),
    counts: () => Object.fromEntries(selectCounts.all().map((row) => [row.status, row.n])),
    needingYou: () => countNeedsYou(selectMayNeed.all().flatMap(summaryOf)),
    countOfProject: (projectId) => selectProjectCounts.get(projectId) ?? { all: 0, unsettled: 0 },
  };
}
