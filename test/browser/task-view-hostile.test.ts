import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { agentOf } from '../../src/core/core-api.ts';
import { createScriptedHome } from './scripted-home.ts';
import { describeInBrowser, useHome } from './use-home.ts';

const HTML = [
  '<script>window.broken = 1</script>',
  '<img src=x onerror="window.broken = 2">',
  '<svg onload="window.broken = 3"><script>window.broken = 4</script></svg>',
  '<iframe srcdoc="<script>parent.broken = 5</script>"></iframe>',
  '<a href="javascript:window.broken=6" onclick="window.broken=7">press</a>',
  '<style>body { display: none }</style><base href="https://example.invalid/">',
  '<form action="https://example.invalid/"><button>Send</button></form>',
].join('\n\n');
const LINKS = [
  '[script](javascript:window.broken=8)',
  '[data](data:text/html,<script>opener.broken=9</script>)',
  '[file](file:///etc/passwd)',
  '[plain](http://example.invalid/)',
  '[user](https://bank.example:pw@example.invalid/)',
  '[good](https://example.invalid/path?q=1)',
  '<https://example.invalid/bare>',
  '![picture](https://example.invalid/picture.png)',
  '![svg](data:image/svg+xml,<svg/onload=parent.broken=10>)',
].join('\n\n');
const DECEIVING = 'rm \u202e-rf /\u202c \u200b\u2066hidden\u2069 \u001b[31mred\u001b[0m\u001b]0;title\u0007 \u0000 end';
const LONG_LINE = 'x'.repeat(30_000);

describeInBrowser('what an agent must not be able to do in the view of its task', () => {
  const home = useHome(createScriptedHome);

  const broken = (page: Page) => page.evaluate(() => (window as { broken?: number }).broken);
  const inEntries = (page: Page, selector: string) => page.getByRole('region', { name: 'Entries' }).locator(selector);

  it('run or load anything, in text, thoughts, tools, notes or names of files', async () => {
    home.play(async (agent) => {
      agent.say(HTML);
      agent.say(LINKS);
      agent.think(HTML);
      agent.call(HTML, { command: HTML }, HTML, { ok: false });
      agent.call('Edit', { file_path: HTML, old_string: HTML, new_string: LINKS }, HTML);
      await mkdir(path.join(agent.cwd, 'x'), { recursive: true });
      await writeFile(path.join(agent.cwd, 'x', '<img src=x onerror=broken=11>\u202egpj.txt'), HTML);
      return undefined;
    });
    const { id } = await home.create({
      goal: HTML,
      title: HTML.slice(0, 150),
      items: [{ text: HTML }],
      limits: { maxRetries: 0 },
    });
    await home.host.settled(id);
    await home.host.core.api.items.note({ taskId: id, itemId: '1', text: HTML }, agentOf(id));
    const { page, problems, asked } = await home.open(id);
    await inEntries(page, 'text=/^Failed$/').waitFor();
    const folded = inEntries(page, 'button[aria-expanded=false]');
    while ((await folded.count()) > 0) await folded.first().click();
    await page.getByText('(javascript:window.broken=8)').first().waitFor();
    // It is not left out either: what an agent wrote can be read.
    const said = inEntries(page, 'p, div').filter({ hasText: '<svg onload="window.broken = 3"><script>' });
    await said.first().waitFor();
    expect(
      await inEntries(page, 'script, img, iframe, form, style, base, [onclick], [onload], svg script').count(),
    ).toBe(0);
    const addresses = await inEntries(page, 'a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect([...new Set(addresses)].sort()).toEqual([
      'https://example.invalid/bare',
      'https://example.invalid/path?q=1',
    ]);
    for (const tab of ['Checklist', 'Changes', 'Log', 'Details']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel', { name: tab }).getByText('onerror').first().waitFor();
      expect(await page.getByRole('tabpanel').locator('script, img, iframe, form[action], style, base').count()).toBe(
        0,
      );
    }
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByText('⟨RLO⟩gpj.txt').first().waitFor();
    expect(await broken(page)).toBeUndefined();
    expect(asked.filter((url) => !url.startsWith(home.host.address) && !url.startsWith('data:image/svg'))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('open a link before a person has seen where it leads', async () => {
    home.play(async (agent) => {
      agent.say(`Press [the bank](https://example.invalid/steal?${'a'.repeat(300)}) now.`);
      return undefined;
    });
    const { id } = await home.create({ goal: 'Link' });
    await home.host.settled(id);
    const { page } = await home.open(id);
    await page.context().route('https://example.invalid/**', (route) => route.fulfill({ body: 'reached' }));
    const link = inEntries(page, 'a');
    await link.waitFor();
    expect(await inEntries(page, 'text=(example.invalid)').count()).toBe(1);
    for (const options of [{}, { modifiers: ['Control' as const] }, { button: 'middle' as const }]) {
      await link.click(options);
      await page.getByText(`https://example.invalid/steal?${'a'.repeat(300)}`).waitFor();
      expect(page.context().pages()).toHaveLength(1);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Open in browser' }).waitFor({ state: 'detached' });
    }
    await link.press('Enter');
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open in browser' }).click(),
    ]);
    expect(opened.url()).toContain('https://example.invalid/steal');
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    expect(page.url()).toContain(home.host.address);
  });

  it('hide, reorder, or push things out of place', async () => {
    home.play(async (agent) => {
      agent.say(DECEIVING);
      agent.say(LONG_LINE);
      agent.call('Bash', { command: DECEIVING }, `${DECEIVING}\n${LONG_LINE}`);
      return undefined;
    });
    const { id } = await home.create({ goal: 'Deceive' });
    await home.host.settled(id);
    const { page, problems } = await home.open(id, { width: 390, height: 780 });
    await inEntries(page, 'text=/^Finished\\b/').waitFor();
    await inEntries(page, 'button[aria-expanded=false]').last().click();
    const shown = async () => (await inEntries(page, '*').allInnerTexts()).join('\n');
    await expect.poll(shown).toContain('rm ⟨RLO⟩-rf /⟨PDF⟩');
    const text = await shown();
    expect(text).toContain(' red⟨ESC⟩]0;title⟨BEL⟩');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069\u200b]/.test(text)).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const entries = page.getByRole('region', { name: 'Entries' });
    expect(await entries.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(problems).toEqual([]);
  });
});
