import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { openBrowser, openPage, renderersMs } from './support/browser.ts';
import { copyBuilt } from './support/built.ts';
import { addProject, createPlace, type Daemon, draft, startDaemon } from './support/daemon.ts';
import { fill } from './support/fill.ts';
import { median, p95, spread } from './support/statistics.ts';
import { input } from './window-input.ts';

const PAINTED_LIMIT_MS = 300;
const FRAME_LIMIT_MS = 50;
const SCREEN_LIMIT_MS = 150;
const RENDERS_LIMIT = 1;
const PROCESSOR_LIMIT = 30;
const AGE_LIMIT_MS = 50;

const ENTRIES = 20_000;
const FEWER = 1000;
const ENDINGS = ['completed', 'completed', 'completed', 'cancelled', 'failed'] as const;
const STREAMS = 5;
const PER_SECOND = 100;
/** What the first seconds of a stream cost more is no part of it. */
const WARM_MS = 2000;
/** Pixels that a wheel, a hand that is quick and one that wants to be through the list scroll in a second. */
const SPEEDS = [2000, 8000, 30_000];
/** The last thing said in a task that `fill` has made. */
const LAST_ENTRY = '1: The tests pass now';

/** The window in a browser over a daemon with very many tasks, looked at from inside the page. */
export const window: Bench = {
  name: 'window',
  async run(context) {
    const { quick, folder, scope } = context;
    const browser = await openBrowser(scope);
    if (browser === null) return { leftOut: 'there is no Chromium' };
    const place = await createPlace(folder, 5);
    const { daemon: program } = await copyBuilt(folder);
    const first = await startDaemon(place, scope, program);
    const projectId = await addProject(first, place);
    await first.stop();
    const tasks = quick ? 1000 : 10_000;
    fill(place.dataFolder, projectId, { tasks, events: tasks * 12, statuses: ENDINGS });
    const long = fill(place.dataFolder, projectId, { tasks: 5, events: 5 * ENTRIES });
    const daemon = await startDaemon(place, scope, program);
    const told = { ...context, browser, daemon, projectId, tasks: tasks + long.length };

    const painted = await paint(told);
    const { page } = painted;
    const figures = [painted.figure, await scroll(told, page), await open(told, page, long)];
    figures.push(...(await stream(told, page)));
    await page.context().close();
    await daemon.stop();
    return [...figures, await inputWithFewer(told, program)];
  },
};

/** How soon it reacts with as many tasks as a person may have. */
async function inputWithFewer({ quick, folder, scope, browser }: Told, program: string): Promise<Figure> {
  const home = join(folder, 'fewer');
  await mkdir(home);
  const place = await createPlace(home, 5);
  const first = await startDaemon(place, scope, program);
  const projectId = await addProject(first, place);
  await first.stop();
  fill(place.dataFolder, projectId, { tasks: FEWER, events: FEWER * 30, statuses: ENDINGS });
  const daemon = await startDaemon(place, scope, program);
  const figure = await input({ quick, browser, daemon, tasks: FEWER });
  await daemon.stop();
  return figure;
}

interface Told extends BenchContext {
  browser: Browser;
  daemon: Daemon;
  projectId: string;
  tasks: number;
}

/** Opens the window again and again; the last one stays open. */
async function paint({ quick, browser, daemon, tasks }: Told): Promise<{ figure: Figure; page: Page }> {
  const took: number[] = [];
  const whole: number[] = [];
  for (let left = quick ? 2 : 7; ; left -= 1) {
    const page = await openPage(browser, daemon);
    const { at } = await page.evaluate((count) => benchProbe.painted({ tasks: count }), tasks);
    took.push(at - (await page.evaluate(() => benchProbe.lastPageAt())));
    whole.push(at);
    if (left > 1) await page.context().close();
    else {
      return {
        page,
        figure: {
          what: `last page of ${tasks} tasks to the board on the screen`,
          measured: p95(took),
          unit: 'ms',
          limit: PAINTED_LIMIT_MS,
          comparison: 'at most',
          note: `p95 of ${spread(took)}; from the address to the whole board: median ${median(whole).toFixed(0)} ms`,
        },
      };
    }
  }
}

