// `npm test`: sets up, builds and runs every test; arguments are passed on to vitest.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot, say } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd } from './lib/run.mjs';

const node = await prepare({ git: true, out: true });
const scratch = await mkdtemp(join(tmpdir(), 'drover-results-'));
try {
  const results = join(scratch, 'results.json');
  process.exitCode = await runToEnd(
    node,
    [
      inRoot('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
      ...process.argv.slice(2),
    ],
    { env: environmentWithTools() },
  );
  const report = await readFile(results, 'utf8').then(JSON.parse, () => null);
  if (report === null) say('The tests did not run to their end.');
  else process.stdout.write(`${closingLine(report, process.exitCode !== 0)}\n`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/**
 * Counts tests. A file that broke before its tests could fail counts as one failed test, and so does a run that failed
 * although no test did, such as one that left something behind.
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @param {boolean} runFailed
 */
function closingLine({ testResults }, runFailed) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of testResults) {
    let failed = 0;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed += 1;
      else if (status === 'failed') failed += 1;
      else counts.skipped += 1;
    }
    counts.failed += file.status === 'failed' ? Math.max(1, failed) : failed;
  }
  const { passed, skipped } = counts;
  const failed = runFailed ? Math.max(1, counts.failed) : counts.failed;
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
