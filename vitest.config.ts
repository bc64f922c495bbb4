import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Tests of how long something takes: one at a time, when no other test has the processor. */
const TIMING = [
  'test/browser/many-tasks.test.ts',
  'test/browser/task-view-busy.test.ts',
  'test/browser/task-view-size.test.ts',
  'test/integration/approvals-many.test.ts',
];
const BROWSER = 'test/browser/**/*.test.ts';
/** Most tests wait for other processes, so two cores do more with three workers than with two. */
const WORKERS = 3;

/** What is waited for comes, or something is broken: how long a slow and busy machine may take says nothing. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } };

function project(
  name: string,
  { include, exclude = [], ...more }: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include,
      exclude: ['node_modules/**', 'out/**', ...exclude],
      ...PATIENCE,
      pool: 'forks',
      ...more,
    },
  };
}

export default defineConfig({
  test: {
    globalSetup: ['test/support/compile-cache.ts', 'test/support/install-claude.ts', 'test/support/leak-check.ts'],
    projects: [
      project('browser', {
        include: [BROWSER],
        exclude: TIMING,
        globalSetup: ['test/browser/one-browser.ts'],
        maxWorkers: WORKERS,
      }),
      project('rest', {
        include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
        exclude: [BROWSER, ...TIMING],
        maxWorkers: WORKERS,
      }),
      project('timing', {
        include: TIMING,
        globalSetup: ['test/browser/one-browser.ts'],
        maxWorkers: 1,
        fileParallelism: false,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
