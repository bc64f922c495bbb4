import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/**
 * What axe has seriously against what a page shows, a line each with the elements. The structure is the same in every
 * form, so all rules are asked once, in light and wide (`all`); elsewhere only those on colours and sizes.
 */
export async function seriousIn(page: Page, { all, within }: { all: boolean; within?: string }): Promise<string[]> {
  // There are no frames to be looked into, which is what the other way opens a page more for.
  const axe = new AxeBuilder({ page: page as never }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  if (within !== undefined) axe.include(within);
  if (!all) axe.withRules(['color-contrast', 'target-size']);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html + node.failureSummary).join('\n')}`);
}
