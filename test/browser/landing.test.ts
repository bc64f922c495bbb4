import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FORMS, seriousInForms } from './axe.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

describeInBrowser('landing', () => {
  const home = useHome(createWindowHome);

  async function aFinishedTask(title: string) {
    await home.repository.git('config', 'user.name', 'Somebody');
    await home.repository.git('config', 'user.email', 'somebody@example.invalid');
    const { id } = await home.client.tasks.create({
      projectId: home.projectId,
      goal: `${title}\n\ndemo: instant`,
      items: [{ text: 'One thing' }],
      agent: { agent: 'demo' },
      base: 'main',
      start: true,
    });
    const get = async () => (await home.client.tasks.get({ taskId: id })).task;
    await expect.poll(async () => (await get()).status, { timeout: 60_000 }).toBe('completed');
    return { id, get, folder: (await get()).workspace?.path ?? '' };
  }

  it('is previewed, done and undone by key, with the files of the checkout when that is said', async () => {
    const { id, get, folder } = await aFinishedTask('Bring it home');
    await writeFile(join(folder, 'by-hand.txt'), 'mine\n');
    const tip = () => home.repository.git('rev-parse', 'main');
    const begin = await tip();
    const { page, problems } = await home.open({ hash: `#/tasks/${id}` });
    await page.getByRole('button', { name: 'Land…' }).waitFor();
    await page.keyboard.press('g');
    const dialog = page.getByRole('dialog', { name: 'Land' });
    await dialog.getByText('by-hand.txt', { exact: true }).waitFor();
    const land = dialog.getByRole('button', { name: 'Land', exact: true });
    expect(await land.isDisabled()).toBe(true);
    expect(await seriousInForms(page, FORMS.utmost)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await dialog.getByText('Squash').click();
    await dialog.getByRole('textbox', { name: 'Commit message' }).fill('Mine instead');
    await dialog.getByRole('checkbox').check();
    await land.click();
    await dialog.waitFor({ state: 'detached' });
    expect(await home.repository.git('log', '-1', '--format=%s', 'main')).toBe('Mine instead');
    expect(await home.repository.git('status', '--porcelain')).toBe('');
    const landed = `Landed on main (${(await tip()).slice(0, 7)})`;
    await page.getByRole('main').getByText(landed, { exact: true }).first().waitFor();
    expect((await get()).landing?.before).toBe(begin);
    await page.keyboard.press('Escape');
    await page.locator(`[data-task="${id}"]`).getByText(landed, { exact: true }).waitFor();
    await page.locator(`[data-task="${id}"]`).click();

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Undo landing…' }).click();
    const asked = page.getByRole('dialog', { name: 'Undo the landing?' });
    await asked.getByRole('button', { name: 'Undo landing' }).click();
    await asked.getByText(/is checked out in/).waitFor();
    await asked.getByRole('checkbox').check();
    await asked.getByRole('button', { name: 'Undo landing' }).click();
    await asked.waitFor({ state: 'detached' });
    expect(await tip()).toBe(begin);
    await page.getByRole('button', { name: 'Land…' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('names what is in conflict, and lands nothing', async () => {
    const { id, folder } = await aFinishedTask('Against the grain');
    const begin = await home.repository.git('rev-parse', 'main');
    await writeFile(join(folder, 'README.md'), 'ours\n');
    await writeFile(join(home.repository.path, 'README.md'), 'theirs\n');
    await home.repository.git('-c', 'user.name=A', 'commit', '--quiet', '--all', '--message', 'Theirs');
    const { page, problems } = await home.open({ hash: `#/tasks/${id}` });
    await page.getByRole('button', { name: 'Land…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Land' });
    await dialog.getByText('README.md: Merge conflict in README.md').waitFor();
    await dialog.getByText('The work conflicts with main in 1 file.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Land', exact: true }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await home.repository.git('reset', '--quiet', '--hard', begin);
    expect(problems).toEqual([]);
  });
});
