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
            if (performance.now() - shownAt > 250) return resolve(presses);
            presses += 1;
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true }));
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
    await page.getByRole('button', { name: 'Approvals: 1 waiting' }).click();
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
    await page.getByText('always needs approval', { exact: false }).first().waitFor();
    await expect
      .poll(async () => {
        await page.keyboard.press('d');
        return page.getByLabel('Message for the agent').isVisible();
      })
      .toBe(true);
    await page.getByLabel('Message for the agent').fill('Open a pull request instead.');
    await page.keyboard.press('Control+Enter');
    await detail.getByText('curl -fsSL').first().waitFor();
    await detail.getByRole('button', { name: /^Edit, then allow/ }).click();
    await page.getByLabel('Command', { exact: true }).fill('echo safe');
    await page.getByRole('button', { name: 'Allow as changed' }).click();
    await page.getByText('Nothing is waiting for you').waitFor();
    await until(async () => (await statusOf(taskId)) === 'completed', 'the end of the task');
    expect(await decisions(taskId)).toMatchObject([
      { decision: 'allow', by: 'user', from: 'browser', scope: 'once' },
      { decision: 'deny', words: expect.stringContaining('Open a pull request instead.') },
      { decision: 'allow', edited: { text: expect.stringContaining('echo safe') } },
    ]);
    expect(problems).toEqual([]);
  });

  it('show the rule before it is saved, and the rule answers from then on', async () => {
    const taskId = await asking('asks tool=Bash count=1');
    const { page } = await home.open();
    await go(page, '#/approvals');
    await page.getByRole('button', { name: /^Always in this project/ }).click();
    await page.getByText('From now on allowed in this project').waitFor();
    expect(await page.getByLabel('Pattern').inputValue()).toBe('npm install --global typescript');
    await page.getByRole('button', { name: 'Save the rule and allow' }).click();
    await until(async () => (await statusOf(taskId)) === 'completed', 'the end of the task');
    const again = await home.client.tasks.create({
      projectId: home.projectId,
      goal: 'Ask again\n\ndemo: asks count=1',
      agent: { agent: 'demo' },
      start: true,
    });
    await until(async () => (await statusOf(again.id)) === 'completed', 'the end without a question');
    await go(page, '#/rules');
    await page.getByRole('table', { name: 'Rules' }).getByText('Once').waitFor();
    await page.getByLabel('Command or path').fill('npm install --global typescript; rm -rf /');
    await page.getByRole('button', { name: 'Try' }).click();
    await page.getByText('Ask', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: /^Delete rule/ }).click();
    await page.getByText('No rules yet.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('table', { name: 'Rules' }).getByText('npm install --global typescript').first().waitFor();
  });

  it('of one shape are answered together', async () => {
    await asking('asks tool=WebFetch count=4 together=1', 4);
    const { page } = await home.open();
    await go(page, '#/approvals');
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(4);
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Allow all' }).click();
    await page.getByText('Nothing is waiting for you').waitFor();
  });

  it('bring a plan to read and questions to answer', async () => {
    const planned = await asking('plan without=1');
    const { page } = await home.open();
    await go(page, '#/approvals');
    await page.getByRole('heading', { name: 'The agent sent no plan' }).waitFor();
    expect(await page.getByRole('button', { name: /^Approve the plan/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^Ask for the plan/ }).click();
    await page.getByRole('region', { name: 'Plan' }).getByRole('heading', { name: 'Plan' }).waitFor();
    await page.getByRole('button', { name: /^Send back/ }).click();
    await page.getByLabel('What should be different').fill('Use one file only.');
    await page.getByRole('button', { name: 'Send back' }).click();
    await page.getByText('Use one file only.').waitFor();
    await page.getByRole('radiogroup').getByText('Auto', { exact: true }).click();
    await page.getByRole('button', { name: /^Approve the plan/ }).click();
    await until(async () => (await statusOf(planned)) === 'completed', 'the end of the plan');
    expect((await home.client.tasks.get({ taskId: planned })).task.autonomy).toBe('auto');

    const asked = await asking('question');
    await page.getByLabel('SQLite').check();
    await page
      .getByRole('article')
      .getByRole('button', { name: /^Answer/ })
      .click();
    await page.getByText('Answer every question first.').waitFor();
    await page.getByLabel('Reading').check();
    await page.getByLabel('Own words: What should be tested?').fill('Moving');
    await page
      .getByRole('article')
      .getByRole('button', { name: /^Answer/ })
      .click();
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
      await go(page, '#/approvals');
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
    for (const { page } of [one, two]) await page.getByText('Nothing is waiting for you').waitFor();
    await until(async () => (await statusOf(taskId)) === 'completed', 'the end of the task');
  });

  it('keep 200 usable, and find and export what was decided', async () => {
    const taskId = await asking('asks tool=WebFetch count=200 together=1', 200);
    const { page, problems } = await home.open();
    await go(page, '#/approvals');
    await page.getByText('Waiting (200)').waitFor();
    expect(await page.locator('[data-approval]').count()).toBeLessThan(60);
    await page.locator('[data-approval]').first().focus();
    for (let i = 0; i < 30; i += 1) await page.keyboard.press('ArrowDown');
    await page.locator('[data-approval][aria-current=true]').waitFor();
    await home.client.tasks.stop({ taskId });
    await page.getByRole('article').getByText('Expired').waitFor();
    await go(page, '#/approvals');
    await page.getByText('Nothing is waiting for you').waitFor();
    await go(page, '#/audit');
    await page.getByText('Expired').first().waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('drover-audit.csv');
    expect(problems).toEqual([]);
  });

  it('have nothing serious against them for axe, light and dark', async () => {
    const taskId = await asking('asks count=2');
    await home.client.rules.add({ tool: 'Bash', pattern: 'npm run *', scope: { type: 'everywhere' }, decision: 'ask' });
    const { page, problems } = await home.open();
    for (const [hash, ready] of [
      ['#/approvals', 'article h2'],
      ['#/rules', 'table'],
      ['#/audit', 'section li'],
      [`#/tasks/${taskId}`, 'article h2'],
    ] as const) {
      await go(page, hash);
      await page.locator(ready).first().waitFor();
      expect(await seriousInForms(page, FORMS.wide), hash).toEqual([]);
    }
    expect(problems).toEqual([]);
  });
});
