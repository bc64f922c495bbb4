import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

/** How many keys each job may take from the board, as in docs/design/everyday-jobs.md; what is typed is not counted. */
const MOST = {
  answer: 2,
  'deny with words': 3,
  'make a rule': 3,
  unblock: 2,
  'look at the change': 3,
  'follow up': 4,
  'find a task': 3,
  stop: 2,
  'set a default': 4,
  'clean up': 3,
} as const;

/** Presses keys and counts them. */
function keysOf(page: Page) {
  let count = 0;
  return {
    async press(key: string): Promise<void> {
      count += 1;
      await page.keyboard.press(key);
    },
    /** One key, once it counts: what has only just come into sight takes none. */
    async pressUntil(key: string, done: () => Promise<boolean>): Promise<void> {
      count += 1;
      await expect
        .poll(async () => {
          if (!(await done())) await page.keyboard.press(key);
          return done();
        })
        .toBe(true);
    },
    type: (text: string) => page.keyboard.type(text),
    /** Ends a job. */
    did(job: keyof typeof MOST): void {
      expect(count, job).toBeLessThanOrEqual(MOST[job]);
      count = 0;
    },
  };
}

describeInBrowser('the jobs of every day, by keys alone', () => {
  const home = useHome(createWindowHome);

  async function start(goal: string, scenario: string): Promise<string> {
    const task = await home.client.tasks.create({
      projectId: home.projectId,
      goal: `${goal}\n\ndemo: ${scenario}`,
      items: [{ text: 'One thing' }],
      agent: { agent: 'demo' },
      start: true,
    });
    return task.id;
  }
  const get = async (taskId: string) => (await home.client.tasks.get({ taskId })).task;
  const asks = async (goal: string) => {
    const id = await start(goal, 'asks count=1');
    await until(async () => (await get(id)).approvals.length > 0, 'the question');
    return id;
  };
  const done = async (goal: string) => {
    const id = await start(goal, 'thorough');
    await until(async () => (await get(id)).status === 'completed', 'the task');
    return id;
  };
  const answers = async (taskId: string) => (await home.client.approvals.list({ taskId, by: ['user'] })).approvals;
  const fresh = async (page: Page) => {
    await page.goto(page.url().replace(/#.*/, '#/board'));
    await page.reload();
    await page.locator('[data-task]').first().waitFor();
  };

  it('what needs a person', async () => {
    const { page, problems } = await home.open();
    const keys = keysOf(page);
    const allowed = await asks('To be allowed');
    await fresh(page);
    await keys.press('i');
    await keys.pressUntil('a', async () => (await answers(allowed)).length === 1);
    keys.did('answer');

    const denied = await asks('To be denied');
    await fresh(page);
    await keys.press('i');
    const message = page.getByLabel('Message for the agent');
    await keys.pressUntil('d', () => message.isVisible());
    await keys.type('Use the package that is there.');
    await keys.press('Control+Enter');
    await until(async () => (await answers(denied)).length === 1, 'the denial');
    expect((await answers(denied))[0]?.decision?.words).toBe('Use the package that is there.');
    keys.did('deny with words');

    await asks('To be allowed always');
    await fresh(page);
    await keys.press('i');
    await keys.pressUntil('p', () => page.getByRole('radio').first().isVisible());
    await keys.press('Enter');
    await until(async () => (await home.client.rules.list({})).length === 1, 'the rule');
    keys.did('make a rule');

    const blocked = await start('Blocked', 'block');
    await until(async () => (await get(blocked)).outcome?.code === 'item-blocked', 'the blocked item');
    await fresh(page);
    await keys.press('i');
    await page.getByRole('region', { name: 'Blocked' }).waitFor();
    await keys.press('s');
    await until(async () => (await get(blocked)).runCount === 2, 'the next run');
    keys.did('unblock');
    expect(problems).toEqual([]);
  });

  it('with a task', async () => {
    const { page, problems } = await home.open();
    const keys = keysOf(page);
    const finished = await done('Write the notes\n\nThey are about penguins.');
    const region = page.getByRole('region', { name: 'Task', exact: true });
    await fresh(page);
    await keys.press('ArrowDown');
    await page.locator('[data-task]:focus').waitFor();
    await keys.press('Enter');
    await region.waitFor();
    const files = page.getByRole('listbox', { name: 'Changed files' });
    await keys.pressUntil('3', () => files.isVisible());
    keys.did('look at the change');

    await fresh(page);
    await keys.press('ArrowDown');
    await page.locator('[data-task]:focus').waitFor();
    await keys.press('Enter');
    // The key is for a task that is there.
    await region.locator('[data-message-box] textarea').waitFor();
    await keys.press('m');
    await page.locator('textarea:focus').waitFor();
    await keys.type('Shorter, please.');
    await keys.press('Control+Enter');
    await until(async () => (await get(finished)).runCount === 2, 'the next run');
    await until(async () => (await get(finished)).status === 'completed', 'the end');
    keys.did('follow up');

    await done('Another one');
    await fresh(page);
    await keys.press('/');
    await keys.type('penguins');
    // Found in the goal, which the window does not know by itself.
    await page.getByText('Goal: ').waitFor();
    await keys.press('Enter');
    await page.locator('[data-task]:focus').waitFor();
    await keys.press('Enter');
    await region.getByRole('heading', { name: 'Write the notes' }).waitFor();
    keys.did('find a task');

    const running = await start('Runs', 'stall');
    await until(async () => (await get(running)).phase === 'working', 'the agent');
    await fresh(page);
    await keys.press('ArrowDown');
    await page.locator(`[data-task="${running}"]:focus`).waitFor();
    await keys.press('s');
    await until(async () => (await get(running)).status === 'cancelled', 'the stop');
    keys.did('stop');
    expect(problems).toEqual([]);
  });

  it('with the settings', async () => {
    const { page, problems } = await home.open();
    const keys = keysOf(page);
    const merged = await done('Merged work');
    const [workspace] = await home.client.workspaces.list({ taskId: merged });
    await home.repository.git('merge', '--quiet', '--no-edit', workspace?.branch ?? '');
    await fresh(page);
    await keys.press(',');
    const search = page.getByLabel('Search settings');
    await search.waitFor();
    await keys.press('/');
    await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true);
    await keys.type('autonomy');
    await page.getByRole('radio', { name: 'Auto' }).waitFor();
    await keys.press('Enter');
    await keys.press('ArrowUp');
    await until(
      async () => (await home.client.settings.get({ key: 'agent.autonomy' })).value === 'edit',
      'the default',
    );
    keys.did('set a default');

    await fresh(page);
    await keys.press('Control+k');
    await page.locator('[data-action]').first().waitFor();
    await keys.type('clean up');
    await page.locator('[data-action][data-selected]', { hasText: 'Clean up' }).waitFor();
    await keys.press('Enter');
    await page.getByRole('button', { name: /^Remove [1-9]\d* selected/ }).waitFor();
    await keys.press('Enter');
    await until(
      async () => (await home.client.workspaces.get({ workspaceId: workspace?.id ?? '' })).state === 'removed',
      'the end',
    );
    keys.did('clean up');
    expect(problems).toEqual([]);
  });
});
