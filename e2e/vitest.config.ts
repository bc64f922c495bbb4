import { defineConfig } from 'vitest/config';

/** Real Electron with a real desktop around it: `npm run e2e` starts that. One at a time, because they share it. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['test/support/install-claude.ts', 'test/support/leak-check.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    fileParallelism: false,
    pool: 'forks',
  },
});
