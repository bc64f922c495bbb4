import { afterAll, beforeAll, expect, test } from 'vitest';
import { urgencyOf } from '../../src/contract/task/priority.ts';
import type { Schedule } from '../../src/contract/task/schedule.ts';
import type { Task } from '../../src/contract/task/state.ts';
import { createAgentLimits } from '../../src/core/agents/limits.ts';
import { createDueList } from '../../src/core/base/due-list.ts';
import { silentLogger } from '../../src/core/base/logger.ts';
import { type OpenDatabase, openDatabase } from '../../src/core/db/open.ts';
import { createHub } from '../../src/core/log/hub.ts';
import { createLog } from '../../src/core/log/log.ts';
import type { RunEnd } from '../../src/core/loop/conduct.ts';
import { createPersist } from '../../src/core/loop/persist.ts';
import { recover } from '../../src/core/loop/recover.ts';
import { createScheduler } from '../../src/core/loop/scheduler.ts';
import { createStopNotes } from '../../src/core/loop/stop-notes.ts';
import { checkSchedule, dependencyHolds } from '../../src/core/tasks/dependencies.ts';
import { fromLog } from '../../src/core/tasks/rebuild.ts';
import { createTaskStore } from '../../src/core/tasks/store.ts';
import { createManualClock, type ManualClock } from '../support/clock.ts';
import { must } from '../support/host.ts';
import { createRandom, type Random } from '../support/random.ts';
import { aNewTask } from '../support/task.ts';
import { createTempFolder } from '../support/temp.ts';

/** Random histories of the queue: `DROVER_SEED` plays one again, `DROVER_HISTORIES` as many as wanted. */
const HISTORIES = Number(process.env.DROVER_HISTORIES ?? 200);
const SEED = Number(process.env.DROVER_SEED ?? Date.now() % 1_000_000);
const STEPS = 40;
const PROJECTS = ['p00000001', 'p00000002'];
const AGENTS = ['claude', 'demo'];
const MINUTE = 60_000;

let folder: Awaited<ReturnType<typeof createTempFolder>>;
let opened: OpenDatabase;
beforeAll(async () => {
  folder = await createTempFolder();
  opened = must(openDatabase(folder.path));
  // Nothing here survives the machine; what is killed is Drover.
  opened.db.pragma('synchronous = OFF');
});
afterAll(async () => {
  opened.close();
  await folder.remove();
});

/** One of several; undefined where there is none. */
const pick = <T>(random: Random, from: readonly T[]): T | undefined =>
  from.length > 0 ? random.pick(from) : undefined;

