import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { Surface } from '../../src/contract/approval/state.ts';
import type { Client } from '../../src/contract/client.ts';
import type { TaskSpec } from '../../src/contract/task/state.ts';
import { createTaskGate } from '../support/task-gate.ts';
import { until } from '../support/until.ts';
import { typingSpec } from './typing.ts';

/** The window on some carrier, on its board, with a project whose tasks the demo agent does. */
export interface OpenWindow {
  page: Page;
  client: Client;
  projectId: string;
  /** A folder of the test's own. */
  folder: string;
  /** What an answer given in it is said to come from. */
  surface: Surface;
}

export interface WindowSpec {
  name: string;
  /** Where the desktop app shows the Drover of a daemon, only what may differ there is run again. */
  elsewhere?: true;
  /** Leaves the window on its board, unfiltered, and nothing running. */
  run(window: OpenWindow): Promise<void>;
}

/** Prepares a Drover for the specs and gives its project. */
export async function prepareForSpecs(client: Client, repository: string): Promise<string> {
  await client.settings.set({ key: 'agent.default', value: 'demo' });
  return (await client.projects.add({ path: repository, name: 'sample' })).id;
}

/** What goes wrong in a page from now on. */
export function problemsIn(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return problems;
}

const card = (page: Page, title: string) => page.locator('[data-task]', { hasText: title });
const cardIn = (page: Page, column: string, title: string) =>
  page.getByRole('region', { name: new RegExp(`^${column}: `) }).locator('[data-task]', { hasText: title });
/** In the list beside an open task. */
const rowOf = (page: Page, title: string) =>
  page.getByRole('navigation', { name: 'Tasks' }).locator('[data-task]', { hasText: title });
const entries = (page: Page) => page.getByRole('region', { name: 'Entries' });

