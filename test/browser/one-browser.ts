import type { TestProject } from 'vitest/node';
import { findChromium, launchServer } from './window-home.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser that all tests share is reached; empty where there is none. */
    browser: string;
  }
}

/** Global set-up of the tests in a browser: one Chromium for all of them. Each file has pages of its own in it. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = findChromium() === null ? null : await launchServer();
  provide('browser', server?.wsEndpoint() ?? '');
  return async () => server?.close();
}
