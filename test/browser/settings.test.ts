import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, it, onTestFinished } from 'vitest';
import { until } from '../support/until.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

const go = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

describeInBrowser('the settings', () => {
  const home = useHome(createWindowHome);
  const value = async (key: string) => (await home.client.settings.get({ key })).value;

  it('are written at once and say so; a refusal stays beside its field, with what was typed', async () => {
    const { page, problems } = await home.open({ hash: '#/settings/agents' });
    const turn = page.getByLabel('Turn timeout', { exact: true });
    expect(await turn.inputValue()).toBe('1 h');
    await turn.fill('1 h 30 min');
    await turn.press('Enter');
    await page.getByText('Saved').waitFor();
    expect(await value('task.turnMs')).toBe(5_400_000);
    await turn.fill('soon');
    await turn.blur();
    await page.getByRole('alert').filter({ hasText: 'Write a time such as' }).waitFor();
    expect(await turn.inputValue()).toBe('soon');

    const slots = page.getByLabel('Tasks at the same time', { exact: true });
    await slots.fill('500');
    await slots.blur();
    await expect.poll(() => slots.getAttribute('aria-invalid')).toBe('true');
    expect(await slots.inputValue()).toBe('500');
    expect(await value('task.slots')).toBe(4);
    await slots.fill('7');
    await slots.blur();
    await until(async () => (await value('task.slots')) === 7, 'the setting');
    await page.getByRole('button', { name: 'Reset “Tasks at the same time”' }).click();
    await until(async () => (await value('task.slots')) === 4, 'the default');
    expect(problems).toEqual([]);
  });

  it('say what tasks may use, for all and for a project, and a new task says what it gets', async () => {
    const { page, problems } = await home.open({ hash: '#/settings/agents' });
    const memory = page.getByLabel('Memory limit', { exact: true });
    expect(await memory.getAttribute('placeholder')).toBe('No limit');
    await memory.fill('a lot');
    await memory.blur();
    await page.getByRole('alert').filter({ hasText: 'Write a size such as 4 GB' }).waitFor();
    await memory.fill('4GB');
    await memory.press('Enter');
    await until(async () => (await value('task.maxMemory')) === 4e9, 'the setting');
    await expect.poll(() => memory.inputValue()).toBe('4 GB');

    const { projectId } = home;
    const ofProject = async () => (await home.client.projects.get({ projectId })).limits;
    onTestFinished(() => home.client.projects.set({ projectId, settings: { limits: {} } }).then(() => {}));
    await go(page, `#/settings/projects/${projectId}`);
    expect(await memory.getAttribute('placeholder')).toBe('As in the settings');
    const processes = page.getByLabel('Process limit', { exact: true });
    await processes.fill('50');
    await processes.press('Enter');
    await until(async () => (await ofProject())?.maxProcesses === 50, 'the limit of the project');
    await memory.fill('none');
    await memory.press('Enter');
    await until(async () => (await ofProject())?.maxMemory === null, 'no limit');
    await expect.poll(() => memory.inputValue()).toBe('No limit');

    await page.keyboard.press('Escape');
    await go(page, '#/new');
    const dialog = page.getByRole('dialog', { name: 'New task' });
    await dialog.getByRole('button', { name: 'More' }).click();
    const placeholder = (name: string) => dialog.getByLabel(name).getAttribute('placeholder');
    await expect.poll(() => placeholder('Process limit')).toBe('50');
    expect(await placeholder('Memory limit')).toBe('No limit');
    expect(await placeholder('Processor time limit')).toBe('No limit');
    expect(problems).toEqual([]);
  });

  it('are found by name, explanation and value, marked, across all sections', async () => {
    const { page, problems } = await home.open({ hash: '#/settings' });
    const search = page.getByLabel('Search settings');
    await search.fill('silence');
    await page.getByLabel('Longest silence').waitFor();
    await expect.poll(() => page.locator('mark').allInnerTexts()).toContain('silence');
    expect(await page.getByLabel('Tasks at the same time', { exact: true }).count()).toBe(0);
    await search.fill('sample');
    await page
      .getByRole('button', { name: /sample/ })
      .last()
      .waitFor();
    await search.fill('palette nonsense');
    await page.getByRole('status').filter({ hasText: 'No settings match' }).waitFor();
    await search.fill('all actions');
    await page.getByRole('button', { name: /All actions, tasks and projects: Ctrl K/ }).waitFor();
    await search.fill('licences');
    await page.getByLabel('Search licences').fill('react-dom');
    await page.getByRole('button', { name: /react-dom 19/ }).waitFor();
    // A package of which only a font is handed on.
    await page.getByLabel('Search licences').fill('fontsource');
    await page.getByRole('button', { name: /inter \d.*OFL/ }).waitFor();
    await search.press('Escape');
    await expect.poll(() => search.inputValue()).toBe('');
    await page.getByRole('heading', { name: 'General' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('change how the window looks while one looks, and the next page begins that way', async () => {
    let hears = true;
    const { page } = await home.open({
      hash: '#/settings/appearance',
      before: (made) => made.routeWebSocket(/rpc/, (socket) => hears && socket.connectToServer()),
    });
    const root = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    const size = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--mantine-font-size-sm'));
    const before = await size();
    await page.getByText('Dark', { exact: true }).click();
    await expect.poll(root).toBe('dark');
    await page.getByLabel('Text size', { exact: true }).fill('20');
    await page.getByLabel('Text size', { exact: true }).blur();
    await expect.poll(size).not.toBe(before);
    const grown = await size();
    await page.getByText('Compact', { exact: true }).click();
    await until(async () => (await value('appearance.density')) === 'compact', 'the setting');
    // The settings never arrive: what is shown first is what was shown last.
    hears = false;
    await page.reload();
    await expect.poll(root).toBe('dark');
    expect(await size()).toBe(grown);
  });

  it('give an action other keys by pressing them, and refuse those that are taken', async () => {
    const { page, problems } = await home.open({ hash: '#/settings/shortcuts' });
    const keys = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}: `) });
    await keys('New task').click();
    await page.keyboard.press('b');
    await page.getByRole('alert').filter({ hasText: 'B belongs to “Show the board”' }).waitFor();
    expect(await value('window.keys')).toEqual({});
    await page.keyboard.press('Control+c');
    await page.getByRole('alert').filter({ hasText: 'edit text' }).waitFor();
    await page.keyboard.press('Control+u');
    await until(
      async () => ((await value('window.keys')) as Record<string, string>)['task.new'] === 'mod+u',
      'the keys',
    );
    await expect.poll(() => keys('New task').getAttribute('aria-label')).toContain('Ctrl U');

    await go(page, '#/board');
    await page.locator('body').press('n');
    await page.locator('body').press('Control+u');
    const dialog = page.getByRole('dialog', { name: 'New task' });
    await dialog.waitFor();
    // Letters are text while one types.
    await dialog.getByLabel('Goal').pressSequentially('bl,?');
    expect(await dialog.getByLabel('Goal').inputValue()).toBe('bl,?');
    await page.keyboard.press('Escape');
    await page.locator('body').press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.getByText('New task', { exact: true }).first().waitFor();
    expect(await help.locator('dl > div', { hasText: 'New task' }).first().innerText()).toContain('U');
    await help.getByLabel('Filter shortcuts').fill('archive');
    await expect.poll(() => help.locator('dl > div').count()).toBe(1);
    await help.getByRole('button', { name: 'Change shortcuts' }).click();
    await page.getByRole('button', { name: 'Reset all' }).click();
    await until(async () => Object.keys((await value('window.keys')) as object).length === 0, 'the built-in keys');
    expect(problems).toEqual([]);
  });

  it('set a project: commands as words, trust, protections, and removing it', async () => {
    const { page, problems } = await home.open({ hash: '#/settings/projects' });
    await page
      .getByRole('region', { name: 'Settings' })
      .getByRole('button', { name: /sample/ })
      .click();
    const project = () => home.client.projects.get({ projectId: home.projectId });
    const setup = page.getByLabel('Setup commands', { exact: true });
    await setup.fill('npm ci\nnpm run "a b');
    await setup.blur();
    await page.getByRole('alert').filter({ hasText: 'has a quote (") that is not closed' }).waitFor();
    await setup.fill('npm ci\nnpm run "a b"');
    await setup.blur();
    await until(async () => (await project()).setup.length === 2, 'the commands');
    expect((await project()).setup).toEqual([
      ['npm', 'ci'],
      ['npm', 'run', 'a b'],
    ]);
    await page.getByText('Parsed as:').waitFor();
    await page.getByRole('switch', { name: 'Trust' }).click({ force: true });
    await until(async () => (await project()).trusted, 'the trust');
    await page.getByLabel('Don’t always ask: Pushing with force').check();
    await until(async () => (await project()).lifted.includes('force-push'), 'what is lifted');
    await page.getByRole('button', { name: 'Remove this project' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove “sample”?' });
    await dialog.getByText('Its folder, its branches and your files stay').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await until(async () => (await home.client.projects.list()).length === 0, 'the project');
    expect(problems).toEqual([]);
  });

  it('say for how long what tasks have left is kept; always, unless something else is set', async () => {
    const { page } = await home.open({ hash: '#/settings/data' });
    const kept = page.getByLabel('Keep workspaces', { exact: true });
    expect(await kept.inputValue()).toBe('Always');
    await kept.fill('for a while');
    await kept.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Write a number of days from 1 to 3650' }).waitFor();
    await kept.fill('30');
    await kept.press('Enter');
    await until(async () => (await value('retention.workspaceDays')) === 30, 'the setting');
    await expect.poll(() => kept.inputValue()).toBe('30 days');
    expect(await value('retention.outputDays')).toBeNull();
    await page.getByRole('button', { name: 'Reset “Keep workspaces”' }).click();
    await until(async () => (await value('retention.workspaceDays')) === null, 'the default');
  });

  it('write a backup and say where', async () => {
    const { page } = await home.open({ hash: '#/settings/data' });
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByRole('status').filter({ hasText: 'Written: ' }).waitFor();
    expect((await home.client.data.describe()).backups).toHaveLength(1);
  });

  it('clean up what tasks have left, show first what goes and stays and why, and lead back', async () => {
    const { page, problems } = await home.open({ hash: '#/settings/data' });
    const make = async (goal: string, ...texts: string[]) => {
      const items = texts.map((text) => ({ text }));
      const checks = texts.length === 1 ? [['seq', '1', '20000']] : [];
      const spec = { projectId: home.projectId, goal, items, checks, agent: { agent: 'demo' }, start: true };
      const { id: taskId } = await home.client.tasks.create(spec);
      await until(async () => (await home.client.tasks.get({ taskId })).task.status === 'completed', goal);
      const [workspace] = await home.client.workspaces.list({ taskId });
      return workspace;
    };
    const merged = await make('Merged work', 'one');
    const open = await make('Open work', 'one', 'another');
    await home.repository.git('merge', '--quiet', '--no-edit', merged?.branch ?? '');
    await page.reload();
    await page.getByRole('button', { name: 'Clean up…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Clean up' });
    const part = (name: RegExp) => dialog.getByRole('region', { name });
    const row = (title: string) => part(/^Can be removed: 2/).getByRole('checkbox', { name: title });
    await row('Merged work').first().waitFor();
    // The outputs of a check are nowhere else, so they go only when they are selected.
    expect(await row(`Workspace ${merged?.branch}`).isChecked()).toBe(true);
    expect(await row('Outputs').isChecked()).toBe(false);
    await part(/^Stays: 1/)
      .getByText(/commits? not merged/)
      .waitFor();
    await dialog.getByText(/^Disk use: sample [\d.]+ (kB|MB)$/).waitFor();
    await row('Outputs').check();
    expect(await seriousInForms(page, FORMS.every)).toEqual([]);
    // A file that comes now keeps what was to go; the rest goes.
    await writeFile(path.join(merged?.path ?? '', 'late.txt'), 'x\n');
    await dialog.getByRole('button', { name: 'Remove 2 selected' }).click();
    await part(/^Stays: 2/)
      .getByText('1 file not committed')
      .waitFor();
    await part(/^Can be removed/).waitFor({ state: 'detached' });
    await dialog.getByText('Nothing can be removed now.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await rm(path.join(merged?.path ?? '', 'late.txt'));
    await page.getByRole('button', { name: 'Clean up…' }).click();
    await dialog.getByRole('button', { name: 'Remove 1 selected' }).click();
    await dialog.waitFor({ state: 'detached' });
    await go(page, `#/tasks/${merged?.taskId}`);
    await page
      .getByText(/seq 1 20000/)
      .first()
      .click();
    await page
      .getByRole('button', { name: /^Show all/ })
      .first()
      .click();
    await page.getByText(/^Output no longer exists: removed by Clean up on /).waitFor();
    await go(page, '#/settings/data');
    await page.getByRole('button', { name: 'Clean up…' }).waitFor();
    const stateOf = async (workspaceId = '') => (await home.client.workspaces.get({ workspaceId })).state;
    expect([await stateOf(merged?.id), await stateOf(open?.id)]).toEqual(['removed', 'ready']);
    await page.keyboard.press('Escape');
    await page.locator('[data-task]').first().waitFor();
    expect(problems).toEqual([]);
  });

  it('offer the editors that were found, or any command', async () => {
    const { page } = await home.open({ hash: '#/settings/general' });
    const editor = page.getByRole('combobox', { name: 'Editor', exact: true });
    expect(await editor.inputValue()).toBe('Automatic');
    await editor.click();
    const { editor: found } = await home.client.system.openers();
    const names = ['Automatic', ...found.map(({ name }) => name), 'Other command…'];
    await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual(names);
    await page.getByRole('option', { name: 'Other command…' }).click();
    const command = page.getByLabel('Command of the editor');
    await command.fill('my-editor --new');
    await command.press('Enter');
    await until(async () => JSON.stringify(await value('desktop.editor')) === '["my-editor","--new"]', 'the command');
    // The navigation of the settings stands in the place of the sidebar.
    expect(await page.getByRole('button', { name: 'All tasks' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByText('No tasks yet').waitFor();
  });

  it('have nothing serious against them for axe, light, dark and narrow, on any page', async () => {
    const { page, problems } = await home.open({ hash: '#/settings/general' });
    for (const [hash, heading] of [
      ['#/settings/general', 'General'],
      ['#/settings/appearance', 'Appearance'],
      ['#/settings/agents', 'Agents'],
      ['#/settings/notifications', 'Notifications'],
      ['#/settings/shortcuts', 'Keyboard shortcuts'],
      ['#/settings/data', 'Data'],
      ['#/settings/about', 'About'],
      ['#/settings/licences', 'Open-source licences'],
      [`#/settings/projects/${home.projectId}`, 'Protections'],
      ['#/welcome', 'Welcome to Drover'],
      ['#/capture', null],
    ] as const) {
      await go(page, hash);
      const shown =
        heading === null ? page.getByLabel('Goal') : page.getByRole('heading', { name: heading, exact: true });
      await shown.waitFor();
      expect(await seriousInForms(page, FORMS.every), hash).toEqual([]);
    }
    expect(problems).toEqual([]);
  });
});
