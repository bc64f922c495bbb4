import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { createRepository } from '../support/repository.ts';
import { until } from '../support/until.ts';
import { give } from './give-files.ts';
import { describeInBrowser, ownHome, useBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

describeInBrowser('a new task', () => {
  const home = useHome(createWindowHome);

  async function open(hash = '#/new') {
    const opened = await home.open({ hash });
    const dialog = opened.page.getByRole('dialog', { name: 'New task' });
    return {
      ...opened,
      dialog,
      goal: dialog.getByLabel('Goal'),
      files: dialog.getByRole('list', { name: 'Attachments' }),
    };
  }
  const go = (page: Page, hash: string) =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);
  const tasks = async () => (await home.client.tasks.list({})).tasks;

  it('leads to a project where there is none', async () => {
    await home.client.projects.remove({ projectId: home.projectId });
    const { page, problems, dialog, goal } = await open();
    await goal.fill('The first task');
    await dialog.getByText('A task works in a project').waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog.getByRole('alert').getByText('A task works in a project').waitFor();
    await dialog.getByRole('button', { name: 'Add a project…' }).click();
    await page.getByRole('dialog', { name: 'Add a project' }).getByLabel('Folder').waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Use a sample project' }).click();
    await dialog.getByText('A task works in a project').waitFor({ state: 'detached' });
    await dialog.getByText('sample', { exact: true }).waitFor();
    expect(await goal.inputValue()).toBe('The first task');
    for (const { id } of await home.client.projects.list()) await home.client.projects.remove({ projectId: id });
    expect(problems).toEqual([]);
  });

  it('makes an item of each line however quickly it is typed', async () => {
    const { page, dialog } = await open();
    await dialog.getByRole('button', { name: 'Add item' }).click();
    await dialog.getByLabel('Item 1', { exact: true }).waitFor();
    await page.evaluate(async () => {
      // Keys that come before the next frame.
      for (const text of ['One', 'Two', 'Three']) {
        document.execCommand('insertText', false, text);
        const key = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(key);
        await new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => resolve(null))));
      }
    });
    const typed = () =>
      dialog.locator('input[data-item]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    await expect.poll(typed).toEqual(['One', 'Two', 'Three', '']);
  });

  it('takes files by paste and drop, keeps them through a reload, and gives them to the task', async () => {
    const { page, problems, dialog, goal, files } = await open();
    await goal.fill('Look at the picture');
    await give(page, '[role=dialog] textarea', 'paste', ['image.png']);
    await files.getByText('image.png').waitFor();
    await give(page, '[role=dialog] input', 'drop', ['image.png', 'notes.txt', 'big.bin']);
    await files.getByText('image-2.png').waitFor();
    await files.getByText('notes.txt').waitFor();
    await files.getByText('at most 10 MB can be attached').waitFor();
    await expect.poll(() => files.locator('img').count()).toBe(2);
    await expect.poll(() => files.getByLabel('Uploading').count()).toBe(0);
    await files.getByRole('button', { name: 'Remove image-2.png' }).click();

    await page.reload();
    await expect.poll(() => goal.inputValue()).toBe('Look at the picture');
    await expect.poll(() => files.getByRole('listitem').count()).toBe(2);
    await dialog.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByRole('region', { name: 'Task' }).waitFor();
    const [made] = await tasks();
    const { task } = await home.client.tasks.get({ taskId: made?.id ?? '' });
    expect(task.attachments.map(({ name, bytes }) => [name, bytes > 0])).toEqual([
      ['image.png', true],
      ['notes.txt', true],
    ]);
    expect(problems).toEqual([]);
  });

  it('makes items of a pasted list, moves them by key, and gives one a check', async () => {
    const { page, dialog, goal } = await open();
    await goal.fill('A list');
    await dialog.getByRole('button', { name: 'Add item' }).click();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text', '1. one\n   - [ ] two\n* three');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    const item = (number: number) => dialog.getByLabel(`Item ${number}`, { exact: true });
    await expect.poll(() => item(3).inputValue()).toBe('three');
    await item(3).press('Alt+ArrowUp');
    await expect.poll(() => item(2).inputValue()).toBe('three');
    await dialog.getByRole('button', { name: 'Check of item 1' }).click();
    await dialog.getByLabel('Command that checks item 1').fill('test -f "a b"');
    await page.keyboard.press('Control+s');
    await page.getByRole('region', { name: 'Task' }).waitFor();
    const [made] = await tasks();
    const items = await home.client.items.list({ taskId: made?.id ?? '' });
    expect(items.map(({ text, check }) => [text, check])).toEqual([
      ['one', ['test', '-f', 'a b']],
      ['three', null],
      ['two', null],
    ]);
  });

  it('begins in the project used last, says that its agent is missing, and scrolls to what is unfolded', async () => {
    const { page, dialog } = await open('#/board');
    const other = await createRepository(path.dirname(home.repository.path));
    const { id } = await home.client.projects.add({ path: other.path, name: 'used last' });
    onTestFinished(() => home.client.projects.remove({ projectId: id }).then(() => {}));
    await home.client.tasks.create({ projectId: id, goal: 'One', agent: { agent: 'demo' } });
    await home.client.settings.set({ key: 'agent.claude.program', value: ['/nowhere/claude'] });
    await page.setViewportSize({ width: 900, height: 600 });
    await page.locator('[data-task]').waitFor();
    await page.keyboard.press('n');
    await expect.poll(() => dialog.getByRole('combobox', { name: 'Project' }).innerText()).toBe('used last');
    await dialog.getByText('/nowhere/claude').waitFor();
    await dialog.getByRole('button', { name: 'More' }).click();
    const bottom = async (locator: Locator) => {
      const box = await locator.boundingBox();
      return box ? box.y + box.height : Number.NaN;
    };
    const foot = await dialog.getByRole('button', { name: 'Start', exact: true }).boundingBox();
    await expect.poll(() => bottom(dialog.getByLabel('Checks', { exact: true }))).toBeLessThan(foot?.y ?? 0);
  });

  it('finds the branch to begin from', async () => {
    const { page, dialog, goal } = await open();
    for (const name of ['feature/date-picker', 'feature/dark']) await home.repository.git('branch', name);
    await goal.fill('On a branch');
    const base = dialog.getByRole('combobox', { name: 'Base' });
    await expect.poll(() => base.innerText()).toBe('main (current)');
    await base.click();
    await page.getByLabel('Branch, tag or commit').fill('picker');
    await page.getByRole('option', { name: /feature\/date-picker/ }).waitFor();
    // The other is the text itself.
    await expect.poll(() => page.getByRole('option').allInnerTexts()).toHaveLength(2);
    await page.keyboard.press('Enter');
    await expect.poll(() => base.innerText()).toBe('feature/date-picker');
    await dialog.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByRole('region', { name: 'Task' }).waitFor();
    const [made] = await tasks();
    expect((await home.client.tasks.get({ taskId: made?.id ?? '' })).task.base).toBe('feature/date-picker');
  });

  it('says what is missing, beside the field, and starts another', async () => {
    const { page, dialog, goal } = await open();
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await dialog.getByText('Say what should be done.').waitFor();
    await goal.fill('First');
    await dialog.getByRole('button', { name: 'More' }).click();
    await dialog.getByLabel('Turn timeout').fill('soon');
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await dialog.getByText('Write a time such as').waitFor();
    await dialog.getByLabel('Turn timeout').fill('2 h');
    await page.keyboard.press('Control+Shift+A');
    await expect
      .poll(() => page.getByRole('option').allInnerTexts())
      .toEqual([expect.stringMatching(/^Claude Code/), expect.stringMatching(/^Demo/)]);
    await page.getByRole('option', { name: /^Demo/ }).click();
    await expect.poll(() => dialog.getByRole('combobox', { name: 'Agent' }).innerText()).toBe('Demo');
    await page.keyboard.press('Control+Shift+Enter');
    await expect.poll(() => goal.inputValue()).toBe('');
    await page.getByText('Task started: “First”').getByRole('button', { name: 'Open' }).waitFor();
    await goal.fill('Second');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('region', { name: 'Task' }).waitFor();
    const made = await tasks();
    expect(made.map(({ title }) => title).sort()).toEqual(['First', 'Second']);
    const first = made.find(({ title }) => title === 'First');
    expect((await home.client.tasks.get({ taskId: first?.id ?? '' })).task.limits.turnMs).toBe(7_200_000);
  });

  it('is kept when its window is closed, and two windows write two drafts', async () => {
    const { page, goal } = await open();
    await goal.fill('Half a thought');
    const other = await page.context().newPage();
    await other.goto(page.url());
    const otherGoal = other.getByRole('dialog', { name: 'New task' }).getByLabel('Goal');
    await expect.poll(() => otherGoal.inputValue()).toBe('');
    await otherGoal.fill('Another thought');
    expect(await goal.inputValue()).toBe('Half a thought');
    await page.close();
    const third = await other.context().newPage();
    await third.goto(other.url());
    const thirdGoal = third.getByRole('dialog', { name: 'New task' }).getByLabel('Goal');
    await expect.poll(() => thirdGoal.inputValue()).toBe('Half a thought');
    expect(await otherGoal.inputValue()).toBe('Another thought');
  });

  it('comes from another task, and what was being written can be brought back', async () => {
    const { page, dialog, goal } = await open();
    const template = await home.client.tasks.create({
      projectId: home.projectId,
      goal: 'The template',
      items: [{ text: 'one', check: ['true'] }],
      agent: { agent: 'demo' },
      checks: [['npm', 'test']],
    });
    await goal.fill('Half a thought');
    await go(page, `#/new?from=${template.id}`);
    await expect.poll(() => goal.inputValue()).toBe('The template');
    expect(await dialog.getByLabel('Item 1', { exact: true }).inputValue()).toBe('one');
    await goal.fill('The template, changed');
    await page.reload();
    await expect.poll(() => goal.inputValue()).toBe('The template, changed');
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect.poll(() => goal.inputValue()).toBe('Half a thought');
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect.poll(() => goal.inputValue()).toBe('The template, changed');
    await dialog.getByRole('button', { name: 'Save as draft' }).click();
    await page.getByRole('region', { name: 'Task' }).waitFor();
    const copy = (await tasks()).find(({ title }) => title === 'The template, changed');
    const { task } = await home.client.tasks.get({ taskId: copy?.id ?? '' });
    expect([task.checks, task.agent.agent, task.items[0]?.check]).toEqual([[['npm', 'test']], 'demo', ['true']]);
  });

  it('is changed as long as it is a draft, through a reload too', async () => {
    const { page } = await open('#/board');
    const { id: taskId } = await home.client.tasks.create({
      projectId: home.projectId,
      goal: 'A draft',
      items: [{ text: 'one' }],
      agent: { agent: 'demo' },
    });
    await page.locator(`[data-task="${taskId}"]`).focus();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Edit the draft' });
    const goal = dialog.getByLabel('Goal');
    await expect.poll(() => goal.inputValue()).toBe('A draft');
    await goal.fill('A better draft');
    await page.reload();
    await expect.poll(() => goal.inputValue()).toBe('A better draft');
    await dialog.getByRole('button', { name: 'Add item' }).click();
    await page.keyboard.type('two');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('region', { name: 'Task' }).waitFor();
    const { task } = await home.client.tasks.get({ taskId });
    expect([task.title, task.goal, task.items.map(({ text }) => text)]).toEqual([
      'A better draft',
      'A better draft',
      ['one', 'two'],
    ]);
  });

  it('has every letter of a fast typist, and none is taken for a key', async () => {
    const { page, goal, problems } = await open('#/board');
    await page.getByText('No tasks yet').waitFor();
    // All at once, before the dialog can have been painted.
    await page.evaluate(() => {
      for (const key of ['n', 'B', 'l', ',', '?']) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      }
    });
    await expect.poll(() => goal.inputValue()).toBe('Bl,?');
    await page.keyboard.type(' more');
    expect(await goal.inputValue()).toBe('Bl,? more');
    expect(problems).toEqual([]);
  });

  it('is captured in a few words: Enter starts, Ctrl Shift Enter keeps a draft, and the way to it is offered', async () => {
    const { page, problems } = await open('#/capture');
    const goal = page.getByLabel('Goal');
    await goal.fill('Captured');
    await page.reload();
    await expect.poll(() => goal.inputValue()).toBe('Captured');
    await goal.press('Shift+Enter');
    await goal.pressSequentially('in two lines');
    await goal.press('Control+Shift+Enter');
    await until(async () => (await tasks()).length === 1, 'the draft');
    expect(await tasks()).toMatchObject([{ title: 'Captured', status: 'draft' }]);
    await page.getByText('Draft saved: “Captured”').getByRole('button', { name: 'Open' }).click();
    await page.getByRole('region', { name: 'Task', exact: true }).waitFor();
    await go(page, '#/capture');
    await expect.poll(() => goal.inputValue()).toBe('');
    await goal.press('Enter');
    await page.getByText('Say what should be done.').waitFor();
    await home.client.settings.set({ key: 'agent.default', value: 'demo' });
    await goal.fill('Started');
    await goal.press('Enter');
    await until(
      async () => (await tasks()).some(({ title, status }) => title === 'Started' && status !== 'draft'),
      'the start',
    );
    await go(page, '#/capture');
    await goal.fill('Kept');
    await goal.press('Escape');
    await page.getByRole('region', { name: /^Backlog: / }).waitFor();
    await go(page, '#/capture');
    await expect.poll(() => goal.inputValue()).toBe('Kept');
    expect(problems).toEqual([]);
  });
});

