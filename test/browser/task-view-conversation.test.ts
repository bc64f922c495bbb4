import { setImmediate as nextTick } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createScriptedHome } from './scripted-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

const CODE = 'Like this:\n\n```js\nconst answer = 42; // known\n```\n\nAnd `so` on.';

/** A count that others wait for; nothing has been reached before the first `set`. */
function createCounter() {
  let count = -1;
  const waiting = new Set<() => void>();
  return {
    set(now: number) {
      count = now;
      for (const look of waiting) look();
    },
    reached: (least: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (count < least) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

describeInBrowser('the conversation of a task', () => {
  const home = useHome(createScriptedHome);

  it('grows while the agent writes, at most once a frame, and shows what was written once', async () => {
    const words = Array.from({ length: 600 }, (_, at) => `word${at} `);
    const PART = 60;
    const shown = createCounter();
    home.play(async ({ report }) => {
      await shown.reached(0);
      for (const [at, text] of words.entries()) {
        // The next part comes only when the one before is to be read.
        if (at > 0 && at % PART === 0) await shown.reached(at);
        report.delta({ entryId: 'growing', kind: 'text', text });
        if (at % 5 === 0) await nextTick();
      }
      await shown.reached(words.length);
      report.entry({ type: 'text', entryId: 'growing', text: words.join(''), parent: null });
      return undefined;
    });
    const { id } = await home.create({ goal: 'Write a lot' });
    const { page, problems } = await home.open(id);
    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByText('Brief · turn 1').waitFor();
    await page.exposeFunction('wordsShown', shown.set);
    const counted = page.evaluate(
      (all) =>
        new Promise<{ changes: number; frames: number }>((resolve) => {
          const box = document.querySelector('[aria-label=Entries]') ?? document.body;
          const { wordsShown } = window as unknown as { wordsShown(count: number): void };
          const counts = { changes: 0, frames: 0 };
          let before = 0;
          const frame = () => {
            counts.frames += 1;
            if (before < all) requestAnimationFrame(frame);
            else resolve(counts);
          };
          new MutationObserver(() => {
            // Of text that grows only the end is kept, so the last word says how far it is.
            const now = Number(box.textContent?.match(/word(\d+) ?(?!.*word\d)/s)?.[1] ?? -1) + 1;
            if (now === before) return;
            before = now;
            counts.changes += 1;
            wordsShown(now);
          }).observe(box, { subtree: true, childList: true, characterData: true });
          requestAnimationFrame(frame);
          wordsShown(0);
        }),
      words.length,
    );
    const { changes, frames } = await counted;
    expect(changes).toBeGreaterThanOrEqual(words.length / PART);
    expect(changes).toBeLessThanOrEqual(frames + 1);
    await home.host.settled(id);
    await entries.getByText(/^Finished\b/).waitFor();
    expect(await entries.getByText('word599').count()).toBe(1);

    // A message box that grows takes its room from above, and the end stays in sight.
    const below = () => entries.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
    await expect.poll(below).toBeLessThan(2);
    const height = (await entries.boundingBox())?.height ?? 0;
    await page.locator('[data-message-box] textarea').fill('A line\n'.repeat(12));
    await expect.poll(async () => (await entries.boundingBox())?.height ?? height).toBeLessThan(height - 100);
    await expect.poll(below).toBeLessThan(2);
    expect(problems).toEqual([]);
  });

  it('is opened without being laid out for each of its rows', async () => {
    const ROWS = 60;
    home.play(async ({ say }) => {
      for (let no = 1; no <= ROWS; no += 1) say(`Number ${no}. ${'It goes on and on. '.repeat(1 + (no % 20))}`);
      return undefined;
    });
    const { id } = await home.create({ goal: 'Talk' });
    await home.host.settled(id);
    const { page } = await home.open(id);
    const card = page.locator(`[data-task="${id}"]`);
    const entries = page.getByRole('region', { name: 'Entries' });
    const last = entries.getByText(`Number ${ROWS}.`);
    await last.waitFor();
    // The code is there now; what is opened is drawn from nothing.
    await page.getByRole('button', { name: 'Back to the tasks' }).click();
    await entries.waitFor({ state: 'detached' });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const layouts = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? Number.NaN;
    };
    await card.hover();
    const before = await layouts();
    await card.click();
    await last.waitFor();
    const shown = await entries.locator('[data-index]').count();
    expect(shown).toBeGreaterThan(10);
    expect((await layouts()) - before).toBeLessThan(30);
  });

  it('shows code in colours and copies it, and folds thoughts and calls with what they were for', async () => {
    let turns = 0;
    home.play(async (agent) => {
      turns += 1;
      agent.think('A private thought');
      agent.call('Read', { file_path: `${agent.cwd}/src/deep/file.ts` }, 'line one\nline two');
      agent.call('Bash', { command: `cd ${agent.cwd} && npm test` }, 'Two tests failed', {
        ok: false,
        durationMs: 2300,
      });
      agent.call('Edit', { file_path: `${agent.cwd}/a.ts`, old_string: 'old words', new_string: 'new words' }, 'Done.');
      agent.say(CODE);
      return undefined;
    });
    const { id } = await home.create({ goal: 'Do it', items: [{ text: 'One' }], limits: { maxRetries: 1 } });
    await home.host.settled(id);
    const { page, problems } = await home.open(id);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByText(/^Failed$/).waitFor();
    // As a person does: what scrolls a page that still settles at its end is brought back there.
    await entries.press('Home');
    await entries.getByText('Run 1').waitFor();

    await entries.locator('.hljs-keyword', { hasText: 'const' }).first().waitFor();
    await entries.getByRole('button', { name: 'Copy code' }).first().click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('const answer = 42; // known\n');

    const work = entries
      .getByRole('button', { name: /^Edited a\.ts, ran 1 command, read src\/deep\/file\.ts/ })
      .first();
    expect(await work.getAttribute('aria-expanded')).toBe('false');
    expect(await work.innerText()).toMatch(/\+1\s*−1\s*1 failed\s*2\.3 s/);
    await work.click();
    const thought = entries.getByRole('button', { name: 'Thought: A private thought' }).first();
    expect(await thought.getAttribute('aria-expanded')).toBe('false');
    await thought.click();
    await entries.locator('pre', { hasText: 'A private thought' }).first().waitFor();

    const read = entries.getByRole('button', { name: /^Read src\/deep\/file\.ts/ }).first();
    await read.click();
    await entries.getByText('line one').first().waitFor();
    await entries
      .getByRole('button', { name: /^Ran cd \. && npm test.*failed\s*2\.3 s/ })
      .first()
      .waitFor();
    await entries.getByText('Two tests failed').first().waitFor();
    await entries
      .getByRole('button', { name: /^Edited a\.ts \+1\s*−1/ })
      .first()
      .click();
    await entries.locator('[data-kind=removed]', { hasText: 'old words' }).waitFor();
    await entries.locator('[data-kind=added]', { hasText: 'new words' }).waitFor();

    // Drover speaks for itself: that it has reminded the agent, in one line.
    await entries.getByRole('button', { name: 'Reminder 1 of 1: 1 item left' }).click();
    await entries.getByText(/You ended your turn, but/).waitFor();
    expect(turns).toBe(2);

    // What was opened is open again after it was out of sight.
    await entries.press('End');
    await entries.getByText(/^Failed$/).waitFor();
    await entries.press('Home');
    await entries.getByText('line one').first().waitFor();
    expect(problems).toEqual([]);
  });

  it('finds words in the whole log, in what is folded and in what is stored elsewhere', async () => {
    home.play(async (agent) => {
      agent.say('The first needle');
      agent.call('Bash', { command: 'cat log' }, `${'hay '.repeat(20_000)} a deep needle ${'hay '.repeat(2000)}`);
      for (let no = 0; no < 900; no += 1) agent.say(`Entry ${no}`);
      agent.think('the last NEEDLE');
      for (let no = 0; no < 50; no += 1) agent.say(`After ${no}`);
      return undefined;
    });
    const { id } = await home.create({ goal: 'Hide it' });
    await home.host.settled(id);
    const { page, problems } = await home.open(id);
    const entries = page.getByRole('region', { name: 'Entries' });
    await entries.getByText(/^Finished\b/).waitFor();
    await page.keyboard.press('Control+f');
    const field = page.getByLabel('Find in conversation');
    await field.fill('needle');
    await page.getByText('1 of 3', { exact: true }).waitFor();
    await entries.getByText('the last NEEDLE').last().waitFor();
    const marked = () => page.evaluate(() => [...(CSS.highlights.get('drover-found-current') ?? [])].map(String));
    await expect.poll(marked).toContain('NEEDLE');
    await field.press('Enter');
    await page.getByText('2 of 3', { exact: true }).waitFor();
    await entries.getByText('a deep needle').waitFor();
    await field.press('Enter');
    await entries.getByText('The first needle').waitFor();
    await field.press('Shift+Enter');
    await page.getByText('2 of 3', { exact: true }).waitFor();
    await field.fill('no such thing');
    await page.getByText('Not found').waitFor();
    await field.press('Escape');
    await field.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Entries');
    await page.getByRole('button', { name: 'Latest' }).click();
    await entries.getByText(/^Finished\b/).waitFor();
    expect(await page.evaluate(() => CSS.highlights.get('drover-found')?.size ?? 0)).toBe(0);
    expect(problems).toEqual([]);
  });
});
