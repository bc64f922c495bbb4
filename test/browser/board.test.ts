import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { must, USER } from '../support/host.ts';
import { until } from '../support/until.ts';
import { FORMS, seriousIn, seriousInForms } from './axe.ts';
import { card, column, createBoardHome, createEar, drag, lift, titlesIn } from './board-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

describeInBrowser('the board', () => {
  const home = useHome((browser) => createBoardHome(browser));

  const archive = (page: Page) => page.getByText('Archive', { exact: true });

  it('orders drafts and starts them at a place in the queue, by mouse', async () => {
    await home.fillSlots();
    const [one, two, three] = [await home.draft('One'), await home.draft('Two'), await home.draft('Three')];
    const { page, problems } = await home.open();
    await drag(page, card(page, 'Three'), card(page, 'One'), 'top');
    // Nothing else takes a draft, and it can be seen.
    for (const name of ['Running', 'Review', 'Failed']) {
      expect(await column(page, name).getAttribute('data-inert')).toBe('true');
    }
    expect(await column(page, 'Queued').getAttribute('data-inert')).toBeNull();
    await page.mouse.up();
    await expect.poll(() => titlesIn(page, 'Draft')).toEqual(['Three', 'One', 'Two']);
    await expect.poll(() => home.ranked('draft')).toEqual([three.id, one.id, two.id]);

    await drag(page, card(page, 'One'), column(page, 'Queued'), 'middle');
    await page.mouse.up();
    await expect.poll(() => titlesIn(page, 'Queued')).toEqual(['One']);
    await drag(page, card(page, 'Two'), card(page, 'One'), 'top');
    await page.mouse.up();
    await expect.poll(() => home.ranked('queued')).toEqual([two.id, one.id]);
    expect(await titlesIn(page, 'Queued')).toEqual(['Two', 'One']);

    // A queued task does not become a draft again.
    await drag(page, card(page, 'Two'), card(page, 'Three'), 'top');
    expect(await column(page, 'Draft').getAttribute('data-inert')).toBe('true');
    expect(await archive(page).count()).toBe(0);
    await page.mouse.up();
    expect(await titlesIn(page, 'Draft')).toEqual(['Three']);
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
    await drag(page, card(page, 'One'), column(page, 'Queued'), 'middle');
    await page.mouse.up();
    await expect.poll(() => titlesIn(page, 'Queued')).toEqual(['One']);
    hear();
    await page.getByText(/is already under way|has already run/).waitFor();
    await column(page, 'Review').locator('[data-task]', { hasText: 'One' }).waitFor();
  });

  it('orders, starts and archives by keyboard, and says where the task is', async () => {
    await home.fillSlots();
    const [one, two] = [await home.draft('One'), await home.draft('Two')];
    const { page, problems } = await home.open();
    const said = page.locator('[aria-live=assertive]', { hasText: /./ });
    await card(page, 'One').focus();
    await page.keyboard.press('m');
    await expect.poll(() => said.innerText()).toMatch(/^Moving “One”\. Draft, place 1 of 2\./);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => said.innerText()).toBe('Draft, place 2 of 2.');
    await page.keyboard.press('Enter');
    await expect.poll(() => home.ranked('draft')).toEqual([two.id, one.id]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('One');

    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => said.innerText()).toBe('Queued, place 1 of 1.');
    await page.keyboard.press('Escape');
    await expect.poll(() => said.innerText()).toBe('Nothing was moved.');
    expect(await home.ranked('draft')).toEqual([two.id, one.id]);
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect.poll(() => home.ranked('queued')).toEqual([one.id]);

    await card(page, 'Two').focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => said.innerText()).toBe('Archive.');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await home.host.get(two.id)).archivedAt).not.toBeNull();
    expect(problems).toEqual([]);
  });

  it('archives what is dropped there, brings it back, and shows what is archived', async () => {
    const done = await home.finished('Finished');
    await home.draft('Stays');
    const { page, problems } = await home.open();
    const archivedAt = async () => (await home.host.get(done.id)).archivedAt;
    const putAway = async () => {
      await lift(page, card(page, 'Finished'));
      const box = await archive(page).boundingBox();
      await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20, { steps: 5 });
      await page.mouse.up();
      await card(page, 'Finished').waitFor({ state: 'detached' });
      await until(async () => (await archivedAt()) !== null, 'the archive');
    };
    await putAway();
    await page.getByRole('button', { name: 'Undo' }).click();
    await column(page, 'Review').locator('[data-task]', { hasText: 'Finished' }).waitFor();
    expect(await archivedAt()).toBeNull();

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
    await column(page, 'Review').locator('[data-task]', { hasText: 'Finished' }).waitFor();
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

  it('filters by what needs a person, and says what to do where nothing is left', async () => {
    const { page } = await home.open();
    await page.getByText('No tasks yet').waitFor();
    await home.draft('A quiet one');
    const blocked = await home.draft('A blocked one', ['Publish']);
    const { api } = home.host.core;
    must(await api.items.set({ taskId: blocked.id, itemId: '1', status: 'blocked', reason: 'No password' }, USER));
    must(await api.tasks.start({ taskId: blocked.id }, USER));
    await column(page, 'Needs you').getByText('No password').waitFor();
    await page.getByRole('button', { name: /^Needs you/ }).click();
    await expect.poll(() => page.locator('[data-task]').count()).toBe(1);
    const filters = page.getByRole('toolbar', { name: 'Filters' });
    await filters.getByText('1 task', { exact: true }).waitFor();
    // There is a draft, which is only left out.
    expect(await column(page, 'Draft').innerText()).toContain('No matching tasks.');
    await page.getByLabel('Search tasks').fill('quiet');
    await page.getByText('No tasks match the filters').waitFor();
    await page.getByRole('button', { name: 'Remove filter Needs you' }).click();
    await card(page, 'A quiet one').waitFor();
    await filters.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('[data-task]').count()).toBe(2);
    expect(await filters.count()).toBe(0);
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
    await column(page, 'Draft').hover();
    await page.getByRole('button', { name: 'Fold Draft' }).click();
    await card(page, 'One').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Unfold Draft' }).click();
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
    await archive(page).waitFor();
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
    await page.getByRole('tab', { name: 'Draft 1' }).click();
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
    await card(page, 'One').waitFor();
    for (const name of ['Draft', 'Queued', 'Running', 'Needs you', 'Review', 'Done', 'Failed']) {
      const box = await column(page, name).boundingBox();
      expect((box?.x ?? width) + (box?.width ?? width), name).toBeLessThanOrEqual(width);
    }
  });
});
