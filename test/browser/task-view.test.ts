import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { give } from './give-files.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

const HOSTILE = `${'A very long title '.repeat(400)}
<script>window.broken = 1</script>
<img src=x onerror="window.broken = 2"><svg onload="window.broken = 3"></svg>

[press here](javascript:window.broken=4) and [elsewhere](https://example.invalid/path)

![a picture](https://example.invalid/picture.png)

\`\`\`js
const answer = 42;
\`\`\`
`;

describeInBrowser('the view of a task', () => {
  const home = useHome(createWindowHome);

  async function withTask(goal: string, items: string[], start = true) {
    const { projectId } = home;
    const agent = { agent: 'demo' };
    return home.client.tasks.create({ projectId, goal, items: items.map((text) => ({ text })), agent, start });
  }
  async function settled(taskId: string) {
    const found = async () => (await home.client.tasks.get({ taskId })).task;
    await until(async () => !['queued', 'running'].includes((await found()).status), 'the task', 30_000);
    return found();
  }
  async function open(taskId: string) {
    const { page, problems } = await home.open({ hash: `#/tasks/${taskId}` });
    await page.getByRole('tab', { name: 'Conversation' }).waitFor();
    return { page, problems };
  }
  const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();

  it('shows what was said and done, the checklist, the changes, the log and the details', async () => {
    const { id } = await withTask('Write two files', ['First', 'Second']);
    await settled(id);
    const { page, problems } = await open(id);
    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByText('Turn 2 ended').waitFor();
    await entries.getByText(/^Finished\b/).waitFor();

    await page.keyboard.press('Control+f');
    await page.getByLabel('Find in conversation').fill('nudge me not');
    await page.getByText('Not found').waitFor();
    await page.getByLabel('Find in conversation').fill('item');
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.keyboard.press('Escape');

    await tab(page, 'Checklist');
    await page.getByRole('checkbox', { name: 'Second', checked: true }).click();
    await page.getByRole('checkbox', { name: 'Second', checked: false }).waitFor();
    await page.getByLabel('New item').fill('Third');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Third', checked: false }).waitFor();

    await tab(page, 'Changes');
    await page
      .getByRole('region', { name: /^Differences of/ })
      .getByText('+', { exact: true })
      .first()
      .waitFor();
    await tab(page, 'Log');
    await page.getByLabel('Filter events').fill('on branch');
    await page
      .getByText(/^Workspace .* on branch /)
      .first()
      .waitFor();
    await tab(page, 'Details');
    await page.getByRole('button', { name: 'Advanced' }).click();
    await page.getByRole('button', { name: 'Copy workspace' }).waitFor();
    await page.getByText(/^\d commits on drover\/.*, not landed anywhere else yet\.$/).waitFor();

    expect(problems).toEqual([]);
  });

  it('keeps a message until it is sent, and goes on with it', async () => {
    const { id } = await withTask('Write a file', ['First']);
    await settled(id);
    const { page } = await open(id);
    await page.getByLabel('Message to the agent').fill('And one more thing');
    await page.getByText('Sending this resumes the task.').waitFor();
    await give(page, '[data-message-box]', 'drop', ['picture.png']);
    const file = page.getByRole('list', { name: 'Attachments' }).getByText('picture.png');
    await file.waitFor();
    await page.getByText('The agent gets the path of the image and opens it itself.').waitFor();
    await give(page, '[data-message-box]', 'paste', ['big.bin']);
    await page.getByText(/at most 10 MB can be attached/).waitFor();
    await page.reload();
    await file.waitFor();
    // A file that nobody has changed is found by its letters.
    await page.getByLabel('Message to the agent').fill('');
    await page.getByLabel('Message to the agent').pressSequentially('See @read');
    await page
      .getByRole('listbox', { name: 'Files' })
      .getByRole('option', { name: 'README.md', exact: true })
      .waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Message to the agent').inputValue()).toBe('See @README.md ');
    await page.getByLabel('Message to the agent').fill('And one more thing');
    await page.reload();
    await expect.poll(() => page.getByLabel('Message to the agent').inputValue()).toBe('And one more thing');
    await page.getByLabel('Message to the agent').press('Control+Enter');
    await expect.poll(() => page.getByLabel('Message to the agent').inputValue()).toBe('');
    await until(
      async () => (await home.client.tasks.get({ taskId: id })).task.runCount === 2,
      'the second run',
      20_000,
    );
    expect(await page.getByRole('list', { name: 'Attachments' }).count()).toBe(0);
    expect((await settled(id)).attachments).toMatchObject([{ name: 'picture.png', type: 'image/png', image: true }]);
  });

  it('shows a queued message once, to be edited or removed, and sends after a stop what was not sent', async () => {
    const { id } = await withTask('demo: slow ms=100000', ['First']);
    // The first turn, in which it leaves its only item, is over at once.
    await until(async () => (await home.client.tasks.get({ taskId: id })).task.run?.openTurn === 2, 'the long turn');
    const { page, problems } = await open(id);
    const box = page.getByLabel('Message to the agent');
    for (const text of ['Mind the tabs', 'Stop that', 'Look at this first']) {
      await box.fill(text);
      await box.press('Control+Enter');
      await expect.poll(() => box.inputValue()).toBe('');
    }
    const queued = page.getByRole('list', { name: 'Queued messages' }).getByRole('listitem');
    await expect.poll(() => queued.count()).toBe(3);
    await queued.first().getByText('Queued – sent after this turn').waitFor();
    expect(await page.getByText('Mind the tabs').count()).toBe(1);

    // Moved by its button and back by a key, with the focus on it.
    const order = () => queued.locator('p').allTextContents();
    await queued.nth(1).getByRole('button', { name: 'Read earlier' }).click();
    await expect.poll(async () => (await order())[0]).toBe('Stop that');
    const focused = () => page.evaluate(() => document.activeElement?.closest('li')?.textContent ?? '');
    await expect.poll(focused).toContain('Stop that');
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(async () => (await order())[0]).toBe('Mind the tabs');
    await expect.poll(focused).toContain('Stop that');

    // What runs for it is seen as long as somebody looks.
    await page.getByRole('tab', { name: 'Details' }).click();
    const processes = page.getByRole('region', { name: 'Processes' });
    await processes.getByRole('row').nth(1).getByText(/node/).waitFor();
    await processes.getByText(/ %$/).first().waitFor();
    await page.getByRole('tab', { name: 'Conversation' }).click();

    // The turn ends for this one alone; the others stay where they are.
    await queued.last().getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('region', { name: 'Entries' }).getByText('Look at this first').first().waitFor();
    await expect.poll(() => queued.count()).toBe(2);
    expect(await queued.getByText(/^(Mind the tabs|Stop that)$/).count()).toBe(2);

    await queued.last().getByRole('button', { name: 'Remove' }).click();
    await expect.poll(() => page.getByText('Stop that').count()).toBe(0);
    await queued.first().getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Queued message', { exact: true }).fill('demo: silent');
    await page.keyboard.press('Control+Enter');
    await queued.getByText('demo: silent').waitFor();

    await home.client.tasks.stop({ taskId: id });
    await settled(id);
    await page.getByText('Not sent').waitFor();
    await page.getByRole('button', { name: 'Send and continue' }).click();
    await page.getByRole('region', { name: 'Entries' }).getByText('demo: silent').first().waitFor();
    expect(await queued.count()).toBe(0);
    await home.client.tasks.stop({ taskId: id });
    await settled(id);
    expect(problems).toEqual([]);
  });

  it('tells once of a command that waits for input, and lets the agent be told or stopped', async () => {
    const { id } = await withTask('demo: waits', ['First'], false);
    await home.client.settings.set({ key: 'task.stallMs', value: 1000 });
    await home.client.tasks.start({ taskId: id });
    const { page, problems } = await open(id);
    const banner = page.getByRole('region', { name: 'Waiting for input' });
    await banner.getByText(/seems to wait for input: Ok to proceed/).waitFor();
    // The banner has it, and the card in the list; the conversation beside them does not repeat it.
    expect(
      await page
        .getByRole('region', { name: 'Entries' })
        .getByText(/seems to wait for input/)
        .count(),
    ).toBe(0);

    await banner.getByRole('button', { name: 'Tell the agent to run it without prompts' }).click();
    await page
      .getByRole('region', { name: 'Entries' })
      .getByText(/Run it again so that it asks nothing/)
      .first()
      .waitFor();
    expect(await page.getByRole('list', { name: 'Queued messages' }).count()).toBe(0);
    // This agent does the same again.
    await banner.getByRole('button', { name: 'Stop task' }).click();
    expect(await settled(id)).toMatchObject({ status: 'cancelled', runCount: 1 });
    expect(problems).toEqual([]);
  });

  it('stops a check that waits for input, and nothing else', async () => {
    const { id } = await withTask('demo: instant', ['First'], false);
    await home.client.settings.set({ key: 'task.stallMs', value: 1000 });
    const asksOnce = ['sh', '-c', '[ -e asked ] && exit; touch asked; printf "Password: "; sleep 600'];
    await home.client.tasks.edit({ taskId: id, edit: { checks: [asksOnce] } });
    await home.client.tasks.start({ taskId: id });
    const { page, problems } = await open(id);
    const banner = page.getByRole('region', { name: 'Waiting for input' });
    await banner.getByRole('button', { name: 'Stop check' }).click();
    expect(await settled(id)).toMatchObject({ status: 'completed', runCount: 1, stall: null });
    await banner.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  it('is not deceived by what it shows', async () => {
    const { id } = await withTask(HOSTILE, [], false);
    const { page, asked } = await home.open({ hash: `#/tasks/${id}` });
    await tab(page, 'Details');
    const goal = page.getByRole('tabpanel');
    await goal.getByText('press here').click();
    await goal.getByText('(example.invalid)').waitFor();
    expect(await goal.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(
      ['https://example.invalid/path'],
    );
    expect(await goal.locator('script, img, iframe').count()).toBe(0);
    expect(await page.evaluate(() => (window as { broken?: number }).broken)).toBeUndefined();
    expect(asked.filter((url) => url.includes('example.invalid'))).toEqual([]);
    const title = await page.getByRole('heading', { name: /^A very long title/ }).boundingBox();
    expect(title?.height).toBeLessThan(80);
  });

  it('deletes when asked twice, and keeps the workspace when told so', async () => {
    const { id } = await withTask('Write a file', ['First']);
    const { workspace } = await settled(id);
    const { page } = await open(id);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this task?' });
    expect(await dialog.getByLabel('Keep the workspace and its branch').isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await until(async () => (await home.client.tasks.list({})).tasks.length === 0, 'the task to be gone');
    const left = (await home.client.workspaces.list({})).find((one) => one.id === workspace?.id);
    expect(left).toMatchObject({ state: 'ready' });
  });
});
