import { setTimeout as wait } from 'node:timers/promises';
import { follow } from '../../src/contract/connection/follow.ts';
import { createRandom, type Random } from '../support/random.ts';
import { until } from '../support/until.ts';
import { faultsInDatabase, faultsInProcesses, faultsOnDisk } from './invariants.ts';
import { createLoad, type Load } from './load.ts';
import { killSeen, processesIn, type Seen } from './processes.ts';
import { createWorld, type World } from './world.ts';

export interface ChaosOptions {
  kills: number;
  seed: number;
  /** How many files the repository has. */
  files?: number;
  /** Kills no more when it is aborted; what was killed until then is checked as at the end. */
  enough?: AbortSignal;
  /** A line for each kill. */
  say?(line: string): void;
}

export interface ChaosReport {
  kills: Record<Victim, number>;
  tasks: number;
  events: number;
  /** The longest time a daemon took to listen after a kill; milliseconds. */
  slowestStartMs: number;
  /** What must not be, a sentence each, with the number of the kill that it was seen after. */
  faults: string[];
}

/** `all` is what a power cut does. */
type Victim = 'daemon' | 'agent' | 'git' | 'all';

const ACTS_BETWEEN = 4;
const SETTLE_MS = 60_000;
const SWEEP_MS = 15_000;
/** How long git is looked for before something else is killed. */
const GIT_MS = 2000;

/**
 * Kills daemon, agents and git at random moments while a person and agents keep Drover busy, and starts the daemon again
 * each time. After each kill and at the end it looks whether SQLite, the processes and the disk are as they must be.
 */
export async function runChaos({
  kills,
  seed,
  files = 200,
  enough,
  say = () => {},
}: ChaosOptions): Promise<ChaosReport> {
  const random = createRandom(seed);
  const world = await createWorld(files);
  const report: ChaosReport = {
    kills: { daemon: 0, agent: 0, git: 0, all: 0 },
    tasks: 0,
    events: 0,
    slowestStartMs: 0,
    faults: [],
  };
  const commits = new Set<string>();
  const watch = watchEvents(world, report.faults);
  try {
    const load = createLoad(world, random);
    for (let no = 1; no <= kills && !enough?.aborted; no += 1) {
      const fault = (words: string) => report.faults.push(`after kill ${no}: ${words}`);
      await keepBusy(load, random);
      await noteCommits(world, commits);
      const victim = await kill(world, random);
      report.kills[victim.of] += 1;
      say(`kill ${no}: ${victim.words}`);
      if (victim.of === 'daemon' || victim.of === 'all') {
        report.slowestStartMs = Math.max(report.slowestStartMs, await world.start());
        watch.again();
      }
      for (const words of faultsInDatabase(world, load.acknowledged)) fault(words);
      if (no % 5 === 0 || no === kills) for (const words of await lastingFaults(world)) fault(words);
      if (report.faults.length > 0) break;
    }
    await comeToRest(world);
    for (const words of faultsInDatabase(world, load.acknowledged)) report.faults.push(`at the end: ${words}`);
    for (const words of await faultsOnDisk(world, commits)) report.faults.push(`at the end: ${words}`);
    report.tasks = (await world.client().tasks.list({ limit: 500 })).tasks.length;
    report.events = watch.seen();
    return report;
  } finally {
    await watch.stop();
    await world.remove();
  }
}

async function keepBusy(load: Load, random: Random): Promise<void> {
  for (let act = 0; act < ACTS_BETWEEN; act += 1) {
    // The moment of the kill is what is random here; nothing is waited for.
    await wait(random.below(120));
    await load.act();
  }
}

async function kill(world: World, random: Random): Promise<{ of: Victim; words: string }> {
  const of = random.pick<Victim>(['daemon', 'daemon', 'agent', 'git', 'all']);
  const seen = await processesWith(world, of);
  const daemon = seen.filter(({ kind }) => kind === 'daemon');
  const victims = of === 'all' ? seen : of === 'daemon' ? daemon : seen.filter(({ kind }) => kind === of);
  if (victims.length === 0) {
    await world.daemon().kill();
    return { of: 'daemon', words: `the daemon, there was no ${of}` };
  }
  if (of === 'agent' || of === 'git') {
    const victim = random.pick(victims);
    await killSeen(victim);
    return { of, words: `${of}: ${victim.command.slice(0, 80)}` };
  }
  // At once, as far as that can be: the daemon first, so that it sees none of the others die.
  await Promise.all([...daemon, ...victims].map(killSeen));
  await world.daemon().kill();
  return { of, words: of === 'all' ? `everything, ${victims.length} processes` : 'the daemon' };
}

/** git comes and goes in a moment, so it is waited for. */
async function processesWith(world: World, of: Victim): Promise<Seen[]> {
  const end = Date.now() + (of === 'git' ? GIT_MS : 0);
  for (;;) {
    const seen = await processesIn(world.home);
    if (Date.now() >= end || seen.some(({ kind }) => kind === of)) return seen;
  }
}

/** A process may be seen in the moment in which it is ended, so a fault counts only when it lasts. */
async function lastingFaults(world: World): Promise<string[]> {
  const end = Date.now() + SWEEP_MS;
  for (;;) {
    const faults = await faultsInProcesses(world);
    if (faults.length === 0 || Date.now() > end) return faults;
    await wait(100);
  }
}

/** Commits that agents have made: each of them must be in a branch at the end. */
async function noteCommits({ repository }: World, commits: Set<string>): Promise<void> {
  const tips = await repository.git('for-each-ref', '--format=%(objectname)', 'refs/heads/drover').catch(() => '');
  for (const tip of tips.split('\n')) if (tip !== '') commits.add(tip);
}

/** Stops everything that runs. */
async function comeToRest(world: World): Promise<void> {
  const client = world.client();
  await until(
    async () => {
      const { tasks } = await client.tasks.list({ status: ['queued', 'running'], limit: 500 });
      await Promise.all(tasks.map(({ id }) => client.tasks.stop({ taskId: id }).catch(() => null)));
      return tasks.length === 0;
    },
    'every task to end',
    SETTLE_MS,
  );
  await until(
    async () => (await processesIn(world.home)).every(({ kind }) => kind === 'daemon'),
    'every process to end',
    SWEEP_MS,
  ).catch(() => {});
}

/** A client that hears every event once, over all restarts. */
function watchEvents(world: World, faults: string[]) {
  let last = 0;
  let count = 0;
  let stopping = new AbortController();
  let following: Promise<void> = Promise.resolve();
  const begin = () => {
    const { signal } = stopping;
    following = follow(
      world.client(),
      { after: last },
      (message) => {
        if (message.type !== 'event' || signal.aborted) return;
        const { seq } = message.event;
        if (seq <= last) faults.push(`A client heard event ${seq} after event ${last}.`);
        last = seq;
        count += 1;
      },
      signal,
    ).catch((error: unknown) => {
      if (!signal.aborted) faults.push(`The stream of events was refused: ${String(error)}`);
    });
  };
  begin();
  return {
    seen: () => count,
    again() {
      stopping.abort();
      stopping = new AbortController();
      begin();
    },
    async stop() {
      stopping.abort();
      await following;
    },
  };
}
