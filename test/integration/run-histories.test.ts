import { afterAll, beforeAll, test, vi } from 'vitest';
import type { ItemStatus, Task } from '../../src/contract/task/state.ts';
import { type OpenDatabase, openDatabase } from '../../src/core/db/open.ts';
import { FAKE_AGENT, type FakeSession } from '../support/histories/fake-agent.ts';
import { faultsOfFold, faultsOfHost, faultsOfLog, faultsOfWork, leftOpen } from '../support/histories/invariants.ts';
import { createWorld, type Host, PROJECT } from '../support/histories/world.ts';
import { must, USER as PERSON } from '../support/host.ts';
import { createRandom } from '../support/random.ts';
import { aNewTask } from '../support/task.ts';
import { createTempFolder } from '../support/temp.ts';

/**
 * Random histories of runs and approvals: commands of a person, answers, messages, take-overs, sessions without a goal, an agent that works, asks,
 * fails and dies, a host that is killed at any of its writes, ends or starts again. `DROVER_SEED` plays one again,
 * `DROVER_HISTORIES` as many as wanted.
 */
const HISTORIES = Number(process.env.DROVER_HISTORIES ?? 200);
const SEED = Number(process.env.DROVER_SEED ?? Date.now() % 1_000_000);
const STEPS = 120;
/** Rounds in which everybody does what is wanted: then all is over. */
const CALM_ROUNDS = 60;
const MINUTE = 60_000;
const COMMANDS = ['npm install --global typescript', 'git push --force origin main', 'ls'];

// The agent has no process, and reading the table of all of them would take most of the time.
vi.mock('../../src/core/process/kill-tree.ts', async (original) => ({
  ...(await original<object>()),
  runsWithProcesses: () => new Map(),
  killTree: async () => true,
  sweep: async () => true,
}));

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

