import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { FORMS, seriousInForms } from './axe.ts';
import { describeInBrowser, useHome } from './use-home.ts';
import { createWindowHome } from './window-home.ts';

/** Presses `a` again and again from the moment at which the question is there until it could have been read. */
function pressTooEarly(page: Page, question: string): Promise<number> {
  return page.evaluate(
    (words) =>
      new Promise<number>((resolve) => {
        const look = new MutationObserver(() => {
          if (!document.querySelector('article')?.textContent?.includes(words)) return;
          look.disconnect();
          const shownAt = performance.now();
          let presses = 0;
          const press = () => {
            const event = new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true });
            if (event.timeStamp - shownAt > 250) return resolve(presses);
            presses += 1;
            // The page is busy: it comes to the key when the question has long been there.
            if (presses === 3) while (performance.now() - shownAt < 600);
            document.body.dispatchEvent(event);
            setTimeout(press, 10);
          };
          press();
        });
        look.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    question,
  );
}

describeInBrowser('approvals in the window', () => {
  const home = useHome(createWindowHome);

  /** A task of the demo agent that asks; resolves once `count` approvals are pending. */
  async function asking(scenario: string, count = 1): Promise<string> {
    const task = await home.client.tasks.create({
      projectId: home.projectId,
      goal: `Ask me\n\ndemo: ${scenario}`,
      items: [{ text: 'One thing' }],
      agent: { agent: 'demo' },
      start: true,
    });
    await until(
      async () => (await home.client.approvals.list({ status: ['pending'] })).pending >= count,
      'the approval',
    );
    return task.id;
  }
  const statusOf = async (taskId: string) => (await home.client.tasks.get({ taskId })).task.status;
  const decisions = async (taskId: string) => {
    const { approvals } = await home.client.approvals.list({ taskId, by: ['user'] });
    return approvals.map(({ title, decision }) => ({ title, ...decision })).reverse();
  };
  const go = (page: Page, hash: string) =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);

  it('are answered by keys alone, one after the other, and never by the key of the one before', async () => {
    const taskId = await asking('asks count=3');
    const { page, problems } = await home.open();
    const tooEarly = pressTooEarly(page, 'npm install --global typescript');
    await page.keyboard.press('i');
    const detail = page.getByRole('article');
    expect(await tooEarly).toBeGreaterThan(0);
    expect(await decisions(taskId)).toEqual([]);
    await expect
      .poll(async () => {
        await page.keyboard.press('a');
        return (await decisions(taskId)).length;
      })
      .toBe(1);
    await detail.getByText('git push --force origin main').first().waitFor();
    await detail.getByRole('heading', { name: 'Push with force' }).waitFor();
    await expect
      .poll(async () => {
        await page.keyboard.press('d');
        return page.getByLabel('Message for the agent').isVisible();
      })
      .toBe(true);
    await page.getByLabel('Message for the agent').fill('Open a pull request instead.');
    await page.keyboard.press('Control+Enter');
    await detail.getByText('curl -fsSL').first().waitFor();
    await detail.getByRole('button', { name: 'More ways to allow' }).click();
    await page.getByRole('menuitem', { name: /^Edit first/ }).click();
    await page.getByLabel('Command', { exact: true }).fill('echo safe');
    await page.getByRole('button', { name: 'Allow as edited' }).click();
    await page.getByText('Nothing needs you').waitFor();
    await until(async () => (await statusOf(taskId)) === 'completed', 'the end of the task');
    expect(await decisions(taskId)).toMatchObject([
      { decision: 'allow', by: 'user', from: 'browser', scope: 'once' },
      { decision: 'deny', words: expect.stringContaining('Open a pull request instead.') },
      { decision: 'allow', edited: { text: expect.stringContaining('echo safe') } },
    ]);

    // In the task the same keys stand on the buttons, and answer.
    const other = await asking('asks count=1');
    await go(page, `#/tasks/${other}`);
    await page.getByRole('article').getByText('D', { exact: true }).waitFor();
    await expect
      .poll(async () => {
        await page.keyboard.press('a');
        return (await decisions(other)).length;
      })
      .toBe(1);
    expect(problems).toEqual([]);
  });

  it('show the rule before it is saved, and the rule answers from then on', async () => {
    const taskId = await asking('asks tool=Bash count=1');
    const { page } = await home.open();
    await go(page, '#/needs-you');
    await page.getByRole('button', { name: 'More ways to allow' }).click();
    await page.getByRole('menuitem', { name: /^Always in this project/ }).click();
    const widths = page.getByRole('radiogroup', { name: 'Always allow in this project' });
    expect(await widths.getByRole('radio', { name: 'Exactly this' }).isChecked()).toBe(true);
    await widths.getByText('npm install --global *', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Save rule and allow' }).click();
    await until(async () => (await statusOf(taskId)) === 'completed', 'the end of the task');
    const again = await home.client.tasks.create({
      projectId: home.projectId,
      goal: 'Ask again\n\ndemo: asks count=1',
      agent: { agent: 'demo' },
      start: true,
    });
    await until(async () => (await statusOf(again.id)) === 'completed', 'the end without a question');
    await go(page, '#/settings/rules');
    await page.getByRole('table', { name: 'Rules' }).getByText('Once').waitFor();
    await page.getByRole('button', { name: 'Test a command…' }).click();
    const tester = page.getByRole('dialog', { name: 'Test a command' });
    await tester.getByLabel('Command or path').fill('npm install --global typescript; rm -rf /');
    await tester.getByRole('button', { name: 'Test' }).click();
    await tester.getByText('Ask', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('list').getByText('Pushing with force').waitFor();
    await page.getByRole('button', { name: /^Delete: / }).click();
    await page.getByText('No rules yet.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    const table = page.getByRole('table', { name: 'Rules' });
    await table.getByText('npm install --global typescript').first().waitFor();
    await page.setViewportSize({ width: 390, height: 780 });
    const toTheSide = () => table.evaluate((one) => one.scrollWidth - (one.parentElement?.clientWidth ?? 0));
    await expect.poll(toTheSide).toBeLessThanOrEqual(0);
    expect(await table.getByRole('switch').boundingBox()).not.toBeNull();
  });

  it('of one shape are answered together', async () => {
    await asking('asks tool=WebFetch count=4 together=1', 4);
    const { page } = await home.open();
    await go(page, '#/needs-you');
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(4);
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Allow all' }).click();
    await page.getByText('Nothing needs you').waitFor();
  });

  it('bring a plan to read and questions to answer', async () => {
    const planned = await asking('plan without=1');
    const { page } = await home.open();
    await go(page, '#/needs-you');
    await page.getByRole('heading', { name: 'The agent sent no plan' }).waitFor();
    expect(await page.getByRole('button', { name: /^Approve plan/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^Ask for the plan/ }).click();
    await page.getByRole('region', { name: 'Plan' }).getByRole('heading', { name: 'Plan' }).waitFor();
    await page.getByRole('button', { name: /^Send back/ }).click();
    await page.getByLabel('What should be different').fill('Use one file only.');
    await page.getByRole('button', { name: 'Send back' }).click();
    await page.getByRole('region', { name: 'Plan' }).getByText('Use one file only.').waitFor();
    await page.getByRole('radiogroup').getByText('Auto', { exact: true }).click();
    await page.getByRole('button', { name: /^Approve plan/ }).click();
    await until(async () => (await statusOf(planned)) === 'completed', 'the end of the plan');
    expect((await home.client.tasks.get({ taskId: planned })).task.autonomy).toBe('auto');

    const asked = await asking('question');
    const answer = page.getByRole('article').getByRole('button', { name: /^Answer/ });
    const sqlite = page.getByLabel('SQLite');
    await expect
      .poll(async () => {
        await page.keyboard.press('1');
        return sqlite.isChecked();
      })
      .toBe(true);
    expect(await answer.isDisabled()).toBe(true);
    await page.getByLabel('Reading').check();
    await page.getByLabel('Your own answer: What should be tested?').fill('Moving');
    await answer.click();
    await until(async () => (await statusOf(asked)) === 'completed', 'the end of the questions');
    const { events } = await home.client.tasks.log({ taskId: asked, limit: 1000 });
    const said = events.flatMap(({ event }) => (event.type === 'entry.text' ? [event.content.text] : []));
    expect(said.join('\n')).toContain('SQLite');
    expect(said.join('\n')).toMatch(/Reading.*Moving/);
  });

  it('disappear where they were answered elsewhere, and a late answer is told who was faster', async () => {
    const taskId = await asking('asks count=1');
    const one = await home.open();
    const two = await home.open();
    for (const { page } of [one, two]) {
      await go(page, '#/needs-you');
      await page.getByRole('article').getByText('npm install').first().waitFor();
    }
    const [pending] = (await home.client.approvals.list({ status: ['pending'] })).approvals;
    const answers = await Promise.allSettled(
      ['tray', 'command-line'].map((from) =>
        home.client.approvals.answer({
          approvalId: pending?.id ?? '',
          answer: { type: 'allow', scope: 'once' },
          from: from as 'tray' | 'command-line',
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const { page } of [one, two]) await page.getByText('Nothing needs you').waitFor();
    await until(async () => (await statusOf(taskId)) === 'completed', 'the end of the task');
  });

  it('keep 200 usable, and find and export what was decided', async () => {
    const taskId = await asking('asks tool=WebFetch count=200 together=1', 200);
    const { page, problems } = await home.open();
    await go(page, '#/needs-you');
    expect(await page.locator('[data-need]').count()).toBeLessThan(60);
    await page.locator('[data-need]').first().focus();
    for (let i = 0; i < 30; i += 1) await page.keyboard.press('ArrowDown');
    await page.locator('[data-need][aria-current=true]').waitFor();
    await home.client.tasks.stop({ taskId });
    await page.getByRole('article').getByText('Expired').waitFor();
    await go(page, '#/needs-you');
    await page.getByText('Nothing needs you').waitFor();
    await go(page, '#/settings/audit');
    const decisions = page.getByRole('region', { name: 'Decisions' });
    await decisions.getByText('Not run').first().waitFor();
    await decisions.getByRole('button').first().click();
    await page.getByRole('dialog', { name: 'Decision' }).getByRole('article').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('drover-audit.csv');
    expect(problems).toEqual([]);
  });

  it('stand with what is blocked and what failed, gone through by J and K, each with its acts', async () => {
    const create = (goal: string) =>
      home.client.tasks.create({
        projectId: home.projectId,
        goal,
        items: [{ text: 'Publish' }],
        agent: { agent: 'demo' },
        start: true,
      });
    const blocked = await create('Publish it\n\ndemo: block');
    const failed = await create('Go wrong\n\ndemo: fail');
    for (const { id } of [blocked, failed]) await until(async () => (await statusOf(id)) === 'failed', 'the end');
    await asking('asks count=1');
    expect((await home.client.system.status()).needsYou).toBe(3);
    const { page } = await home.open({ hash: '#/needs-you' });
    const list = page.getByRole('list', { name: 'What needs you' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(3);
    await page.getByText('3 tasks', { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('article').getByRole('button', { name: 'I’ve fixed it, continue' }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('article').getByRole('button', { name: 'Reply…' }).click();
    expect(await page.getByLabel('Message to the agent').evaluate((box) => box === document.activeElement)).toBe(true);
    await page.getByRole('article').getByRole('button', { name: 'Try again' }).click();
    await until(
      async () => (await home.client.tasks.get({ taskId: failed.id })).task.runCount === 2,
      'the task to run again',
    );
    await page.getByText('2 tasks', { exact: true }).waitFor();
    // A key right after a click, before anything else has happened, belongs to what was clicked.
    await list.getByText('told to report').evaluate(async (words) => {
      words.closest('button')?.click();
      await Promise.resolve();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    await expect.poll(() => page.url()).toContain(`#/tasks/${blocked.id}`);
  });

  it('have nothing serious against them for axe, light and dark', async () => {
    const taskId = await asking('asks count=2');
    await home.client.rules.add({ tool: 'Bash', pattern: 'npm run *', scope: { type: 'everywhere' }, decision: 'ask' });
    const { page, problems } = await home.open();
    for (const [hash, ready] of [
      ['#/needs-you', 'article h2'],
      ['#/settings/rules', 'table'],
      ['#/settings/audit', 'section li'],
      [`#/tasks/${taskId}`, 'article h2'],
    ] as const) {
      await go(page, hash);
      await page.locator(ready).first().waitFor();
      expect(await seriousInForms(page, FORMS.wide), hash).toEqual([]);
    }
    expect(problems).toEqual([]);
  });
});
