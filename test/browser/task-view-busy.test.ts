import { expect, it } from 'vitest';
import { createScriptedHome } from './scripted-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

/** Each would take seconds or the whole stack when it is read as Markdown. */
const BUSY = [
  '>'.repeat(20_000),
  `${'*'.repeat(8000)}a${'*'.repeat(8000)}`,
  '*a _b '.repeat(4000),
  '![['.repeat(8000),
  '- '.repeat(8000),
  `\`\`\`js\n${'x'.repeat(30_000)}\n\`\`\``,
];
const LONGEST_TASK_MS = 1000;

describeInBrowser('text that an agent wrote', () => {
  const home = useHome(createScriptedHome);

  it.each(BUSY.map((text, at) => [`${at}: ${text.slice(0, 12)}`, text] as const))(
    'does not keep the window busy, or break it: %s',
    async (_, text) => {
      let settle = () => {};
      const shown = new Promise<void>((resolve) => {
        settle = resolve;
      });
      home.play(async ({ report, say }) => {
        // It streams first, and settles when that was seen.
        report.delta({ entryId: 'busy', kind: 'text', text: 'Streaming.\n\n' });
        for (let at = 0; at < text.length; at += 1000) {
          report.delta({ entryId: 'busy', kind: 'text', text: text.slice(at, at + 1000) });
        }
        await shown;
        report.entry({ type: 'text', entryId: 'busy', text, parent: null });
        say('Still here.');
        return undefined;
      });
      const { id } = await home.create({ goal: 'Keep busy' }, false);
      const { page, problems } = await home.open(id);
      await page.evaluate(() => {
        const noted = window as { longest?: number };
        noted.longest = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) noted.longest = Math.max(noted.longest ?? 0, duration);
        }).observe({ type: 'longtask' });
      });
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('region', { name: 'Entries' }).getByText(text.slice(-6).trim()).first().waitFor();
      settle();
      await page.getByRole('region', { name: 'Entries' }).getByText('Still here.').waitFor();
      await page.getByRole('tab', { name: 'Details' }).click();
      await page.getByText('Keep busy').first().waitFor();
      expect(await page.evaluate(() => (window as { longest?: number }).longest)).toBeLessThan(LONGEST_TASK_MS);
      expect(problems).toEqual([]);
    },
  );
});
