import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { askForCalls, askForPlan, askQuestions } from './asking.ts';
import { type ChecklistItem, openItems, readChecklist, TOOLS } from './checklist.ts';
import { type Script, TurnFailure } from './script.ts';

/** How often the file is looked for that lets `slow until` go on. */
const LOOK_MS = 50;

type Scenario = (turn: Script) => Promise<void>;

/**
 * What the demo agent can play, by the name in the directive (`demo: <name> key=value` on a line of its own in a
 * prompt; it stays until another one comes).
 */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  /** Does every open item with a file and a commit; in the first turn of a session it forgets the last one. */
  default: (turn) => work(turn, { leaveLast: turn.first }),
  /** Does everything in the first turn. */
  thorough: (turn) => work(turn, {}),
  /** As `default`, asking before each change whatever the autonomy. */
  ask: (turn) => work(turn, { leaveLast: turn.first }),
  /**
   * Asks `count` (3) times for `tool` (Bash; Write, Edit, WebFetch, ...), one after the other or all at once with
   * `together`, then works as `thorough`. Commands are only pretended.
   */
  async asks(turn) {
    const allowed = await askForCalls(turn);
    await turn.say(`${allowed} of my questions were allowed.`);
    await work(turn, {});
  },
  /** Asks a person two questions in a form, then works as `thorough`. */
  async question(turn) {
    await askQuestions(turn);
    await work(turn, {});
  },
  /** Shows a plan (`without` its text at first), again with what was said to it until it is approved, then works as `thorough`. */
  async plan(turn) {
    if (await askForPlan(turn)) await work(turn, {});
  },
  /**
   * As `default`, waiting before each item: `ms` (500), or with `until` for a file that is named as the item's id in that
   * folder.
   */
  slow: (turn) => work(turn, { leaveLast: turn.first, before: ({ id }) => waitBefore(turn, id) }),
  /** Never does the last item. */
  stubborn: (turn) => work(turn, { leaveLast: true }),
  /** Completes everything with as few calls as possible, without writing a file. */
  instant: completeAll,
  /** Reports that it cannot go on. */
  async block(turn) {
    await turn.say('I cannot continue without a person.');
    const [item] = openItems(readChecklist((await turn.tool(TOOLS.read, {})).text));
    const reason = 'The demo agent was told to report that it is blocked.';
    if (item) await turn.tool(TOOLS.block, { item: item.id, reason });
  },
  /** An error that trying again does not help. */
  async fail() {
    const words = 'The demo agent was told to fail.';
    throw new TurnFailure({ class: 'permanent', code: 'demo-failed', words, hint: 'Choose another scenario.' });
  },
  /** `n` (1) errors that pass, then works as `thorough`. `after` says how many ms the service asks to wait. */
  async transient(turn) {
    if (count(turn, 'transient') <= numberOf(turn, 'n', 1)) {
      const words = 'The demo service is overloaded.';
      const after = turn.values.after ? Number(turn.values.after) : null;
      throw new TurnFailure({ class: 'transient', code: 'overloaded', words, hint: null }, after);
    }
    await work(turn, {});
  },
  /** No sign of life until it is interrupted. */
  silent: (turn) => turn.waitForever(),
  /** Some text, then silence until it is interrupted. */
  async stall(turn) {
    await turn.say('I am thinking about it.');
    await turn.waitForever();
  },
  /** A command that asks something and waits for an answer until it is interrupted. */
  async waits(turn) {
    await turn.command(
      'npm init vite',
      'Need to install the following packages:\ncreate-vite@6.0.0\nOk to proceed? (y) ',
    );
  },
  /** Hears neither an interrupt nor SIGTERM; only SIGKILL ends it. */
  async deaf(turn) {
    process.on('SIGTERM', () => {});
    await turn.say('I do not listen.');
    await new Promise(() => setInterval(() => {}, 1_000_000));
  },
  /** Ends its process in mid-turn with `code` (1); with `once` only the first time, then works as `thorough`. */
  async crash(turn) {
    if (turn.values.once && count(turn, 'crash') > 1) return work(turn, {});
    await turn.say('Something is about to go wrong.');
    process.stderr.write('The demo agent was told to crash.\n');
    process.exit(numberOf(turn, 'code', 1));
  },
  /** `mb` (600) megabytes in entries of `kb` (64) kilobytes and, with `line`, one line of that many megabytes. */
  async flood(turn) {
    const size = numberOf(turn, 'kb', 64) * 1024;
    if (turn.values.line) await turn.sayHuge(numberOf(turn, 'line', 50) * 1024 * 1024);
    const total = numberOf(turn, 'mb', turn.values.line ? 0 : 600) * 1024 * 1024;
    for (let sent = 0; sent < total; sent += size) await turn.sayHuge(size);
    await completeAll(turn);
  },
  /** `n` (200) entries per second for `seconds` (10), then completes everything. */
  async rate(turn) {
    const perSecond = numberOf(turn, 'n', 200);
    const total = perSecond * numberOf(turn, 'seconds', 10);
    const startedAt = performance.now();
    for (let sent = 0; sent < total; ) {
      const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * perSecond) + 1);
      for (; sent < due; sent += 1) await turn.sayHuge(64);
      if (sent < total) await turn.wait(5);
    }
    await completeAll(turn);
  },
  /** Leaves a process behind, in a session of its own, that ignores SIGTERM; with `shown` it says so. */
  async background(turn) {
    const program = "process.on('SIGTERM',()=>{});setInterval(()=>{},1e6);process.stdout.write('ready')";
    const stray = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(stray.stdout, 'data');
    stray.stdout.destroy();
    stray.unref();
    const work = { id: String(stray.pid), kind: 'shell', description: 'A process that does not want to end' };
    if (turn.values.shown) await turn.background([work]);
    await turn.say(`I left process ${stray.pid} running.`);
    await completeAll(turn);
  },
  /**
   * Leaves a process behind to which nothing leads back, and which ignores SIGTERM: it holds `mb` megabytes, has started
   * `n` others, or computes with `cpu`. Waits until it is interrupted, or for the file `until`, and completes everything.
   */
  async uses(turn) {
    const { mb = '0', n = '0', cpu = '', until } = turn.values;
    const between = spawn(process.execPath, ['-e', LEAVE, USE, mb, n, cpu], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(between.stdout, 'data');
    between.stdout.destroy();
    await turn.say('What I have started uses what it was told to.');
    if (until === undefined) return turn.waitForever();
    while (!existsSync(until)) await turn.wait(LOOK_MS);
    await completeAll(turn);
  },
  /** Says back how many turns the session has had and what it was told before. */
  async recall(turn) {
    const { turns, prompts } = turn.store.memory;
    await turn.say(`This is turn ${turns}. I was told: ${prompts.join(' | ')}`);
  },
};

