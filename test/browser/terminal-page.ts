import type { Page } from 'playwright';
import { expect } from 'vitest';

/** What terminals of a page show and take; they are found by the text that they have for a screen reader. */
export async function withSpokenTerminals(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem('drover.terminal.spoken', 'on'));
}

export const terminalIn = (page: Page) => page.getByRole('region', { name: /^Terminal “/ });

/** Waits until what is typed goes to the terminal. */
export async function inTerminal(page: Page): Promise<void> {
  await terminalIn(page).waitFor();
  await expect.poll(() => terminalIn(page).evaluate((one) => one.contains(document.activeElement))).toBe(true);
}

/** Waits until the page has drawn it. */
export const shows = (page: Page, text: RegExp) =>
  expect.poll(() => page.locator('.xterm-accessibility-tree').innerText(), { timeout: 30_000 }).toMatch(text);

export async function runIn(page: Page, command: string): Promise<void> {
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
}
