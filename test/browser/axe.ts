import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/**
 * What axe has seriously against what a page shows, a line each with the elements. The structure is the same in every
 * form, so all rules are asked once, in light and wide (`all`); elsewhere only those on colours and sizes. `without` are rules that are not.
 */
export async function seriousIn(
  page: Page,
  { all, within, without = [] }: { all: boolean; within?: string; without?: string[] },
): Promise<string[]> {
  // Its half a megabyte is read once by each document.
  const isThere = await page.evaluate(() => 'axe' in window);
  // There are no frames to be looked into, which is what the other way opens a page more for.
  const axe = new AxeBuilder({ page: page as never, ...(isThere && { axeSource: 'void 0' }) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] });
  if (within !== undefined) axe.include(within);
  if (!all) axe.withRules(['color-contrast', 'target-size']);
  else if (without.length > 0) axe.disableRules(without);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html + node.failureSummary).join('\n')}`);
}

type Form = readonly ['light' | 'dark', width: number];
const LIGHT: Form = ['light', 1280];
const DARK: Form = ['dark', 1280];
const NARROW: Form = ['dark', 390];
/** The forms of the window that look different. All rules are asked in light, so one is. */
export const FORMS = { wide: [LIGHT, DARK], utmost: [LIGHT, NARROW], every: [LIGHT, DARK, NARROW] } as const;

/** The same in several forms of the window, which must also be no wider than its screen; a line says in which. */
export async function seriousInForms(page: Page, forms: readonly Form[], within?: string): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, width] of forms) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    for (const line of await seriousIn(page, { all: colorScheme === 'light', ...(within && { within }) }))
      found.push(`${colorScheme} at ${width}: ${line}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) found.push(`${colorScheme} at ${width}: it is ${wide} pixels wide`);
  }
  return found;
}