/** Starts a program in a session of its own, and ends. */
const LEAVE = `
  const [, use, ...values] = process.argv;
  const options = { detached: true, stdio: ['ignore', 'inherit', 'ignore'] };
  require('child_process').spawn(process.execPath, ['-e', use, ...values], options).unref();`;

const USE = `
  const [, mb, n, cpu] = process.argv;
  process.on('SIGTERM', () => {});
  globalThis.held = Buffer.alloc(Number(mb) * 1e6, 1);
  for (let at = 0; at < Number(n); at += 1) require('child_process').spawn('sleep', ['100000'], { stdio: 'ignore' });
  process.stdout.write('ready', () => { if (cpu) for (;;); });
  setInterval(() => {}, 1e6);`;

async function work(
  turn: Script,
  how: { leaveLast?: boolean; before?: (item: ChecklistItem) => Promise<void> },
): Promise<void> {
  await turn.think('First I read the checklist.');
  const { text } = await turn.tool(TOOLS.read, {});
  const items = readChecklist(text);
  const open = openItems(items);
  const chosen = how.leaveLast ? open.slice(0, -1) : open;
  if (items.length === 0) await turn.edit('notes/goal.md', `# Notes\n\nTurn ${turn.store.memory.turns}\n`);
  let refused = 0;
  for (const item of chosen) {
    await how.before?.(item);
    if (!(await workOn(turn, item))) refused += 1;
  }
  await turn.commit(chosen.length === 1 ? `Work on item ${chosen[0]?.id}` : `Work on ${chosen.length} items`);
  await turn.say(refused > 0 ? `I was not allowed to finish ${refused} of the items.` : 'All done.');
}

async function waitBefore(turn: Script, itemId: string): Promise<void> {
  const { until } = turn.values;
  if (until === undefined) return turn.wait(numberOf(turn, 'ms', 500));
  while (!existsSync(join(until, itemId))) await turn.wait(LOOK_MS);
}

async function workOn(turn: Script, item: ChecklistItem): Promise<boolean> {
  await turn.tool(TOOLS.setItem, { item: item.id, status: 'in_progress' });
  const allowed = await turn.edit(`notes/${item.id}.md`, `# ${item.text}\n\nDone by the demo agent.\n`);
  if (!allowed) return false;
  await turn.tool(TOOLS.noteItem, { item: item.id, text: `Wrote notes/${item.id}.md.` });
  const { ok } = await turn.tool(TOOLS.setItem, { item: item.id, status: 'completed' });
  return ok;
}

async function completeAll(turn: Script): Promise<void> {
  const { text } = await turn.tool(TOOLS.read, {});
  for (const { id } of openItems(readChecklist(text))) {
    await turn.tool(TOOLS.setItem, { item: id, status: 'completed' });
  }
}

function numberOf(turn: Script, name: string, otherwise: number): number {
  const value = Number(turn.values[name] ?? otherwise);
  return Number.isFinite(value) && value >= 0 ? value : otherwise;
}

/** Counts one more in the memory of the session, and gives the new count. */
function count(turn: Script, what: string): number {
  const { counts } = turn.store.memory;
  counts[what] = (counts[what] ?? 0) + 1;
  turn.store.save();
  return counts[what];
}