/** Until nothing is left to be done at once. */
async function settle(): Promise<void> {
  for (let i = 0; i < 4; i += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

async function play(seed: number, history: string[]): Promise<void> {
  const random = createRandom(seed);
  const world = createWorld(opened, random, folder.path);
  let host: Host = world.open();
  let no = 0;
  const ids: string[] = [];
  const nextId = (prefix: string) => {
    no += 1;
    return `${prefix}${String(no).padStart(8, '0')}`;
  };
  const some = <T>(from: readonly T[]): T | undefined => (from.length > 0 ? random.pick(from) : undefined);
  const someTask = (): Task | null => host.store.get(some(ids) ?? '');
  const someSession = (wanted: (session: FakeSession) => boolean = () => true) =>
    some([...host.sessions].filter(wanted));
  const dispatch = (...args: Parameters<Host['store']['dispatch']>) => void host.store.dispatch(...args);

  async function kill(): Promise<void> {
    host.kill();
    await settle();
    host = world.open();
  }

  const person: Record<string, () => unknown> = {
    create() {
      const id = nextId('a');
      const agent = { agent: FAKE_AGENT, model: null, effort: null };
      const task = {
        ...aNewTask(id, { agent, projectId: PROJECT, autonomy: random.pick(['ask', 'auto']) }, ['one', 'two']),
        ...(random.chance(0.2) ? { checks: [['true']] } : {}),
      };
      ids.push(id);
      dispatch(id, { type: 'task.create', start: random.chance(0.9), task });
    },
    openSession() {
      const id = nextId('a');
      const agent = { agent: FAKE_AGENT, model: null, effort: null };
      const task = aNewTask(id, { agent, projectId: PROJECT, autonomy: 'ask', goal: '' }, []);
      ids.push(id);
      dispatch(id, { type: 'task.create', start: true, to: 'person', task });
    },
    setGoal: () => dispatch(some(ids) ?? '', { type: 'task.edit', edit: { goal: nextId('Goal ') } }),
    start: () => dispatch(some(ids) ?? '', { type: 'task.start' }),
    stop: () => dispatch(some(ids) ?? '', { type: 'task.stop', by: 'user' }),
    stopAtOnce: () => host.loop.stop(some(ids) ?? ''),
    resume: () => dispatch(some(ids) ?? '', { type: 'task.resume' }),
    rerun: () => dispatch(some(ids) ?? '', { type: 'task.rerun' }),
    unblock: () => dispatch(some(ids) ?? '', { type: 'task.unblock', itemIds: null, skip: random.chance(0.3) }),
    archive: () => dispatch(some(ids) ?? '', { type: 'task.archive', archived: random.chance(0.5) }),
    delete() {
      if (random.chance(0.2))
        dispatch(some(ids) ?? '', { type: 'task.delete', keepWorkspace: true, hasWorkspace: false });
    },
    message: () => dispatch(some(ids) ?? '', { type: 'message.queue', id: nextId('m'), text: 'And this.' }),
    sendNow: () => dispatch(some(ids) ?? '', { type: 'message.send' }),
    withdraw() {
      const task = someTask();
      const message = some(task?.messages ?? []);
      if (task && message) dispatch(task.id, { type: 'message.withdraw', messageId: message.id });
    },
    takeOver() {
      const now = random.chance(0.4) ? { now: true as const } : {};
      dispatch(some(ids) ?? '', { type: 'session.hand-over', to: 'person', ...now });
    },
    giveBack() {
      const edit = random.chance(0.3) ? { edit: { goal: nextId('Goal ') }, items: [{ text: 'new', check: null }] } : {};
      dispatch(some(ids) ?? '', { type: 'session.hand-over', to: 'loop', ...edit });
    },
    answer() {
      const approval = some(host.openQuestions.all());
      if (!approval) return null;
      const { approvalId } = approval;
      const answer = random.chance(0.6)
        ? ({ type: 'allow', scope: 'once' } as const)
        : ({ type: 'deny', stop: random.chance(0.3) } as const);
      const commandId = random.chance(0.3) ? { commandId: nextId('c') } : {};
      void host.answer({ approvalId, answer, from: 'window', ...commandId }, PERSON);
      // Twice at once: the first wins.
      if (random.chance(0.3)) {
        void host.answer({ approvalId, answer: { type: 'deny' }, from: 'tray' }, PERSON);
      }
      return null;
    },
    item() {
      const task = someTask();
      const item = some(task?.items ?? []);
      if (!task || !item) return;
      const status = random.pick<ItemStatus>(['pending', 'completed', 'skipped']);
      void host.checklist.set({ taskId: task.id, itemId: item.id, status, reason: null, by: 'user' });
    },
    addItem() {
      const task = someTask();
      if (task) void host.checklist.add(task.id, 'more', null, 'user');
    },
    pause() {
      world.pause(!world.isPaused());
      host.loop.poke();
    },
    slots() {
      world.setSlots(1 + random.below(4));
      host.loop.poke();
    },
  };

  const agent: Record<string, () => unknown> = {
    say: () => someSession((one) => one.inTurn)?.say(nextId('t')),
    ask: () => someSession((one) => one.inTurn)?.ask(nextId('k'), random.pick(COMMANDS)),
    carryOut() {
      const session = someSession((one) => one.asked.some(({ answer }) => answer !== null));
      const call = session?.asked.find(({ answer }) => answer !== null);
      if (session && call) session.carryOut(call);
    },
    withdraw() {
      const session = someSession((one) => one.asked.length > 0);
      const call = some(session?.asked ?? []);
      if (session && call) session.asked.splice(session.asked.indexOf(call), 1)[0]?.withdraw('withdrawn');
    },
    report() {
      const { taskId } = someSession((one) => one.inTurn)?.options ?? {};
      const item = some(host.store.get(taskId ?? '')?.items ?? []);
      if (taskId === undefined || item === undefined) return;
      const status = random.pick<ItemStatus>(['in_progress', 'completed', 'completed', 'blocked']);
      void host.checklist.set({
        taskId,
        itemId: item.id,
        status,
        reason: status === 'blocked' ? 'No.' : null,
        by: 'agent',
      });
    },
    end: () => someSession((one) => one.inTurn)?.endTurn('ok'),
    fail: () => someSession((one) => one.inTurn)?.endTurn(random.pick(['transient', 'limited', 'permanent'])),
    crash: () => someSession()?.crash(),
    forget() {
      const task = someTask();
      if (task?.sessionId) world.lostSessions.add(task.sessionId);
    },
    opens: () => some([...host.parked])?.(),
    useTooMuch() {
      const run = some([...host.watched]);
      if (run === undefined) return;
      host.watched.delete(run);
      run.exceeded({ limit: 'maxProcesses', used: 51, most: 50 });
    },
  };

  const machine: Record<string, () => unknown> = {
    time: () => world.clock.advance(random.below(8) * MINUTE),
    moment: () => world.clock.advance(15_000),
    kill,
    killAtWrite: () => host.life.killAtWrite(1 + random.below(6), random.pick(['before', 'after'])),
    async restart() {
      await host.close();
      host = world.open();
    },
    setting() {
      world.recovery.setting = random.pick(['resume', 'wait']);
    },
  };

  /** How often a step is taken, beside one that is named nowhere. */
  const weights: Record<string, number> = {
    ...{ create: 4, answer: 14, takeOver: 3, giveBack: 4, pause: 0.4, delete: 0.5, stop: 0.6, stopAtOnce: 0.4 },
    ...{
      opens: 16,
      ask: 14,
      carryOut: 14,
      report: 12,
      end: 8,
      say: 3,
      fail: 1.5,
      crash: 1.5,
      forget: 0.5,
      useTooMuch: 0.7,
    },
    ...{ time: 0.7, moment: 3, kill: 0.7, killAtWrite: 1.5, restart: 0.6, setting: 0.5 },
  };
  const steps = Object.entries({ ...person, ...agent, ...machine }).flatMap((step) =>
    Array.from({ length: Math.round((weights[step[0]] ?? 1) * 10) }, () => step),
  );

  function check(): void {
    const faults = [...world.faults, ...faultsOfHost(host)];
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** The same, and all that was ever written. */
  function checkAll(): void {
    check();
    const events = world.events();
    const faults = [
      ...faultsOfLog(events),
      ...faultsOfWork(world, events),
      ...faultsOfFold(host, ids),
      ...leftOpen(events, host),
    ];
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  /** A host that was killed at a write is followed by another. */
  async function revive(): Promise<void> {
    if (host.life.isAlive) return;
    history.push('(died)');
    await kill();
    await settle();
    checkAll();
  }

  /** Everybody does what is wanted of them, until nothing runs. */
  async function calm(): Promise<void> {
    world.pause(false);
    world.setSlots(4);
    world.recovery.setting = 'resume';
    host.loop.poke();
    for (let round = 0; round < CALM_ROUNDS; round += 1) {
      await settle();
      await revive();
      check();
      const busy = [...host.store.idsIn('queued'), ...host.store.idsIn('running')];
      if (busy.length === 0) return;
      for (const over of [...host.parked]) over();
      for (const { approvalId } of host.openQuestions.all()) {
        await host.answer({ approvalId, answer: { type: 'allow', scope: 'once' }, from: 'window' }, PERSON);
      }
      for (const id of busy) {
        const edit = host.store.get(id)?.goal === '' ? { edit: { goal: 'At last.' } } : {};
        dispatch(id, { type: 'session.hand-over', to: 'loop', ...edit });
      }
      await settle();
      for (const session of [...host.sessions]) {
        for (const call of session.asked.filter(({ answer }) => answer !== null)) session.carryOut(call);
        const { taskId } = session.options;
        for (const item of host.store.get(taskId)?.items ?? []) {
          if (item.status === 'pending' || item.status === 'in_progress') {
            await host.checklist.set({ taskId, itemId: item.id, status: 'completed', reason: null, by: 'agent' });
          }
        }
        if (session.inTurn) session.endTurn('ok');
      }
      world.clock.advance(6 * MINUTE);
    }
    const left = [...host.store.idsIn('queued'), ...host.store.idsIn('running')];
    throw new Error(`never over: ${left.map((id) => JSON.stringify(host.store.get(id))).join('\n')}`);
  }

  try {
    for (let step = 0; step < STEPS; step += 1) {
      const [name, act] = random.pick(steps);
      history.push(name);
      await act();
      await settle();
      await revive();
      check();
      if (step % 20 === 19) checkAll();
    }
    await calm();
    await kill();
    checkAll();
  } finally {
    host.kill();
    await settle();
  }
}

test(
  `${HISTORIES} histories of runs and approvals from seed ${SEED}`,
  async () => {
    for (let one = 0; one < HISTORIES; one += 1) {
      const history: string[] = [];
      try {
        await play(SEED + one, history);
      } catch (error) {
        const again = `DROVER_SEED=${SEED + one} DROVER_HISTORIES=1 plays it again`;
        throw new Error(`${again}\n${history.join(' ')}\n${String(error)}`, { cause: error });
      }
    }
  },
  // Each takes some 0.1 s of a processor, which may be shared with much else.
  Math.max(900_000, HISTORIES * 1500),
);
