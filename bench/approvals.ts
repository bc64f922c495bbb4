import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggedEvent } from '../src/contract/task/events.ts';
import { readEndpoint } from '../src/host/endpoint-file.ts';
import { createDesktopPeer } from '../test/support/desktop-peer.ts';
import { until } from '../test/support/until.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { type Built, copyBuilt } from './support/built.ts';
import {
  addProject,
  connectTo,
  createPlace,
  draft,
  type Host,
  type Place,
  startDaemon,
  watch,
} from './support/daemon.ts';
import type { DevtoolsPage } from './support/devtools.ts';
import { electronHere, startElectron } from './support/electron.ts';
import { p95, spread } from './support/statistics.ts';

const STORED_LIMIT_MS = 10;
const SHOWN_LIMIT_MS = 250;
const ANSWER_LIMIT_MS = 20;

/** The window of the pop-up is made when a task has run for a while; the first questions only see to that. */
const WARM_UPS = 3;
const GAP_MS = 700;

/** A question of an agent, from its pipe to where people see it, and the answer back. */
export const approvals: Bench = {
  name: 'approvals',
  async run(context) {
    const { folder, scope } = context;
    const place = await createPlace(folder, 5);
    const built = await copyBuilt(folder);
    const daemon = await startDaemon(place, scope, built.daemon);
    const projectId = await addProject(daemon, place);
    const figures = await byClient(context, daemon, projectId);
    await daemon.stop();
    const here = electronHere();
    if ('leftOut' in here) {
      process.stderr.write(` without the pop-up (${here.leftOut}) ...`);
      return figures;
    }
    return [...figures, ...(await byPopUp({ ...context, ...here, place, built, projectId }))];
  },
};

/** A client hears of each question and answers it at once. */
async function byClient({ quick, scope }: BenchContext, host: Host, projectId: string): Promise<Figure[]> {
  const count = quick ? 20 : 200;
  const { asked, answered } = await hear(host, scope);
  const taskId = await askFor(host, projectId, count, 20);
  const stored: number[] = [];
  const written: number[] = [];
  for (let step = 1; step <= count; step += 1) {
    const { approvalId, tick, heard } = await asked(step);
    stored.push(msBetween(tick, heard));
    const got = answered();
    const given = process.hrtime.bigint();
    await host.client.approvals.answer({ approvalId, answer: { type: 'allow', scope: 'once' } });
    written.push(msBetween(given, (await got).tick));
  }
  await ended(host, taskId);
  return [
    {
      what: 'question on the wire until it is stored',
      measured: p95(stored),
      unit: 'ms',
      limit: STORED_LIMIT_MS,
      comparison: 'at most',
      note: `p95 of ${spread(stored)}; until a client in another process has the stored event`,
    },
    {
      what: 'answer of a client until the agent has it',
      measured: p95(written),
      unit: 'ms',
      limit: ANSWER_LIMIT_MS,
      comparison: 'at most',
      note: `p95 of ${spread(written)}; over the WebSocket to the daemon, stored there, through the pipe`,
    },
  ];
}

interface Desktop extends BenchContext {
  electron: string;
  place: Place;
  built: Built;
  projectId: string;
}

/** The desktop app in the tray: its pop-up comes for each question, and a person clicks on Allow. */
async function byPopUp({ quick, scope, electron, place, built, projectId }: Desktop): Promise<Figure[]> {
  const peer = await createDesktopPeer();
  scope.add(peer.close);
  const { home, env, dataFolder } = place;
  const args = [built.app, '--data', dataFolder, '--hidden'];
  const run = startElectron({ electron, args, home, env }, scope);
  const endpoint = await until(async () => {
    const read = await readEndpoint(dataFolder);
    return read?.pid === run.pid ? read : null;
  }, 'the endpoint file of the desktop app');
  const connection = connectTo(endpoint);
  scope.add(connection.close);

  const count = WARM_UPS + (quick ? 5 : 40);
  const { asked, answered } = await hear(connection, scope);
  const taskId = await askFor(connection, projectId, count, GAP_MS);
  const page = await (await run.devtools).page('#/pop-up');
  const shown: number[] = [];
  const clicked: number[] = [];
  for (let step = 1; step <= count; step += 1) {
    const seen = page.evaluate<number>(`benchProbe.painted({ question: '--step ${step} ' }).then(({ date }) => date)`);
    const { at } = await asked(step);
    const took = (await seen) - at;
    const got = answered();
    await clickAllow(page);
    const received = (await got).at;
    const click = await page.evaluate<number>('performance.timeOrigin + benchProbe.clickedAt()');
    if (step <= WARM_UPS) continue;
    shown.push(took);
    clicked.push(received - click);
  }
  await ended(connection, taskId);
  await run.stop();
  return [
    {
      what: 'question on the wire until it is on the screen in the pop-up',
      measured: p95(shown),
      unit: 'ms',
      limit: SHOWN_LIMIT_MS,
      comparison: 'at most',
      note: `p95 of ${spread(shown)}; the window was hidden before each, and the whole question is in it`,
    },
    {
      what: 'click on Allow in the pop-up until the agent has the answer',
      measured: p95(clicked),
      unit: 'ms',
      limit: ANSWER_LIMIT_MS,
      comparison: 'at most',
      note: `p95 of ${spread(clicked)}`,
    },
  ];
}

