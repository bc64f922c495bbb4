import { expect, it } from 'vitest';
import { FORMS, seriousInForms } from './axe.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

const HOUR = 3_600_000;

describeInBrowser('the schedule of a task', () => {
  const home = useHome(createWindowHome);

  it('is changed by keyboard, stands on its card, and starts the task without waiting when a person says so', async () => {
    const make = (title: string, schedule: object) =>
      home.client.tasks.create({
        projectId: home.projectId,
        goal: `${title}\n\ndemo: instant`,
        items: [{ text: 'One thing' }],
        agent: { agent: 'demo' },
        schedule,
        start: true,
      });
    const first = await make('The first', { startAt: Date.now() + 2 * HOUR });
    const second = await make('The second', { after: { taskIds: [first.id] } });
    const { page, problems } = await home.open({ hash: `#/tasks/${first.id}` });
    const beside = page.locator(`[data-task="${second.id}"]`);
    await beside.getByText('Waits for “The first”').waitFor();
    await page.getByRole('tab', { name: 'Conversation' }).waitFor();
    await page.keyboard.press('w');
    const dialog = page.getByRole('dialog', { name: 'Schedule' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('never');
    await page.keyboard.press('Enter');
    await dialog.getByText(/Write a time/).waitFor();
    expect(await seriousInForms(page, FORMS.utmost)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await dialog.getByRole('textbox', { name: 'Start not before' }).fill('2099-12-01 18:30');
    await dialog.getByText('Low').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const at = new Date(2099, 11, 1, 18, 30).getTime();
    await expect
      .poll(async () => (await home.client.tasks.get({ taskId: first.id })).task.schedule)
      .toMatchObject({ priority: 'low', startAt: at });
    await page.getByRole('button', { name: 'Start without waiting' }).click();
    for (const { id } of [first, second]) {
      await expect
        .poll(async () => (await home.client.tasks.get({ taskId: id })).task.status, { timeout: 30_000 })
        .toBe('completed');
    }
    expect(problems).toEqual([]);
  });
});
