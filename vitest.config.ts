import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['node_modules/**', 'out/**'],
    globalSetup: ['test/support/install-claude.ts', 'test/support/leak-check.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // Two cores must do; more workers only make the tests that measure time wait for each other.
    maxWorkers: 2,
    pool: 'forks',
  },
});
