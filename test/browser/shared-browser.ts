import { type Browser, chromium } from 'playwright';
import { inject } from 'vitest';

/** The Chromium that all tests share. Closing it ends only what was opened through this connection. */
export function connectToBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}
