import { defineConfig } from 'vitest/config';

/** Real Electron with a real desktop around it: `npm run e2e` starts that. One at a time, because they share it. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['test/support/compile-cache.ts', 'test/support/install-claude.ts', 'test/support/leak-check.ts'],
    // What is waited for comes, or something is broken: how long a slow and busy machine may take says nothing.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
    pool: 'forks',
  },
});
