import { expect, it } from 'vitest';
import { must, USER } from '../support/host.ts';
import { YIELDED } from '../support/scripted-backend.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { createScriptedHome } from './scripted-home.ts';
import { inTerminal, shows, withSpokenTerminals } from './terminal-page.ts';
import { describeInBrowser, useHome } from './use-home.ts';

describeInBrowser('a session that a person takes over', () => {
  const home = useHome((browser) => createScriptedHome(browser, { resume: true, terminal: true }));

  /** A task whose agent works until it is interrupted, and does the rest once it was given back. */
  async function begin() {
    let taskId = '';
    home.play(async (agent, prompt) => {
      if (prompt.includes('has given it back')) {
        must(await home.host.core.api.items.set({ taskId, itemId: '1', status: 'completed' }, USER));
        return YIELDED;
      }
      agent.say('I am at it.');
      await new Promise<void>((resolve) => agent.signal.addEventListener('abort', () => resolve()));
      return { ...YIELDED, result: 'interrupted' };
    });
    const { id } = await home.create({ goal: 'Step in', items: [{ text: 'One thing' }] });
    taskId = id;
    return id;
  }

  it('is asked for by key, opens in the terminal, needs them, and is given back', async () => {
    const id = await begin();
    const { page, problems } = await home.open(id);
    await withSpokenTerminals(page);
    await page.getByText('I am at it.').waitFor();
    await page.getByRole('button', { name: 'Take over', exact: true }).waitFor();
    await page.keyboard.press('t');
    const session = page.getByRole('region', { name: 'Session' });
    await session.getByText('You get the session after this turn.').waitFor();
    await session.getByRole('button', { name: 'Take it now' }).click();

    await session.getByText('You have the session.').waitFor();
    await page.getByPlaceholder('It is sent when you give the session back').waitFor();
    expect(await page.getByRole('button', { name: 'Give back', exact: true }).count()).toBe(1);
    await page.getByRole('tab', { name: 'Terminal', exact: true, selected: true }).waitFor();
    await inTerminal(page);
    await shows(page, /The session, in a terminal\./);
    await page.keyboard.type('t and more');
    await shows(page, /t and more/);
    expect(await seriousInForms(page, FORMS.every)).toEqual([]);

    // The inbox says so, and it is given back from there.
    await page.evaluate(() => {
      location.hash = '#/needs-you';
    });
    const need = page.getByRole('article', { name: 'Drover waits until you give the session back' });
    await need.getByRole('button', { name: 'Give back' }).click();
    await need.waitFor({ state: 'detached' });
    await expect.poll(async () => (await home.host.get(id)).status).toBe('completed');

    await page.evaluate((to) => {
      location.hash = `#/tasks/${to}`;
    }, id);
    await page.getByRole('tab', { name: 'Conversation' }).click();
    await page.getByText('Session taken over').waitFor();
    await page.getByText('Session returned to Drover').waitFor();
    expect(problems).toEqual([]);
  });

  it('opens from the menu of a card when the task does not run, and ends by the same key', async () => {
    const id = await begin();
    await home.host.event(id, 'session.started');
    must(await home.host.core.api.sessions.takeOver({ taskId: id, now: true }, USER));
    await home.host.event(id, 'phase.changed', ({ phase }) => phase === 'taken');
    must(await home.host.core.api.tasks.stop({ taskId: id }, USER));
    await expect.poll(async () => (await home.host.get(id)).status).toBe('cancelled');
    const { page } = await home.open(id);
    await page.evaluate(() => {
      location.hash = '#/board';
    });
    const card = page.locator(`[data-task="${id}"]`);
    await card.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Open the session' }).click();
    await page.getByRole('img', { name: 'You have the session' }).first().waitFor();
    await card.focus();
    await page.keyboard.press('t');
    await expect.poll(async () => (await home.host.get(id)).status).toBe('completed');
  });
});