/** One data folder's database with the queue on it, which can be killed and opened again. */
function createWorld(random: Random) {
  const { db, file } = opened;
  for (const table of ['tasks', 'goals', 'runs', 'events', 'receipts', 'agent_limits']) db.exec(`DELETE FROM ${table}`);
  const clock: ManualClock = createManualClock();
  const slots = {
    all: 1 + random.below(4),
    project: random.chance(0.5) ? 1 + random.below(2) : null,
    agent: random.chance(0.5) ? 1 + random.below(2) : null,
  };
  let paused = false;
  const began: string[] = [];

  function open() {
    const log = createLog(db);
    const hub = createHub(log);
    const due = createDueList(clock);
    const limits = createAgentLimits({
      db,
      now: clock.now,
      due,
      logger: silentLogger,
      changed: () => scheduler.poke(),
    });
    const store = createTaskStore({ db, file, log, hub, clock, waiting: (task) => scheduler.waiting(task) });
    const persist = createPersist({ firstMs: 1, longestMs: 1 });
    const stops = createStopNotes(`${folder.path}/stops`);
    const running = new Map<string, (end: RunEnd | null) => void>();
    let alive = true;
    const scheduler = createScheduler({
      store,
      hub,
      logger: silentLogger,
      due,
      now: clock.now,
      slots: { all: () => slots.all, ofProject: () => slots.project, ofAgent: () => slots.agent },
      paused: () => paused,
      resumes: () => true,
      isCleaning: () => false,
      limitOf(agent) {
        const limit = limits.of(agent);
        return limit && { title: agent, until: limit.until };
      },
      reserved: () => [],
      persist,
      stops,
      run: (task, signal) =>
        new Promise((resolve) => {
          if (!alive) return;
          began.push(task.id);
          running.set(task.id, resolve);
          signal.addEventListener('abort', () => resolve(null));
        }).finally(() => running.delete(task.id)) as Promise<RunEnd | null>,
    });
    recover({
      store,
      logger: silentLogger,
      resumes: () => true,
      runsWithProcesses: () => new Map(),
      end: async () => true,
      persist: persist.until,
      isOurs: () => true,
      stops,
      left: () => {},
      changed: () => {},
    });
    scheduler.start();
    return {
      log,
      store,
      limits,
      scheduler,
      running,
      /** Dies: whatever it has under way is neither ended nor written. */
      kill() {
        alive = false;
        limits.close();
        persist.close();
        void scheduler.close();
      },
    };
  }

  return {
    clock,
    slots,
    began,
    open,
    isPaused: () => paused,
    pause(next: boolean) {
      paused = next;
    },
  };
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

async function play(seed: number): Promise<void> {
  const random = createRandom(seed);
  const world = createWorld(random);
  let drover = world.open();
  const ids: string[] = [];
  const at = (taskId: string | undefined) => (taskId === undefined ? null : drover.store.get(taskId));

  function someSchedule(): Schedule {
    const taskIds = [...new Set([pick(random, ids), pick(random, ids)].filter((id) => id !== undefined))];
    const after = { taskIds, need: random.chance(0.5) ? ('all' as const) : ('any' as const), fromBranch: false };
    const priority = pick(random, ['high', 'normal', 'low'] as const);
    return {
      ...(priority && priority !== 'normal' ? { priority } : {}),
      ...(random.chance(0.3) ? { startAt: world.clock.now() + random.below(10) * MINUTE } : {}),
      ...(taskIds.length > 0 && random.chance(0.4) ? { after } : {}),
    };
  }

  function make(): void {
    const id = `a${String(ids.length + 1).padStart(8, '0')}`;
    const agent = { agent: pick(random, AGENTS) ?? 'demo', model: null, effort: null };
    const task = aNewTask(
      id,
      { agent, projectId: pick(random, PROJECTS) ?? '', title: id, schedule: someSchedule() },
      [],
    );
    must(drover.store.dispatch(id, { type: 'task.create', start: random.chance(0.8), task }));
    ids.push(id);
  }

  /** The task whose schedule the step has changed. */
  let changed: string | null = null;
  function schedule(): void {
    const task = at(pick(random, ids));
    if (task === null) return;
    const { priority = 'normal', startAt = null, after = null } = someSchedule();
    const change = { priority, startAt, after };
    changed = task.id;
    const checked = checkSchedule(task, change, drover.store.get);
    if (checked.ok) must(drover.store.dispatch(task.id, { type: 'task.schedule', change }));
  }

  function end(): void {
    const taskId = pick(random, [...drover.running.keys()]);
    const task = at(taskId);
    if (taskId === undefined || task === null) return;
    const words = { words: '', hint: null };
    const finish = drover.running.get(taskId);
    if (random.chance(0.15)) {
      drover.limits.reach(task.agent.agent, world.clock.now() + (1 + random.below(5)) * MINUTE, 'No more.');
      finish?.({ status: 'queued', words: 'No more.' });
    } else if (random.chance(0.7))
      finish?.({ status: 'completed', outcome: { code: 'all-items-completed', ...words } });
    else finish?.({ status: 'failed', outcome: { code: 'backend-error', ...words } });
  }

  const act = (type: 'task.start' | 'task.resume' | 'task.rerun') => {
    const id = pick(random, ids);
    if (id !== undefined) drover.store.dispatch(id, { type });
  };

  /** Drover makes ready for another one; null while it does not. */
  let draining: AbortController | null = null;
  function drainOrNot(): void {
    if (draining === null) {
      draining = new AbortController();
      const { signal } = draining;
      const one = drover;
      void one.scheduler.drain(signal).then(() => {
        if (!signal.aborted && one === drover) expect(one.running.size).toBe(0);
      });
    } else {
      draining.abort();
      draining = null;
    }
  }

  const steps: (() => void)[] = [
    make,
    make,
    make,
    schedule,
    end,
    end,
    end,
    end,
    () => act('task.start'),
    () => act('task.resume'),
    () => act('task.rerun'),
    () => void drover.store.dispatch(pick(random, ids) ?? '', { type: 'task.stop', by: 'user' }),
    () => void drover.store.dispatch(pick(random, ids) ?? '', { type: 'task.archive', archived: random.chance(0.5) }),
    () => void drover.store.dispatch(pick(random, ids) ?? '', { type: 'task.accept', accepted: random.chance(0.7) }),
    () => void drover.store.dispatch(pick(random, ids) ?? '', { type: 'task.move', rank: random.below(1000) }),
    () => {
      const hasWorkspace = false;
      drover.store.dispatch(pick(random, ids) ?? '', { type: 'task.delete', keepWorkspace: false, hasWorkspace });
    },
    () => world.clock.advance(random.below(6) * MINUTE),
    () => world.clock.advance(15_000),
    () => void drover.limits.lift(pick(random, AGENTS) ?? ''),
    () => {
      world.slots.all = 1 + random.below(4);
      drover.scheduler.poke();
    },
    () => {
      world.pause(!world.isPaused());
      drover.scheduler.poke();
    },
    drainOrNot,
    () => {
      drover.kill();
      draining = null;
      drover = world.open();
    },
  ];

  /** What would hold a task, said once more without the queue. */
  function holds(task: Task, running: readonly Task[]): boolean {
    const { project, agent, all } = world.slots;
    return (
      world.isPaused() ||
      draining !== null ||
      dependencyHolds(task.schedule?.after, drover.store.get) !== null ||
      (task.schedule?.startAt ?? 0) > world.clock.now() ||
      drover.limits.of(task.agent.agent) !== null ||
      running.length >= all ||
      (project !== null && running.filter((one) => one.projectId === task.projectId).length >= project) ||
      (agent !== null && running.filter((one) => one.agent.agent === task.agent.agent).length >= agent)
    );
  }

  function check(before: ReadonlyMap<string, Task>, wasRunning: number): void {
    const tasks = ids.flatMap((id) => drover.store.get(id) ?? []);
    const running = tasks.filter(({ status }) => status === 'running');
    const { all, project, agent } = world.slots;
    // A limit that was made smaller ends nothing that runs.
    expect(running.length).toBeLessThanOrEqual(Math.max(all, wasRunning));
    for (const id of PROJECTS)
      if (project !== null)
        expect(running.filter(({ projectId }) => projectId === id).length).toBeLessThanOrEqual(project);
    for (const name of AGENTS)
      if (agent !== null) expect(running.filter((one) => one.agent.agent === name).length).toBeLessThanOrEqual(agent);
    for (const taskId of world.began.splice(0)) {
      const { schedule: own } = taskId === changed ? {} : (before.get(taskId) ?? {});
      if (own?.startAt !== undefined) expect(own.startAt).toBeLessThanOrEqual(world.clock.now());
    }
    for (const task of running) {
      // What it depended on was finished when it began, and may have been run again or deleted since.
      if (task.schedule?.after !== undefined && before.get(task.id)?.status === 'queued')
        expect(task.schedule.after.met).toBe(true);
      expect(drover.running.has(task.id)).toBe(true);
    }
    const queued = tasks.filter(({ status }) => status === 'queued');
    for (const task of queued) {
      expect(holds(task, running), `${task.id} could start: ${task.waiting?.words}`).toBe(true);
      expect(task.waiting).not.toBe(null);
    }
    for (const task of tasks) {
      // What has been waited for already holds nobody again.
      if (task.schedule?.after && !task.schedule.after.met)
        expect(checkSchedule(task, { after: task.schedule.after }, lenient)).toEqual({ ok: true, value: null });
    }
    const order = drover.store.idsIn('queued');
    expect([...queued].sort((a, b) => a.rank - b.rank).map(({ rank }) => rank)).toEqual(
      order.map((id) => at(id)?.rank),
    );
    expect(queued.every((task) => urgencyOf(task) >= 0)).toBe(true);
  }

  /** What was deleted is no circle. */
  const lenient = (taskId: string) => drover.store.get(taskId) ?? { title: '', projectId: '' };

  try {
    for (let step = 0; step < STEPS; step += 1) {
      const before = new Map(
        ids
          .flatMap((id) => [[id, drover.store.get(id)] as const])
          .filter((pair): pair is [string, Task] => pair[1] !== null),
      );
      const wasRunning = [...before.values()].filter(({ status }) => status === 'running').length;
      changed = null;
      pick(random, steps)?.();
      await tick();
      await tick();
      check(before, wasRunning);
    }
    for (const id of ids) expect(fromLog(drover.log, id)?.task ?? null).toEqual(drover.store.get(id));
  } finally {
    drover.kill();
  }
}

test(
  `${HISTORIES} histories of the queue from seed ${SEED}`,
  async () => {
    for (let no = 0; no < HISTORIES; no += 1) {
      try {
        await play(SEED + no);
      } catch (error) {
        throw new Error(`DROVER_SEED=${SEED + no} DROVER_HISTORIES=1 plays it again`, { cause: error });
      }
    }
  },
  Math.max(600_000, HISTORIES * 1_000),
);