describeInBrowser('the first steps', () => {
  useBrowser();

  it('look for git and agents, show the demo in a sample project, and add one of the person’s own', async () => {
    const home = await ownHome((browser) => createWindowHome(browser, { project: false }));
    const { page, problems } = await home.open();
    const agent = page.getByRole('region', { name: 'Claude Code' });
    const demo = page.getByRole('button', { name: 'Try it in a sample project' });
    const top = async () => (await demo.boundingBox())?.y ?? Number.NaN;
    await demo.waitFor();
    const before = await top();
    await agent.getByText('Not installed').waitFor();
    await page.getByText('Checked just now').waitFor();
    // What is pressed stays in its place, and in sight in a small window.
    expect(await top()).toBe(before);
    await page.setViewportSize({ width: 900, height: 600 });
    await expect.poll(top).toBeLessThan(560);
    await page.setViewportSize({ width: 1280, height: 800 });
    await agent.getByText('npm install --global').waitFor();
    await agent.getByRole('button', { name: 'Copy command' }).waitFor();
    const steps = page.getByRole('region', { name: 'Welcome to Drover' });
    expect(await steps.innerText()).not.toMatch(/passive|No agent/);
    expect(await page.getByRole('button', { name: 'Add project' }).isDisabled()).toBe(true);
    await page.getByLabel('Folder').fill('https://example.com/a.git');
    await page.getByRole('button', { name: 'Add project' }).click();
    await page.getByText('Clone it first').waitFor();
    await demo.click();
    await page.getByRole('region', { name: 'Task' }).waitFor();
    const made = async () => (await home.client.tasks.list({})).tasks;
    await until(async () => (await made())[0]?.status === 'completed', 'the demo');
    expect(await made()).toMatchObject([{ status: 'completed', items: { completed: 2 } }]);
    expect((await home.client.projects.list()).map(({ name }) => name)).toEqual(['sample']);
    const { size } = (await made())[0] ?? {};
    expect(size).toMatchObject({ files: 2, deletions: 0 });
    await page.goto(page.url().replace(/#.*/, '#/board'));
    await page
      .getByRole('region', { name: /^Review: 1/ })
      .getByText(`+${size?.insertions}`)
      .waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('first steps');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Welcome to Drover' }).waitFor();
    await page.getByRole('button', { name: 'Add another' }).click();
    await page.getByLabel('Folder').fill(home.repository.path);
    await page.getByRole('button', { name: 'Add project' }).click();
    await until(async () => (await home.client.projects.list()).length === 2, 'the project');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('region', { name: /^Review: 1/ }).waitFor();
    expect(problems).toEqual([]);
  });
});
