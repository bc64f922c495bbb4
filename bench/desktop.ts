import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createScope, type Scope } from '../src/core/base/scope.ts';
import { createDesktopPeer } from '../test/support/desktop-peer.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { type Built, copyBuilt } from './support/built.ts';
import { addProject, createPlace, type Place, startDaemon } from './support/daemon.ts';
import { type ElectronRun, electronHere, emptyApp, startElectron } from './support/electron.ts';
import { fill } from './support/fill.ts';
import { runMs, sharedOutMb, sleeps, treeOf } from './support/process-facts.ts';
import { interleave, median, spread } from './support/statistics.ts';

const TASKS = 1000;
/** As many times as long as an empty app, and so much longer, a start may take. */
const START_SHARE = 1.3;
const START_LIMIT_MS = 150;
const MEMORY_LIMIT = 140;
const PROCESSOR_LIMIT = 0.3;
const SHORT_TIMER_MS = 60_000;
/** What a start leaves to be done may be done first. */
const SETTLE_MS = 3000;
/** V8 collects the garbage of a page once, some 30 s after the page has done its last thing. */
const IDLE_AFTER_MS = 45_000;
const WATCH = resolve(import.meta.dirname, 'support/app-watch.cjs');
const BOARD = 'drover-window://board';

/** The desktop app in a real Electron, beside an empty app in the same one. */
export const desktop: Bench = {
  name: 'desktop',
  async run(context) {
    const { folder, scope } = context;
    const here = electronHere();
    if ('leftOut' in here) return here;
    const peer = await createDesktopPeer();
    scope.add(peer.close);
    const place = await createPlace(folder, 5);
    const built = await copyBuilt(folder);
    const first = await startDaemon(place, scope, built.daemon);
    const projectId = await addProject(first, place);
    await first.stop();
    const statuses = ['completed', 'completed', 'completed', 'cancelled', 'failed'] as const;
    fill(place.dataFolder, projectId, { tasks: TASKS, events: TASKS * 20, statuses });
    const empty = join(folder, 'empty');
    await mkdir(empty);
    // A person is told of the tray once, in a dialog that stays.
    await mkdir(join(place.dataFolder, 'desktop'), { recursive: true });
    await writeFile(join(place.dataFolder, 'desktop', 'desktop.json'), JSON.stringify({ toldOfTray: true }));
    const told: Told = { ...context, ...here, place, built, empty };
    return [...(await start(told)), ...(await idle(told))];
  },
};

interface Told extends BenchContext {
  electron: string;
  place: Place;
  built: Built;
  /** The home of the empty app. */
  empty: string;
}

/** Starts Drover on its data. */
function startDrover({ electron, place, built }: Told, scope: Scope, require?: string): ElectronRun {
  const { home, env, dataFolder } = place;
  return startElectron({ electron, args: [built.app, '--data', dataFolder], home, env, require }, scope);
}

function startEmpty({ electron, place, empty }: Told, scope: Scope, args: readonly string[] = []): ElectronRun {
  const app = emptyApp(empty);
  return startElectron(
    { electron, args: [...app.args, ...args], home: empty, env: { ...place.env, ...app.env } },
    scope,
  );
}

/** When the board is on the screen, in milliseconds since 1970. */
async function boardAt(run: ElectronRun): Promise<number> {
  const page = await (await run.devtools).page(BOARD);
  return page.evaluate<number>(`benchProbe.painted({ tasks: ${TASKS} }).then(({ date }) => date)`);
}

/** When the app behind the board is open: then it says where it listens. In milliseconds since 1970. */
async function openAt(run: ElectronRun): Promise<number> {
  await run.line('Drover');
  return Date.now();
}

