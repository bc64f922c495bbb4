import { expect, it } from 'vitest';
import { must, USER } from '../support/host.ts';
import { until } from '../support/until.ts';
import { FORMS, seriousIn, seriousInForms } from './axe.ts';
import { card, column, createBoardHome, createEar, drag, lift, titlesIn } from './board-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

describeInBrowser('the board', () => {
  const home = useHome((browser) => createBoardHome(browser));

  it('orders drafts, starts them and orders what is queued, by mouse', async () => {
    await home.fillSlots();
    const [one, two, three] = [await home.draft('One'), await home.draft('Two'), await home.draft('Three')];
    const { page, problems } = await home.open();
    await drag(page, card(page, 'Three'), card(page, 'One'), 'top');
    // Nothing else takes a draft, and it can be seen.
    for (const name of ['Needs you', 'Review', 'Done']) {
      expect(await column(page, name).getAttribute('data-target'), name).toBeNull();
    }
    expect(await column(page, 'Running').getAttribute('data-target')).toBe('true');
    await page.mouse.up();
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Three', 'One', 'Two']);
    await expect.poll(() => home.ranked('draft')).toEqual([three.id, one.id, two.id]);

    // Running takes what is to run, which is queued as long as there is no slot.
    for (const title of ['One', 'Two']) {
      await drag(page, card(page, title), column(page, 'Running'), 'middle');
      await page.mouse.up();
    }
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['One', 'Two', 'Three']);
    await expect.poll(() => home.ranked('queued')).toEqual([one.id, two.id]);
    await drag(page, card(page, 'Two'), card(page, 'One'), 'top');
    await page.mouse.up();
    await expect.poll(() => home.ranked('queued')).toEqual([two.id, one.id]);
    expect(await titlesIn(page, 'Backlog')).toEqual(['Two', 'One', 'Three']);
    // There again it goes to the front.
    await drag(page, card(page, 'One'), column(page, 'Running'), 'middle');
    await page.mouse.up();
    await expect.poll(() => home.ranked('queued')).toEqual([one.id, two.id]);

    // A queued task does not become a draft again, nor stands below one.
    await drag(page, card(page, 'One'), card(page, 'Three'), 'bottom');
    await page.mouse.up();
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Two', 'One', 'Three']);
    expect(await home.ranked('draft')).toEqual([three.id]);
    // What runs is not picked up at all.
    await lift(page, card(page, 'hang on'));
    expect(await page.locator('[data-dragging]').count()).toBe(0);
    await page.mouse.up();
    expect(problems).toEqual([]);
  });

  it('moves several that are selected together, and goes back when it is refused', async () => {
    const running = await home.fillSlots();
    const [one, two, three] = [await home.draft('One'), await home.draft('Two'), await home.draft('Three')];
    const ear = createEar();
    const { page } = await home.open({ before: ear.attach });
    await card(page, 'Two').click({ modifiers: ['Control'] });
    await card(page, 'Three').click({ modifiers: ['Control'] });
    await drag(page, card(page, 'Three'), card(page, 'One'), 'top');
    await page.getByText('2 tasks', { exact: true }).waitFor();
    await page.mouse.up();
    await expect.poll(() => home.ranked('draft')).toEqual([two.id, three.id, one.id]);

    // It is started elsewhere, which the window has not heard of yet.
    const hear = ear.deafen();
    must(await home.host.core.api.tasks.stop({ taskId: running.id }, USER));
    must(await home.host.core.api.tasks.start({ taskId: one.id }, USER));
    await drag(page, card(page, 'One'), column(page, 'Running'), 'middle');
    await page.mouse.up();
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['One', 'Two', 'Three']);
    hear();
    await page.getByText(/is already under way|has already run/).waitFor();
    await column(page, 'Review').locator('[data-task]', { hasText: 'One' }).waitFor();
  });

  it('orders and starts by keyboard, and says where the task is', async () => {
    await home.fillSlots();
    const [one, two] = [await home.draft('One'), await home.draft('Two')];
    const { page, problems } = await home.open();
    const said = page.locator('[aria-live=assertive]', { hasText: /./ });
    await card(page, 'One').focus();
    await page.keyboard.press('m');
    await expect.poll(() => said.innerText()).toMatch(/^Moving “One”\. Backlog, place 1 of 2\./);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => said.innerText()).toBe('Backlog, place 2 of 2.');
    await page.keyboard.press('Enter');
    await expect.poll(() => home.ranked('draft')).toEqual([two.id, one.id]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('One');

    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => said.innerText()).toBe('Running.');
    await page.keyboard.press('Escape');
    await expect.poll(() => said.innerText()).toBe('Nothing was moved.');
    expect(await home.ranked('draft')).toEqual([two.id, one.id]);
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect.poll(() => home.ranked('queued')).toEqual([one.id]);
    expect(problems).toEqual([]);
  });

  it('archives by a key, brings it back, and shows what is archived', async () => {
    const done = await home.finished('Finished');
    await home.draft('Stays');
    const { page, problems } = await home.open();
    const archivedAt = async () => (await home.host.get(done.id)).archivedAt;
    const putAway = async () => {
      await card(page, 'Finished').focus();
      await page.keyboard.press('a');
      await card(page, 'Finished').waitFor({ state: 'detached' });
      await until(async () => (await archivedAt()) !== null, 'the archive');
    };
    await putAway();
    // The focus is never lost with a card.
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await expect.poll(focused).toContain('Stays');
    await page.getByRole('button', { name: 'Undo' }).click();
    await column(page, 'Review').locator('[data-task]', { hasText: 'Finished' }).waitFor();
    expect(await archivedAt()).toBeNull();
    await card(page, 'Finished').focus();
    await page.keyboard.press('f');
    await column(page, 'Done').locator('[data-task]', { hasText: 'Finished' }).waitFor();
    await expect.poll(focused).toContain('Finished');

    await putAway();
    await page.reload();
    await card(page, 'Stays').waitFor();
    expect(await card(page, 'Finished').count()).toBe(0);
    await page.getByRole('button', { name: 'Archived', exact: true }).click();
    await page.getByRole('table', { name: 'Archived tasks' }).waitFor();
    expect(await card(page, 'Stays').count()).toBe(0);
    await page.getByLabel('Select Finished').check();
    await page.getByRole('button', { name: 'Restore 1' }).click();
    await page.getByText('Nothing is archived').waitFor();
    await page.getByRole('button', { name: 'Back to the tasks' }).click();
    await column(page, 'Done').locator('[data-task]', { hasText: 'Finished' }).waitFor();
    expect(await archivedAt()).toBeNull();
    expect(problems).toEqual([]);
  });

  it('puts what is let go of at once where the pointer is, not where it was', async () => {
    const [one, two, three] = [await home.draft('One'), await home.draft('Two'), await home.draft('Three')];
    const { page, problems } = await home.open();
    await drag(page, card(page, 'Three'), card(page, 'Two'), 'top');
    const top = await card(page, 'One').boundingBox();
    // In one go, so that the page cannot render in between, as when it is busy.
    await page.evaluate(
      ([x, y]) => {
        const at = { clientX: x, clientY: y, bubbles: true };
        document.body.dispatchEvent(new MouseEvent('mousemove', at));
        document.body.dispatchEvent(new MouseEvent('mouseup', at));
      },
      [(top?.x ?? 0) + 30, (top?.y ?? 0) + 4],
    );
    await expect.poll(() => home.ranked('draft')).toEqual([three.id, one.id, two.id]);
    await page.mouse.up();
    expect(problems).toEqual([]);
  });

  it('acts on many at once, asks once, and tells what was refused', async () => {
    const goals = ['One', 'Two', 'Three', 'Four'];
    for (const goal of goals) await home.draft(goal);
    await home.fillSlots();
    const ear = createEar();
    const { page, problems } = await home.open({ before: ear.attach });
    await card(page, 'One').click({ modifiers: ['Control'] });
    await card(page, 'Three').click({ modifiers: ['Shift'] });
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
    await bar.getByText('3 tasks selected').waitFor();
    await page.keyboard.press('Control+a');
    await bar.getByText('5 tasks selected').waitFor();
    expect(await bar.getByRole('button', { name: 'Stop 1' }).isEnabled()).toBe(true);
    expect(await bar.getByRole('button', { name: 'Delete 4' }).isEnabled()).toBe(true);

    // The same selection in the list.
    await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
    await bar.getByText('5 tasks selected').waitFor();
    await page.keyboard.press('Escape');
    await card(page, 'Two').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await bar.getByText('2 tasks selected').waitFor();
    await bar.getByRole('button', { name: 'Delete 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete 2 tasks?' });
    await dialog.getByText('Two').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(async () => (await home.ranked('draft')).length).toBe(2);

    // One of the two that are left is deleted elsewhere, which the window has not heard of yet.
    const [gone = '', stays = ''] = await home.ranked('draft');
    const { title } = await home.host.get(gone);
    for (const id of [gone, stays]) await page.getByLabel(`Select ${(await home.host.get(id)).title}`).check();
    const hear = ear.deafen();
    must(await home.host.core.api.tasks.remove({ taskId: gone }, USER));
    await bar.getByRole('button', { name: 'Start 2' }).click();
    await until(async () => (await home.host.get(stays)).status === 'queued', 'the other one to be started');
    hear();
    const notice = page.getByRole('alert').filter({ hasText: 'Not done for 1 of 2 tasks' });
    await notice.getByText(`“${title}”: There is no task ${gone}.`).waitFor();
    expect(problems).toEqual([]);
  });

  it('filters by what is searched for, and says what to do where nothing is left', async () => {
    const { page } = await home.open();
    await page.getByText('No tasks yet').waitFor();
    await home.draft('A quiet one');
    const blocked = await home.draft('A blocked one', ['Publish']);
    const { api } = home.host.core;
    must(await api.items.set({ taskId: blocked.id, itemId: '1', status: 'blocked', reason: 'No password' }, USER));
    must(await api.tasks.start({ taskId: blocked.id }, USER));
    await column(page, 'Needs you').getByText('No password').waitFor();
    await page.getByLabel('Search tasks').fill('blocked');
    await expect.poll(() => page.locator('[data-task]').count()).toBe(1);
    const filters = page.getByRole('toolbar', { name: 'Filters' });
    await filters.getByText('1 task', { exact: true }).waitFor();
    await page.getByLabel('Search tasks').fill('neither');
    await page.getByText('No matching tasks').waitFor();
    await page.getByLabel('Search tasks').fill('quiet');
    await card(page, 'A quiet one').waitFor();
    await filters.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => page.locator('[data-task]').count()).toBe(2);
    expect(await filters.count()).toBe(0);
  });

  it('opens the menu of a task by a key, and gives the focus back', async () => {
    await home.draft('One');
    const { page, problems } = await home.open();
    await card(page, 'One').focus();
    const menu = page.getByRole('menu', { name: 'One' });
    const openMenu = async (key: string) => {
      await page.keyboard.press(key);
      await menu.waitFor();
      await expect.poll(() => menu.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    };
    for (const key of ['Shift+F10', 'ContextMenu']) {
      await openMenu(key);
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'detached' });
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('One');
    }
    await openMenu('Shift+F10');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Task' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('filters by agent, names agents as people do, and shows no marks of code', async () => {
    const { projectId, core } = home.host;
    const make = async (goal: string, agent: string, start: boolean) =>
      must(await core.api.tasks.create({ projectId, goal, agent: { agent }, start }, USER));
    await make('By the demo', 'demo', false);
    const missing = await make('By another', 'claude', true);
    await until(
      async () => must(await core.api.tasks.get({ taskId: missing.id }, USER)).task.status === 'failed',
      'the missing program',
    );
    const { page, problems } = await home.open();
    const failed = card(page, 'By another');
    await failed.getByText('Claude Code', { exact: true }).waitFor();
    expect(await failed.innerText()).toMatch(/Claude Code was not found: .*claude/);
    expect(await failed.innerText()).not.toContain('`');
    await card(page, 'By the demo').getByText('Demo', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Claude Code' }).click();
    await expect.poll(() => page.locator('[data-task]').count()).toBe(1);
    await page.getByRole('toolbar', { name: 'Filters' }).getByText('Claude Code').waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect.poll(() => page.locator('[data-task]').count()).toBe(2);

    // The columns of the list are chosen in the same way, and the menu stays for the next one.
    await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
    const head = page.getByRole('columnheader', { name: 'Agent' });
    await head.waitFor();
    await page.getByRole('button', { name: 'Choose columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Agent', checked: true }).click();
    await head.waitFor({ state: 'detached' });
    await page.getByRole('menuitemcheckbox', { name: 'Agent', checked: false }).waitFor();

    // A state above its tasks folds them, unless no groups are wanted.
    const menu = page.getByRole('menu');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    const group = page.getByRole('table', { name: 'Tasks' }).getByRole('button', { name: 'Needs you 1' });
    await group.click();
    await expect.poll(() => page.locator('[data-task]').count()).toBe(1);
    await page.getByRole('button', { name: 'Choose columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Group by state', checked: true }).click();
    await group.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('[data-task]').count()).toBe(2);
    expect(problems).toEqual([]);
  });

  it('shows that everything is paused, and resumes it', async () => {
    await home.draft('One');
    const { page } = await home.open();
    await page.getByRole('button', { name: 'Pause everything' }).click();
    const banner = page.getByRole('status').filter({ hasText: 'Drover is paused.' });
    await banner.getByText('Paused by you in a browser tab, now.').waitFor();
    const paused = async () => must(await home.host.core.api.pause.get(undefined, USER)).paused;
    expect(await paused()).toBe(true);
    await banner.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Drover is paused.').waitFor({ state: 'detached' });
    expect(await paused()).toBe(false);
  });

  it('folds columns, and remembers it', async () => {
    await home.draft('One');
    const { page } = await home.open();
    await column(page, 'Backlog').hover();
    await page.getByRole('button', { name: 'Fold Backlog' }).click();
    await card(page, 'One').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Unfold Backlog' }).click();
    await card(page, 'One').waitFor();
  });

  it('has nothing serious against it for axe, light and dark', async () => {
    await home.finished('Finished');
    await home.fillSlots();
    await home.draft('One', ['a', 'b']);
    const { page, problems } = await home.open();
    await card(page, 'One').click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Pause everything' }).click();
    await page.getByText('Drover is paused.').first().waitFor();
    expect(await seriousInForms(page, FORMS.wide)).toEqual([]);
    await lift(page, card(page, 'One'));
    await page.locator('[data-dragging]').waitFor();
    expect(await seriousInForms(page, FORMS.wide)).toEqual([]);
    await page.mouse.up();
    await page.getByLabel('Search tasks').fill('e');
    await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
    await page.getByRole('table').waitFor();
    expect(await seriousInForms(page, FORMS.wide)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('shows one column at a time on a phone', async () => {
    await home.finished('Finished');
    await home.draft('One');
    const { page } = await home.open({ width: 390, height: 780 });
    await card(page, 'Finished').waitFor();
    expect(await card(page, 'One').count()).toBe(0);
    await page.getByRole('tab', { name: 'Backlog 1' }).click();
    await card(page, 'One').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await seriousIn(page, { all: false })).toEqual([]);
  });

  it.each([
    [1280, 800],
    [900, 600],
  ])('has every column in sight at %i by %i when a few have tasks', async (width, height) => {
    await home.finished('Finished');
    await home.draft('One');
    const { page } = await home.open({ width, height });
    await card(page, 'Finished').waitFor();
    for (const name of ['Backlog', 'Running', 'Needs you', 'Review', 'Done']) {
      const box = await column(page, name).boundingBox();
      expect((box?.x ?? width) + (box?.width ?? width), name).toBeLessThanOrEqual(width);
    }
  });
});
