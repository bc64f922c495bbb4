import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { must, USER } from '../support/host.ts';
import { YIELDED } from '../support/scripted-backend.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { createScriptedHome } from './scripted-home.ts';
import { inTerminal, shows, withSpokenTerminals } from './terminal-page.ts';
import { describeInBrowser, useHome } from './use-home.ts';

describeInBrowser('a session that a person opens', () => {
  const home = useHome((browser) => createScriptedHome(browser, { resume: true, terminal: true }));

  /** The board of a Drover whose usual agent has a terminal. */
  async function openBoard() {
    must(await home.host.core.api.settings.set({ key: 'agent.default', value: 'scripted' }, USER));
    const opened = await home.openBoard();
    await withSpokenTerminals(opened.page);
    return opened;
  }
  const sessionOf = (page: Page) => page.getByRole('region', { name: 'Session' });
  const idIn = (page: Page) => /tasks\/(a\w{8})/.exec(page.url())?.[1] ?? '';

  it('opens by one key, is left and opened again, and is given to Drover with a goal', async () => {
    let prompt = '';
    home.play(async (_, text) => {
      prompt = text;
      return YIELDED;
    });
    const { page, problems } = await openBoard();
    await page.keyboard.press('Shift+N');
    const session = sessionOf(page);
    await session.getByText('You have the session. It has no goal; with one, Drover can continue in it.').waitFor();
    await page.getByRole('heading', { name: /^Session in / }).waitFor();
    await page.getByRole('tab', { name: 'Terminal', exact: true, selected: true }).waitFor();
    await inTerminal(page);
    await shows(page, /The session, in a terminal\./);

    await page.keyboard.press('Control+D');
    await session
      .getByText('Its program has ended in the terminal. Open the session again, or give it a goal.')
      .waitFor();
    await page.getByText('The agent has ended.').waitFor();
    expect(await page.getByRole('button', { name: 'Restart' }).count()).toBe(0);
    await session.getByRole('button', { name: 'Open again' }).click();
    await session.getByText('You have the session. It has no goal').waitFor();
    expect(await seriousInForms(page, FORMS.every)).toEqual([]);

    await session.getByRole('button', { name: 'Give it a goal…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Goal of the session' });
    const goal = dialog.getByLabel('Goal', { exact: true });
    await expect.poll(() => goal.evaluate((one) => one === document.activeElement)).toBe(true);
    await dialog.getByRole('button', { name: 'Save and give back' }).click();
    await dialog.getByText('Say what should be done.').waitFor();
    await goal.fill('Finish what we began');
    await dialog.getByRole('button', { name: 'Add item' }).click();
    await page.keyboard.type('One step');
    expect(await seriousInForms(page, FORMS.every)).toEqual([]);
    // Closed, it keeps what was typed; and the key of the session asks for the same.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Details' }).click();
    await page.getByText('None yet: this is a session that a person has opened.').waitFor();
    await page.getByRole('tab', { name: 'Details' }).press('t');
    expect(await goal.inputValue()).toBe('Finish what we began');
    const id = idIn(page);
    home.play(async (_, text) => {
      prompt = text;
      must(await home.host.core.api.items.set({ taskId: id, itemId: '1', status: 'completed' }, USER));
      return YIELDED;
    });
    await goal.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await home.host.get(id)).status).toBe('completed');
    expect(await home.host.get(id)).toMatchObject({ title: 'Finish what we began', goal: 'Finish what we began' });
    expect(prompt).toContain('Finish what we began');
    expect(prompt).toContain('1. One step');
    await page.getByRole('heading', { name: 'Finish what we began' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('opens from the menu of a project; ended, it is opened again and not resumed; it can be renamed', async () => {
    const { page } = await openBoard();
    const { name } = must(await home.host.core.api.projects.get({ projectId: home.host.projectId }, USER));
    const project = page.getByRole('button', { name: `Menu of “${name}”` });
    await project.click();
    await page.getByRole('menuitem', { name: 'Open a session' }).click();
    await sessionOf(page).getByText('You have the session.').waitFor();
    const id = idIn(page);

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rename' });
    await dialog.getByLabel('Title').fill('Look around');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Look around' }).waitFor();

    must(await home.host.core.api.tasks.stop({ taskId: id }, USER));
    const actions = page.getByRole('toolbar', { name: 'Task actions' });
    await actions.getByRole('button', { name: 'Open the session' }).waitFor();
    expect(await actions.getByRole('button', { name: 'Resume' }).count()).toBe(0);
    expect(await page.getByLabel('Message to the agent').count()).toBe(0);
    await page.getByRole('button', { name: 'More actions' }).click();
    expect(await page.getByRole('menuitem', { name: 'Run again from the start' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await actions.getByRole('button', { name: 'Open the session' }).click();
    await sessionOf(page).getByText('You have the session.').waitFor();
    expect((await home.host.get(id)).run).toMatchObject({ no: 2, holder: 'person' });
  });

  it('opens from the dialog of a new task, on a new branch or on the one that is chosen', async () => {
    await home.host.repository.git('branch', 'fix');
    const { page } = await openBoard();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'New task' });
    await dialog.getByRole('combobox', { name: 'Base' }).click();
    await page.getByRole('option', { name: 'fix' }).click();
    await dialog.getByRole('button', { name: 'Open a session' }).click();
    await page.getByRole('menuitem', { name: 'On a new branch from fix' }).waitFor();
    await page.getByRole('menuitem', { name: 'On the branch fix itself' }).click();
    await sessionOf(page).getByText('You have the session.').waitFor();
    expect((await home.host.get(idIn(page))).workspace?.branch).toBe('fix');
  });
});
