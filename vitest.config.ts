import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Tests of how long something takes: one at a time, when no other test has the processor. */
const TIMING = [
  'test/browser/many-tasks.test.ts',
  'test/browser/task-view-size.test.ts',
  'test/integration/approvals-many.test.ts',
];
const BROWSER = 'test/browser/**/*.test.ts';
/** Most tests wait for other processes, so two cores do more with four workers than with two. */
const WORKERS = 4;

function project(
  name: string,
  { include, exclude = [], ...more }: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include,
      exclude: ['node_modules/**', 'out/**', ...exclude],
      testTimeout: 20_000,
      hookTimeout: 60_000,
      expect: { poll: { timeout: 10_000 } },
      pool: 'forks',
      ...more,
    },
  };
}

export default defineConfig({
  test: {
    globalSetup: ['test/support/install-claude.ts', 'test/support/leak-check.ts'],
    projects: [
      project('browser', {
        include: [BROWSER],
        exclude: TIMING,
        globalSetup: ['test/browser/one-browser.ts'],
        // A real browser on a busy machine.
        testTimeout: 60_000,
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
        testTimeout: 60_000,
        maxWorkers: 1,
        fileParallelism: false,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});
