import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import type { Task } from '../../src/contract/task/state.ts';
import { createHost, must, type TestHost, USER } from '../support/host.ts';
import { createScriptedBackend, YIELDED } from '../support/scripted-backend.ts';
import { until } from '../support/until.ts';
import { type OpenPage, openPage, type PageOptions } from './pages.ts';
import { clientOf, restore } from './restore.ts';

const WINDOW = path.resolve(import.meta.dirname, '../../out/renderer');

/** A host in this process with the window. Its agent stays at work on a goal with `hang` and is done with any other. */
export interface BoardHome {
  host: TestHost;
  draft(goal: string, items?: string[]): Promise<Task>;
  /** A task that is completed. */
  finished(goal: string): Promise<Task>;
  /** Takes the only slot, so that what is queued stays there. */
  fillSlots(): Promise<Task>;
  /** Ids of the tasks in a status by their rank. */
  ranked(status: 'draft' | 'queued'): Promise<string[]>;
  open(options?: PageOptions): Promise<OpenPage>;
  /** Takes away what a test has made. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}
export type Work = (turn: { taskId: string; prompt: string; signal: AbortSignal; host: TestHost }) => Promise<void>;

/** What stands between a page and what happens; `attach` it before the page loads. */
export function createEar(): { attach(page: Page): Promise<void>; deafen(): () => void } {
  let held: (() => void)[] | null = null;
  return {
    attach: (page) =>
      page.routeWebSocket(/rpc/, (socket) => {
        const server = socket.connectToServer();
        server.onMessage((message) => (held ? held.push(() => socket.send(message)) : socket.send(message)));
      }),
    /** From now on the page does not hear what happens, until the answer is called. */
    deafen() {
      held = [];
      return () => {
        const waiting = held ?? [];
        held = null;
        for (const send of waiting) send();
      };
    },
  };
}

/** `work` is what its agent does in a turn instead of nothing. */
export async function createBoardHome(browser: Browser, work?: Work): Promise<BoardHome> {
  const backend = createScriptedBackend('scripted', async (options, signal, prompt) => {
    if (work) await work({ taskId: options.taskId, prompt, signal, host });
    if (prompt.includes('hang')) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return YIELDED;
  });
  const host: TestHost = await createHost({ backends: [backend], staticFolder: WINDOW });
  const agent = { agent: 'scripted' };
  const make = (goal: string, items: string[], start: boolean) =>
    host.create({ goal, agent, items: items.map((text) => ({ text })) }, start);
  return {
    host,
    draft: (goal, items = []) => make(goal, items, false),
    async finished(goal) {
      const { id } = await make(goal, [], true);
      return until(async () => {
        const task = await host.get(id);
        return task.status === 'completed' && task;
      }, 'the task');
    },
    async fillSlots() {
      must(await host.core.api.settings.set({ key: 'task.slots', value: 1 }, USER));
      const task = await make('hang on', [], true);
      await until(async () => (await host.get(task.id)).status === 'running', 'the task to run');
      return task;
    },
    async ranked(status) {
      const { tasks } = must(await host.core.api.tasks.list({ status: [status], limit: 100 }, USER));
      return tasks.sort((a, b) => a.rank - b.rank).map(({ id }) => id);
    },
    open: (options) => openPage(browser, host.server.openLink(), options),
    restore: () => restore(clientOf(host)),
    remove: () => host.remove(),
  };
}

export const card = (page: Page, title: string) => page.locator('[data-task]', { hasText: title });
export const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}: `) });
/** What the cards of a column are called, from the top. */
export const titlesIn = (page: Page, name: string) =>
  column(page, name).locator('[data-task] > :first-child').allInnerTexts();

/** Picks a card up with the mouse and takes it to a point of another element; `drop` lets it go. */
export async function drag(page: Page, from: Locator, to: Locator, at: 'top' | 'bottom' | 'middle'): Promise<void> {
  await lift(page, from);
  const { x, y, width, height } = await boxOf(to);
  const down = at === 'top' ? 4 : at === 'bottom' ? height - 4 : height / 2;
  await page.mouse.move(x + width / 2, y + down, { steps: 5 });
}

export async function lift(page: Page, from: Locator): Promise<void> {
  const { x, y } = await boxOf(from);
  await page.mouse.move(x + 20, y + 15);
  await page.mouse.down();
  await page.mouse.move(x + 35, y + 30, { steps: 3 });
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return box;
}