/** Where the button is, the mouse is pressed and let go, once a person would have found it. */
async function clickAllow(page: DevtoolsPage): Promise<void> {
  await sleep(GAP_MS / 2);
  const at = await until(
    () => page.evaluate<{ x: number; y: number } | null>(`(${placeOfAllow})()`),
    'the button Allow',
  );
  const mouse = { ...at, button: 'left', clickCount: 1 };
  await page.send('Input.dispatchMouseEvent', { ...mouse, type: 'mousePressed' });
  await page.send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseReleased' });
}

/** Runs in the page: the middle of the button, as soon as it can be clicked there. */
function placeOfAllow(): { x: number; y: number } | null {
  const button = document.querySelector('button[aria-keyshortcuts="a"]');
  const box = button?.getBoundingClientRect();
  if (!button || !box) return null;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return button.contains(document.elementFromPoint(x, y)) ? { x, y } : null;
}

/** Starts a task whose agent asks `count` times, and returns its id. */
async function askFor(host: Host, projectId: string, count: number, gap: number): Promise<string> {
  const taskId = await draft(host, projectId, {
    goal: `Ask.\n\nbench: ask count=${count} gap=${gap}`,
    autonomy: 'ask',
  });
  await host.client.tasks.start({ taskId });
  return taskId;
}

async function ended({ client }: Host, taskId: string): Promise<void> {
  const { outcome } = await until(async () => {
    const { task } = await client.tasks.get({ taskId });
    return task.outcome === null ? null : task;
  }, 'the end of the task');
  if (outcome?.code !== 'all-items-completed') throw new Error(`The task ended otherwise: ${outcome?.words}`);
}

interface Asked {
  approvalId: string;
  /** When the agent wrote it: by the clock that all processes share in ns, and in milliseconds since 1970. */
  tick: bigint;
  at: number;
  /** When the event arrived here, by the same clock. */
  heard: bigint;
}

interface Hearing {
  /** The question with this number, heard already or still to come. */
  asked(step: number): Promise<Asked>;
  /** The next time that the agent says when it had an answer. */
  answered(): Promise<{ tick: bigint; at: number }>;
}

async function hear(host: Host, scope: BenchContext['scope']): Promise<Hearing> {
  const watcher = await watch(host, scope);
  const heard = new Map<number, Asked>();
  const waiting = new Map<number, (asked: Asked) => void>();
  const answers: ((answer: { tick: bigint; at: number }) => void)[] = [];
  const read = (text: string) => ({
    at: Number(/--at (\d+)/.exec(text)?.[1]),
    tick: BigInt(/--tick (\d+)/.exec(text)?.[1] ?? 0),
  });
  watcher.onEvent(({ event }: LoggedEvent) => {
    const now = process.hrtime.bigint();
    if (event.type === 'approval.requested') {
      const step = Number(/--step (\d+)/.exec(event.input.text)?.[1]);
      const asked = { approvalId: event.approvalId, ...read(event.input.text), heard: now };
      heard.set(step, asked);
      waiting.get(step)?.(asked);
    } else if (event.type === 'entry.text' && event.content.text.startsWith('answered ')) {
      answers.shift()?.(read(event.content.text));
    }
  });
  return {
    asked: (step) => {
      const known = heard.get(step);
      return known ? Promise.resolve(known) : new Promise((done) => waiting.set(step, done));
    },
    answered: () => new Promise((done) => answers.push(done)),
  };
}

function msBetween(from: bigint, until: bigint): number {
  return Number(until - from) / 1_000_000;
}
