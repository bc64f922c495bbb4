import path from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';

/** What every window of Drover has in common: it shows our own page, shut off from Node. */
export const ANY_WINDOW = {
  show: false,
  title: 'Drover',
  icon: path.join(import.meta.dirname, '..', '..', 'assets', 'icon.png'),
  webPreferences: {
    preload: path.join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    spellcheck: false,
  },
} as const satisfies BrowserWindowConstructorOptions;

/** Until the page has painted itself. */
export function backgroundOf(dark: boolean): string {
  return dark ? '#1a1b1e' : '#ffffff';
}