async function start(told: Told): Promise<Figure[]> {
  const memory = { drover: [] as number[], empty: [] as number[] };
  const open: number[] = [];
  const [rounds, warmups] = told.quick ? [2, 1] : [9, 1];
  const settled = async (run: ElectronRun, kept: number[], round: number) => {
    await sleep(SETTLE_MS);
    if (round >= warmups) kept.push(sharedOutMb(treeOf(run.pid)));
  };
  const { drover, empty } = await interleave(rounds, warmups, {
    async drover(round) {
      const scope = within(told.scope);
      const run = startDrover(told, scope);
      const [board, core] = await Promise.all([boardAt(run), openAt(run)]);
      const took = board - run.startedAt;
      if (round >= warmups) open.push(core - run.startedAt);
      await settled(run, memory.drover, round);
      await scope.close();
      return took;
    },
    async empty(round) {
      const scope = within(told.scope);
      const run = startEmpty(told, scope);
      const took = Number(await run.line('ready')) - run.startedAt;
      await settled(run, memory.empty, round);
      await scope.close();
      return took;
    },
  });
  return [
    {
      what: `start to the board with ${TASKS} tasks, over ${START_SHARE} times an empty app`,
      measured: median(drover) - START_SHARE * median(empty),
      unit: 'ms',
      limit: START_LIMIT_MS,
      comparison: 'at most',
      note: `${spread(drover)}; empty app, start to ready-to-show: ${spread(empty)}`,
    },
    {
      what: 'start until all of it is open, over the same',
      measured: median(open) - START_SHARE * median(empty),
      unit: 'ms',
      limit: null,
      comparison: 'at most',
      note: `${spread(open)}; what is asked for on the board until then waits`,
    },
    {
      what: 'memory of all its processes, of an empty app',
      measured: (median(memory.drover) / median(memory.empty)) * 100,
      unit: '%',
      limit: MEMORY_LIMIT,
      comparison: 'at most',
      note: `${median(memory.drover).toFixed(0)} MB, empty app ${median(memory.empty).toFixed(0)} MB (PSS, ${SETTLE_MS / 1000} s after the start)`,
    },
  ];
}

/** Both apps at once, in the tray and without anything to do. */
async function idle(told: Told): Promise<Figure[]> {
  const seconds = told.quick ? 5 : 30;
  const drover = startDrover(told, told.scope, WATCH);
  await Promise.all([boardAt(drover), openAt(drover)]);
  await sleep(SETTLE_MS);
  const page = await (await drover.devtools).page(BOARD);
  // Which leaves it in the tray.
  drover.tell('close');
  while (!(await page.evaluate<boolean>('document.hidden'))) await sleep(50);
  const empty = startEmpty(told, told.scope, ['--hidden']);
  await empty.line('ready');
  await sleep(SETTLE_MS);

  const look = (run: ElectronRun) => {
    const pids = treeOf(run.pid);
    return { ms: runMs(pids), sleeps: sleeps(pids), pids: pids.length };
  };
  const timers = async () => {
    const line = drover.line('timers');
    drover.tell('timers');
    return JSON.parse(await line) as { waiting: number[]; rung: number[] };
  };
  const hidden = { ms: look(drover).ms, at: performance.now() };
  await sleep(seconds * 1000);
  const justHidden = ((look(drover).ms - hidden.ms) / (performance.now() - hidden.at)) * 100;
  if (!told.quick) await sleep(IDLE_AFTER_MS - seconds * 1000);

  const rungBefore = (await page.evaluate<number[]>('benchProbe.rung()')).length;
  await timers();
  const before = { drover: look(drover), empty: look(empty), at: performance.now() };
  await sleep(seconds * 1000);
  const after = { drover: look(drover), empty: look(empty), at: performance.now() };
  const { waiting, rung } = await timers();
  const rungInPage = (await page.evaluate<number[]>('benchProbe.rung()')).slice(rungBefore);
  const lasted = after.at - before.at;
  const short = [...waiting, ...rung, ...rungInPage].filter((ms) => ms < SHORT_TIMER_MS);
  const wakes = (name: 'drover' | 'empty') => ((after[name].sleeps - before[name].sleeps) / lasted) * 1000;
  const share = (name: 'drover' | 'empty') => ((after[name].ms - before[name].ms) / lasted) * 100;
  return [
    {
      what: `processor time in the first ${seconds} s in the tray, with the last garbage collection of its page`,
      measured: justHidden,
      unit: '%',
      limit: null,
      comparison: 'at most',
      note: `begins ${SETTLE_MS / 1000} s after the window was closed`,
    },
    {
      what: 'processor time of all its processes in the tray, of one core',
      measured: share('drover'),
      unit: '%',
      limit: PROCESSOR_LIMIT,
      comparison: 'at most',
      note: `${after.drover.pids} processes in ${seconds} s, threads woke ${wakes('drover').toFixed(1)} times a second; hidden empty app beside it: ${share('empty').toFixed(2)} %, ${wakes('empty').toFixed(1)} times`,
    },
    {
      what: 'timers under a minute in the tray, in the app and its page',
      measured: short.length,
      unit: 'timers',
      limit: 0,
      comparison: 'at most',
      note: `set: ${timesOf(waiting)}; rung in ${seconds} s: ${timesOf(rung)}, in the page: ${timesOf(rungInPage)}`,
    },
  ];
}

/** A scope that also closes with a larger one. */
function within(larger: Scope): Scope {
  const scope = createScope();
  larger.add(scope.close);
  return scope;
}

function timesOf(timers: readonly number[]): string {
  return timers.length === 0 ? 'none' : timers.map((ms) => `${ms} ms`).join(', ');
}