async function scroll({ quick }: Told, page: Page): Promise<Figure> {
  const column = page.locator('section[aria-label^="Review: "]');
  const { x, y, width, height } = (await column.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const session = await page.context().newCDPSession(page);
  const gesture = { x: x + width / 2, y: y + height / 2, gestureSourceType: 'mouse' as const };
  // So that the frames are those of scrolling, and not of the opening.
  await sleep(500);
  const gaps: number[] = [];
  let blank = 0;
  for (const speed of SPEEDS) {
    for (const direction of [-1, 1]) {
      await page.evaluate(() => benchProbe.watchFrames());
      const yDistance = direction * speed * (quick ? 1 : 3);
      await session.send('Input.synthesizeScrollGesture', { ...gesture, yDistance, speed, preventFling: true });
      const frames = await page.evaluate(() => benchProbe.frames());
      gaps.push(...frames.gaps);
      blank += frames.blank;
    }
  }
  await session.detach();
  return {
    what: 'longest frame while a long column is scrolled',
    measured: Math.max(...gaps),
    unit: 'ms',
    limit: FRAME_LIMIT_MS,
    comparison: 'at most',
    note: `${spread(gaps)}, from one animation frame to the next at ${SPEEDS.join(', ')} pixels a second; ${blank} frames without a card`,
  };
}

async function open({ quick }: Told, page: Page, long: readonly string[]): Promise<Figure> {
  const took: number[] = [];
  for (let round = 0; round < (quick ? 3 : 20); round += 1) {
    const card = page.locator(`[data-task="${long[round % long.length]}"]`);
    const seen = page.evaluate((entry) => benchProbe.painted({ entry }), LAST_ENTRY);
    await card.click();
    const { at } = await seen;
    took.push(at - (await page.evaluate(() => benchProbe.clickedAt())));
    await page.getByRole('button', { name: 'Back to the tasks' }).click();
    await page.locator('section[aria-label="Entries"]').waitFor({ state: 'detached' });
  }
  return {
    what: `a task with ${ENTRIES} entries, click to its first screen`,
    measured: p95(took),
    unit: 'ms',
    limit: SCREEN_LIMIT_MS,
    comparison: 'at most',
    note: `p95 of ${spread(took)}; the first of all: ${took[0]?.toFixed(0)} ms`,
  };
}

/** Five agents talk at once, and one of them is looked at beside the list. */
async function stream({ quick, browser, daemon, projectId }: Told, page: Page): Promise<Figure[]> {
  const seconds = quick ? 3 : 10;
  const lasts = 3 * seconds + 10;
  await daemon.client.settings.set({ key: 'task.slots', value: STREAMS });
  const goal = `Talk.\n\nbench: stream n=${PER_SECOND} seconds=${lasts}`;
  const taskIds: string[] = [];
  for (let count = 0; count < STREAMS; count += 1) taskIds.push(await draft(daemon, projectId, { goal }));
  await Promise.all(taskIds.map((taskId) => daemon.client.tasks.start({ taskId })));
  await page.locator(`[data-task="${taskIds[0]}"]`).click();
  await page.locator('section[aria-label="Entries"] [data-index]').first().waitFor();
  await sleep(WARM_MS);

  const before = { cpu: await renderersMs(browser), at: performance.now() };
  await sleep(seconds * 1000);
  const spent = (await renderersMs(browser)) - before.cpu;
  const share = (spent / (performance.now() - before.at)) * 100;

  await page.evaluate(() => benchProbe.watchFrames());
  await sleep(seconds * 1000);
  const { commits, gaps } = await page.evaluate(() => benchProbe.frames());
  const total = commits.reduce((sum, count) => sum + count, 0);
  const twice = commits.filter((count) => count > 1).length;

  await page.evaluate(() => benchProbe.watchTimes());
  await sleep(seconds * 1000);
  const ages = await page.evaluate(() => benchProbe.ages());
  if (ages.length < seconds * PER_SECOND * 0.5) throw new Error(`Only ${ages.length} pieces of text were seen.`);
  await Promise.all(taskIds.map((taskId) => daemon.client.tasks.stop({ taskId })));

  const load = `${STREAMS} tasks at ${PER_SECOND} deltas a second`;
  return [
    {
      what: `renders a frame, ${load}`,
      measured: total / commits.length,
      unit: 'renders',
      limit: RENDERS_LIMIT,
      comparison: 'at most',
      note: `${total} renders in ${commits.length} frames; ${twice} frames had more than one, for a row that is new and measured; longest frame ${Math.max(...gaps).toFixed(0)} ms`,
    },
    {
      what: `processor time of the page, of one core, ${load}`,
      measured: share,
      unit: '%',
      limit: PROCESSOR_LIMIT,
      comparison: 'at most',
      note: `${spent} ms in ${seconds} s; a conversation beside the board`,
    },
    {
      what: 'an agent’s line to its text in the page',
      measured: p95(ages),
      unit: 'ms',
      limit: AGE_LIMIT_MS,
      comparison: 'at most',
      note: `p95 of ${spread(ages)}; while all ${STREAMS} tasks stream`,
    },
  ];
}
