import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { must, USER } from '../support/host.ts';
import { GIT_ENVIRONMENT } from '../support/repository.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { createScriptedHome, type ScriptedAgent } from './scripted-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

const TABS = ['Conversation', 'Checklist', 'Changes', 'Log', 'Details'];

/** Something that is waited for, and told when it has come. */
function createGate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
}

describeInBrowser('the tabs of a task', () => {
  const home = useHome(createScriptedHome);

  const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  const git = ({ cwd }: ScriptedAgent, ...args: string[]) =>
    promisify(execFile)('git', args, { cwd, env: { ...GIT_ENVIRONMENT } });
  const api = () => home.host.core.api;

  it('changes the checklist while the agent works, by keyboard alone', async () => {
    const gate = createGate();
    home.play(() => gate.passed.then(() => undefined));
    const items = Array.from({ length: 200 }, (_, at) => ({ text: `Step ${at + 1}` }));
    const { id } = await home.create({ goal: 'Steps', items, limits: { maxRetries: 0 } });
    const { page, problems } = await home.open(id);
    await tab(page, 'Checklist');
    const list = page.getByRole('list', { name: 'Items' });
    expect(await list.getByRole('listitem').count()).toBeLessThan(40);
    await page.getByRole('button', { name: 'Change “Step 1”', exact: true }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Change “Step 2”');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Block…' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByLabel('Why is it blocked?').fill('Not decided');
    await page.keyboard.press('Control+Enter');
    await page.getByLabel('Why is it blocked?').waitFor({ state: 'detached' });
    const second = list.getByRole('listitem').nth(1);
    await second.getByText('Not decided').waitFor();
    await page.getByRole('button', { name: 'Change “Step 2”', exact: true }).press('Enter');
    await page.getByRole('menuitem', { name: 'Unblock' }).click();
    await second.getByText('To do: Step 2').waitFor();
    // Its tick does it, and undoes it.
    await second.getByRole('checkbox', { name: 'Step 2', checked: false }).press('Enter');
    await second.getByRole('checkbox', { name: 'Step 2', checked: true }).press('Enter');
    await second.getByRole('checkbox', { name: 'Step 2', checked: false }).waitFor();
    await page.getByRole('button', { name: 'Change “Step 2”', exact: true }).press('Enter');
    await page.getByRole('menuitem', { name: 'Add a note…' }).click();
    await page.getByLabel('Note').fill('Mind the gap');
    await page.keyboard.press('Control+Enter');
    await page.getByText('You: Mind the gap').waitFor();
    await page.getByLabel('New item').fill('One more');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await home.host.get(id)).items.length).toBe(201);
    expect((await home.host.get(id)).status).toBe('running');
    gate.open();
    await home.host.settled(id);
    expect(problems).toEqual([]);
  });

  it('goes on when a person has opened the last blocked item', async () => {
    home.play(async () => undefined);
    const { id } = await home.create({ goal: 'Blocked', items: [{ text: 'One' }] }, false);
    must(await api().items.set({ taskId: id, itemId: '1', status: 'blocked', reason: 'Ask first' }, USER));
    must(await api().tasks.start({ taskId: id }, USER));
    expect((await home.host.settled(id)).outcome?.code).toBe('item-blocked');
    const { page } = await home.open(id);
    await tab(page, 'Checklist');
    await page.getByRole('button', { name: 'Unblock' }).click();
    await expect.poll(async () => (await home.host.get(id)).runCount).toBe(2);
    await home.host.settled(id);
  });

  it('shows what changes as the agent changes it: text, binary, moved and huge files', async () => {
    const [first, second] = [createGate(), createGate()];
    home.play(async (agent) => {
      await first.passed;
      await mkdir(path.join(agent.cwd, 'src'), { recursive: true });
      await writeFile(path.join(agent.cwd, 'src', 'new.ts'), 'export const answer = 42;\n');
      agent.call('Write', { file_path: 'src/new.ts' }, 'Done.');
      await second.passed;
      await git(agent, 'mv', 'README.md', 'MOVED.md');
      await writeFile(path.join(agent.cwd, 'picture.bin'), Buffer.from([0, 1, 2, 0xff]));
      await writeFile(path.join(agent.cwd, 'huge.txt'), 'abc\n'.repeat(400_000));
      for (let no = 0; no < 300; no += 1) await writeFile(path.join(agent.cwd, `part-${no}.txt`), `${no}\n`);
      agent.call('Bash', { command: 'make everything' }, 'Done.');
      return undefined;
    });
    const { id } = await home.create({ goal: 'Change things' });
    const { page, problems } = await home.open(id);
    await tab(page, 'Changes');
    await page.getByText('No changes yet.').waitFor();
    first.open();
    const files = page.getByRole('listbox', { name: 'Changed files' });
    await files.getByRole('option', { name: /src\/new\.ts/ }).waitFor();
    await page.getByText('1 file+1', { exact: true }).waitFor();
    await page.locator('[data-kind=added]', { hasText: 'export const answer = 42;' }).waitFor();
    second.open();
    await page
      .getByText(/^305 files/)
      .first()
      .waitFor();
    expect(await files.getByRole('option').count()).toBeLessThan(60);
    // The one that was looked at stays the one, and the keys go on from it.
    expect(await page.getByRole('region', { name: 'Differences of src/new.ts' }).count()).toBe(1);
    await files.press('End');
    await files.press('ArrowUp');
    await page.getByRole('region', { name: 'Differences of README.md' }).waitFor();
    await page.getByText('The file is deleted').waitFor();
    await files.press('ArrowUp');
    await page.getByText('A binary file cannot be shown here.').waitFor();
    await files.press('Home');
    await page.getByText('Only the first megabyte of the differences is shown.').waitFor();
    await page.getByText('Only the first 20,000 lines are shown.').waitFor();
    expect(await page.locator('[data-kind=added]').count()).toBeLessThan(120);
    await files.press('ArrowDown');
    await page.getByRole('region', { name: 'Differences of MOVED.md' }).waitFor();
    await files.getByRole('option', { name: /^new.*MOVED\.md/ }).waitFor();
    // As people count: 2 before 10.
    await files.press('ArrowDown');
    await files.press('ArrowDown');
    await files.press('ArrowDown');
    await page.getByRole('region', { name: 'Differences of part-2.txt' }).waitFor();
    await home.host.settled(id);
    expect(problems).toEqual([]);
  });

  it('shows what one turn has changed, chosen by keyboard, also when the workspace is gone', async () => {
    let turn = 0;
    home.play(async ({ cwd }) => {
      turn += 1;
      if (turn === 1) await writeFile(path.join(cwd, 'first.txt'), 'one\n');
      if (turn === 3) await writeFile(path.join(cwd, 'first.txt'), 'three\n');
      return undefined;
    });
    const { id } = await home.create({ goal: 'Turns', items: [{ text: 'Never' }], limits: { maxRetries: 2 } });
    const { workspace } = await home.host.settled(id);
    const { page, problems } = await home.open(id);
    await tab(page, 'Changes');
    const which = page.getByRole('combobox', { name: 'Which changes' });
    await expect.poll(() => which.inputValue()).toBe('All changes');
    await page.locator('[data-kind=added]', { hasText: 'three' }).waitFor();
    const list = page.getByRole('listbox', { name: 'Which changes' });
    const choose = async (name: string) => {
      const option = list.getByRole('option', { name, exact: true });
      const isAt = async () => (await option.getAttribute('data-combobox-selected')) !== null;
      await which.press('ArrowDown');
      await list.locator('[data-combobox-selected]').waitFor();
      while (!(await isAt())) await which.press('ArrowDown');
      await which.press('Enter');
      await list.waitFor({ state: 'hidden' });
      await expect.poll(() => which.inputValue()).toBe(name);
    };
    await which.focus();
    await which.press('Enter');
    const options = list.getByRole('option');
    expect(await options.allTextContents()).toEqual(['All changes', 'Turn 1', 'Turn 2 (no changes)', 'Turn 3']);
    await which.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await choose('Turn 1');
    await page.locator('[data-kind=added]', { hasText: 'one' }).waitFor();
    await choose('Turn 2 (no changes)');
    await page.getByText('This turn changed nothing.').waitFor();
    await choose('Turn 3');
    await page.locator('[data-kind=removed]', { hasText: 'one' }).waitFor();
    await page.locator('[data-kind=added]', { hasText: 'three' }).waitFor();
    must(await api().workspaces.remove({ workspaceId: workspace?.id ?? '', discard: true }, USER));
    await choose('Turn 3');
    await page.locator('[data-kind=added]', { hasText: 'three' }).waitFor();
    await page.reload();
    await tab(page, 'Changes');
    await page.getByText(/was removed\./).waitFor();
    await choose('Turn 1');
    await page.locator('[data-kind=added]', { hasText: 'one' }).waitFor();
    expect(await seriousInForms(page, FORMS.wide)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('tells every event, finds those of a kind or with words in the whole log, and copies them', async () => {
    home.play(async (agent) => {
      agent.say('A rare word: zebra');
      for (let no = 0; no < 700; no += 1) agent.call('Bash', { command: `step ${no}` }, 'ok');
      return undefined;
    });
    const { id } = await home.create({ goal: 'Log', items: [{ text: 'One' }], limits: { maxRetries: 0 } });
    await home.host.settled(id);
    const { page, problems } = await home.open(id);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await tab(page, 'Log');
    const events = page.getByRole('region', { name: 'Events' });
    await events.getByText(/^Failed\./).waitFor();
    await page.getByLabel('Filter events').fill('zebra');
    await events.getByText('Agent: A rare word: zebra').waitFor();
    expect(await events.locator('[data-index]').count()).toBe(1);
    await events.getByRole('button', { name: 'Copy this entry as JSON' }).click();
    await expect.poll(async () => JSON.parse((await copied()) || '{}').event?.type).toBe('entry.text');
    // What comes while it is filtered comes too.
    must(await api().items.note({ taskId: id, itemId: '1', text: 'another zebra' }, USER));
    await events.getByText('Note on item 1 by you: another zebra').waitFor();
    await page.getByLabel('Filter events').fill('');
    await page.getByRole('combobox', { name: 'Kind of event' }).click();
    await page.getByRole('option', { name: 'Checklist' }).click();
    await expect.poll(() => events.locator('[data-index]').count()).toBe(1);
    await page.getByRole('combobox', { name: 'Kind of event' }).click();
    await page.getByRole('option', { name: 'Every kind' }).click();
    await page.getByRole('button', { name: 'Copy as JSON', exact: true }).click();
    const log = await home.host.log(id);
    // A call and its result are one row.
    expect(await events.getByText(/^Bash step 699/).count()).toBe(1);
    await expect.poll(async () => JSON.parse(await copied()).length).toBe(log.length);
    expect(JSON.parse(await copied())).toEqual(log);
    expect(problems).toEqual([]);
  });

  it('changes what a task may use while it runs', async () => {
    const gate = createGate();
    home.play(() => gate.passed.then(() => undefined));
    const { id } = await home.create({ goal: 'Go on', limits: { maxProcesses: 500 } });
    const { page, problems } = await home.open(id);
    await tab(page, 'Details');
    await page.getByText('500 processes').waitFor();
    await page.getByRole('button', { name: 'Change the limits' }).click();
    const memory = page.getByRole('textbox', { name: 'Memory limit' });
    await memory.fill('a lot');
    await memory.press('Enter');
    await page.getByText('Write a size such as 4 GB').waitFor();
    await memory.press('Escape');
    await page.getByText('500 processes').waitFor();
    await page.getByRole('button', { name: 'Change the limits' }).press('Enter');
    await memory.fill('8 GB');
    await page.getByRole('textbox', { name: 'Process limit' }).fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('8 GB of memory').waitFor();
    const { limits, status } = await home.host.get(id);
    expect({ ...limits, status }).toMatchObject({ maxMemory: 8e9, maxProcesses: null, status: 'running' });
    gate.open();
    expect(problems).toEqual([]);
  });

  it('tells the details, opens the workspace, and says how every run ended', async () => {
    home.play(async ({ say }) => {
      say('Done.');
      return undefined;
    });
    must(await api().settings.set({ key: 'desktop.editor', value: ['/bin/true'] }, USER));
    const { id } = await home.create({ goal: 'Tell' });
    await home.host.settled(id);
    must(await api().tasks.rerun({ taskId: id }, USER));
    const task = await home.host.settled(id);
    const { page, problems } = await home.open(id);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tab(page, 'Details');
    await page.getByRole('button', { name: 'Advanced' }).click();
    for (const [name, value] of [
      ['session', task.sessionId],
      ['branch', task.workspace?.branch],
      ['workspace', task.workspace?.path],
    ]) {
      // By key: what was copied before is told over it.
      await page.getByRole('button', { name: `Copy ${name}`, exact: true }).press('Enter');
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    }
    await expect.poll(() => page.getByRole('row', { name: /^[12], .*Finished/ }).count()).toBe(2);
    await page.getByRole('row', { name: /^2, from scratch.*The turn ended well/ }).waitFor();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open in editor' }).click();
    await page.getByRole('alert').filter({ hasNotText: 'Copied' }).first().waitFor();
    expect(problems).toEqual([]);
  });

  it('puts a task away and brings it back, and asks only where something would be lost', async () => {
    home.play(async (agent) => {
      await writeFile(path.join(agent.cwd, 'kept.txt'), 'work\n');
      return undefined;
    });
    const { id } = await home.create({ goal: 'Keep my work' });
    await home.host.settled(id);
    const { page, problems } = await home.open(id);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).click();
    await expect.poll(async () => (await home.host.get(id)).archivedAt).not.toBeNull();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await home.host.get(id)).archivedAt).toBeNull();

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this task?' });
    await dialog.getByText('the task, the log of its run', { exact: true }).waitFor();
    await dialog.getByText(/^the folder .* and its branch .*, with 1 file not committed$/).waitFor();
    await dialog.getByLabel(/^Remove the workspace/).click();
    await dialog.getByText(/^the folder .*, with what git ignores in it$/).waitFor();
    await dialog.getByText(/^the branch .*; what is not committed \(1 file\) is committed to it first$/).waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(async () => (await api().tasks.get({ taskId: id }, USER)).ok).toBe(false);
    const branch = (await home.host.repository.git('branch', '--list', '*keep-my-work')).replace(/[*+ ]/g, '');
    expect(await home.host.repository.git('show', `${branch}:kept.txt`)).toBe('work');

    const draft = await home.create({ goal: 'Only a draft', items: [{ text: 'One', check: ['true'] }] }, false);
    await page.evaluate((taskId) => {
      location.hash = `#/tasks/${taskId}`;
    }, draft.id);
    await page.getByRole('heading', { name: 'Only a draft' }).waitFor();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await expect.poll(async () => (await api().tasks.get({ taskId: draft.id }, USER)).ok).toBe(false);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Only a draft' }).waitFor();
    const again = must(await api().tasks.list({ search: 'Only a draft', limit: 10 }, USER)).tasks[0];
    expect(await home.host.get(again?.id ?? '')).toMatchObject({
      status: 'draft',
      goal: 'Only a draft',
      items: [{ text: 'One', check: ['true'] }],
    });
    expect(problems).toEqual([]);
  });

  it('have nothing serious against them for axe and fit, light and wide, dark and narrow', async () => {
    home.play(async (agent) => {
      agent.think('Hm');
      agent.call('Bash', { command: 'false' }, 'It failed', { ok: false });
      agent.call('Edit', { file_path: `${agent.cwd}/a`, old_string: 'a', new_string: 'b' }, 'Done.');
      agent.say(
        'See [there](https://example.invalid/):\n\n```js\nconst a = "b"; // c\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |',
      );
      await writeFile(path.join(agent.cwd, 'a'), 'b\n');
      return undefined;
    });
    const items = [{ text: 'One', check: ['true'] }, { text: 'Two' }];
    const { id } = await home.create({ goal: 'Look at it', items, limits: { maxRetries: 1 } });
    await home.host.settled(id);
    must(await api().items.set({ taskId: id, itemId: '2', status: 'blocked', reason: 'Why' }, USER));
    const { page, problems } = await home.open(id);
    for (const name of TABS) {
      await tab(page, name);
      const panel = page.getByRole('tabpanel');
      await panel.locator('*').first().waitFor();
      if (name === 'Conversation') {
        await page.keyboard.press('Control+f');
        await page.getByLabel('Find in conversation').fill('failed');
        await page.getByText(/^1 of/).waitFor();
        await panel.locator('button[aria-expanded=false]').first().click();
      }
      if (name === 'Changes') await panel.getByRole('option').first().waitFor();
      expect(await seriousInForms(page, FORMS.utmost, '[aria-label=Task]'), name).toEqual([]);
    }
    expect(problems).toEqual([]);
  });
});