function go(page: Page, hash: string): Promise<void> {
  return page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Notes from now on where a card stands on the board and how far its checklist is, such as `Running 1/2`. */
async function watchCard(page: Page, title: string): Promise<() => Promise<string[]>> {
  await page.evaluate((wanted) => {
    const seen: string[] = [];
    new MutationObserver(() => {
      for (const found of document.querySelectorAll('section [data-task]')) {
        const text = found.textContent ?? '';
        const column = found.closest('section')?.getAttribute('aria-label')?.replace(/: .*/, '');
        const now = `${column} ${/\d\/\d/.exec(text)?.[0]}`;
        if (text.includes(wanted) && seen.at(-1) !== now) seen.push(now);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { seenOfCard: seen });
  }, title);
  return () => page.evaluate(() => (globalThis as unknown as { seenOfCard: string[] }).seenOfCard);
}

async function create({ client, projectId }: OpenWindow, spec: Omit<TaskSpec, 'projectId'>, start: boolean) {
  return (await client.tasks.create({ projectId, start, ...spec })).id;
}

async function completed({ client }: OpenWindow, taskId: string): Promise<void> {
  await until(async () => (await client.tasks.get({ taskId })).task.status === 'completed', 'the task');
}

/** What makes sense on every carrier of the window: each is run once in a browser and once in the desktop app. */
export const WINDOW_SPECS: readonly WindowSpec[] = [
  {
    name: 'makes a task by keys and shows it being done, nudge included',
    async run({ page, client, folder }) {
      const gate = await createTaskGate(folder);
      await page.locator('body').press('n');
      const dialog = page.getByRole('dialog', { name: 'New task' });
      await dialog.getByLabel('Goal').fill(`Tidy the house\n\n${gate.directive}`);
      await dialog.getByRole('button', { name: 'Add item' }).click();
      await page.keyboard.type('Write the first file');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Write the second file');
      const seen = await watchCard(page, 'Tidy the house');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('region', { name: 'Task', exact: true }).waitFor();
      await go(page, '#/board');
      await cardIn(page, 'Running', 'Tidy the house').getByText('0/2').waitFor();
      await gate.open('1');
      await cardIn(page, 'Running', 'Tidy the house').getByText('1/2').waitFor();
      await gate.open('2');
      await cardIn(page, 'Review', 'Tidy the house').getByText('2/2').waitFor();
      await card(page, 'Tidy the house').click();
      await entries(page).getByText('Reminder 1 of 3: 1 item left').waitFor();
      // Between them may be what lasts no longer than a frame.
      const states = await seen();
      const wanted = ['Running 0/2', 'Running 1/2', 'Review 2/2'];
      expect(states.filter((state) => wanted.includes(state))).toEqual(wanted);
      const [task] = (await client.tasks.list({})).tasks;
      expect(task).toMatchObject({ title: 'Tidy the house', status: 'completed' });
      await go(page, '#/board');
    },
  },
  {
    name: 'gives a task the file that was pasted, whole',
    elsewhere: true,
    async run({ page, client }) {
      await go(page, '#/new');
      const dialog = page.getByRole('dialog', { name: 'New task' });
      await dialog.getByLabel('Goal').fill('Look at this');
      const bytes = 3 * 1024 * 1024;
      await dialog.getByLabel('Goal').evaluate((goal, size) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(size).fill(0xe9)], 'scan.bin'));
        goal.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }));
      }, bytes);
      await dialog.getByRole('list', { name: 'Attachments' }).getByText('scan.bin').waitFor();
      await expect.poll(() => dialog.getByLabel('Uploading').count()).toBe(0);
      await page.keyboard.press('Control+s');
      await dialog.waitFor({ state: 'detached' });
      await go(page, '#/board');
      await cardIn(page, 'Backlog', 'Look at this').waitFor();
      const [row] = (await client.tasks.list({ status: ['draft'] })).tasks;
      const { task } = await client.tasks.get({ taskId: row?.id ?? '' });
      expect(task.attachments).toMatchObject([{ name: 'scan.bin', bytes }]);
      await client.tasks.remove({ taskId: task.id });
      await card(page, 'Look at this').waitFor({ state: 'detached' });
      await go(page, '#/board');
    },
  },
  {
    name: 'lays a card out over its whole width',
    async run(window) {
      const { page, client } = window;
      const goal = 'Write down everything that a person has to know before the first day\n\ndemo: block';
      const taskId = await create(window, { goal, items: [{ text: 'Ask for the key of the house' }] }, true);
      const failed = async () => (await client.tasks.get({ taskId })).task.status === 'failed';
      await until(failed, 'the task');
      await card(page, 'Write down everything').waitFor();
      // How far each part of the card is from both edges of what it may fill.
      const gaps = await card(page, 'Write down everything').evaluate((button) => {
        const { paddingLeft, paddingRight } = getComputedStyle(button);
        const box = button.getBoundingClientRect();
        return [...button.children].map((part) => {
          const { left, right } = part.getBoundingClientRect();
          return [
            left - box.left - Number.parseFloat(paddingLeft),
            box.right - Number.parseFloat(paddingRight) - right,
          ];
        });
      });
      expect(gaps.length).toBeGreaterThan(2);
      for (const gap of gaps.flat()) expect(Math.abs(gap)).toBeLessThan(1.5);
      await client.tasks.remove({ taskId, keepWorkspace: true });
      await card(page, 'Write down everything').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'answers an approval by a key',
    async run(window) {
      const { page, client, surface } = window;
      const taskId = await create(window, { goal: 'Ask me\n\ndemo: asks count=1' }, true);
      await cardIn(page, 'Needs you', 'Ask me').waitFor();
      await page.keyboard.press('i');
      await page.getByRole('article').getByText('npm install --global typescript').first().waitFor();
      // A key does not count for what has only just come into sight.
      await expect
        .poll(async () => {
          await page.keyboard.press('a');
          return (await client.approvals.list({ taskId })).pending;
        })
        .toBe(0);
      await page.getByText('Nothing needs you').waitFor();
      const { approvals } = await client.approvals.list({ taskId });
      expect(approvals.map(({ decision }) => decision)).toMatchObject([
        { decision: 'allow', by: 'user', from: surface },
      ]);
      await completed(window, taskId);
      await go(page, '#/board');
      await cardIn(page, 'Review', 'Ask me').waitFor();
    },
  },
  {
    name: 'finds tasks by what is typed, on the board and in the list',
    async run(window) {
      const { page, client } = window;
      const ids = [];
      for (const goal of ['A red apple', 'A green pear']) ids.push(await create(window, { goal }, false));
      await card(page, 'A green pear').waitFor();
      const all = await page.locator('[data-task]').count();
      await page.locator('body').press('/');
      await page.keyboard.type('PEAR');
      await expect.poll(() => page.locator('[data-task]').count()).toBe(1);
      // The words at the mouse take no key for themselves.
      await page.getByRole('button', { name: 'Settings' }).hover();
      await page.getByRole('tooltip').filter({ hasText: 'Settings' }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('[data-task]').count()).toBe(all);
      await page.locator('body').press('l');
      await page.getByRole('table').locator('[data-task]', { hasText: 'A red apple' }).waitFor();
      for (const taskId of ids) await client.tasks.remove({ taskId });
      await expect.poll(() => page.locator('[data-task]').count()).toBe(all - ids.length);
      await page.locator('body').press('b');
    },
  },
  {
    name: 'shows a setting that was set elsewhere, says what is refused, and writes the next',
    async run({ page, client }) {
      const key = 'task.slots';
      await go(page, '#/settings/agents');
      const slots = page.getByLabel('Tasks at the same time', { exact: true });
      await client.settings.set({ key, value: 5 });
      await expect.poll(() => slots.inputValue()).toBe('5');
      await slots.fill('500');
      await slots.blur();
      await expect.poll(() => slots.getAttribute('aria-invalid')).toBe('true');
      await slots.fill('7');
      await slots.blur();
      await until(async () => (await client.settings.get({ key })).value === 7, 'the setting');
      await expect.poll(() => slots.getAttribute('aria-invalid')).not.toBe('true');
      await go(page, '#/board');
    },
  },
  {
    name: 'loaded again in the middle of a task, it goes on where it was and shows everything once',
    elsewhere: true,
    async run(window) {
      const { page } = window;
      const items = [{ text: 'Write the first file' }, { text: 'Write the second file' }];
      const gate = await createTaskGate(window.folder);
      await gate.open('1');
      const taskId = await create(window, { goal: `Carry on\n\n${gate.directive}`, items }, true);
      await go(page, `#/tasks/${taskId}`);
      await page.getByLabel('Message to the agent').fill('Not sent yet');
      await entries(page).getByText('Completed: Write the first file').waitFor();
      await page.reload();
      await gate.open('2');
      await entries(page).getByText('Turn 2 ended').waitFor();
      await entries(page).getByText('Finished', { exact: true }).waitFor();
      await rowOf(page, 'Carry on').getByText('2/2').waitFor();
      expect(await page.getByLabel('Message to the agent').inputValue()).toBe('Not sent yet');
      await page.getByRole('tab', { name: 'Log' }).click();
      await page.getByLabel('Filter events').fill('completed by the agent');
      await expect
        .poll(() => page.getByText(/^Item \d completed by the agent$/).allInnerTexts())
        .toEqual(['Item 1 completed by the agent', 'Item 2 completed by the agent']);
      await go(page, '#/board');
    },
  },
  typingSpec,
];
