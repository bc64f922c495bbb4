// `npm run check`: format and lint, types, unused code, and the order of the rooms. Every step runs, whatever fails.

import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd } from './lib/run.mjs';

const STEPS = /** @type {const} */ ([
  ['format and lint', '@biomejs/biome/bin/biome', 'check'],
  ['types', 'typescript/bin/tsc', '--build'],
  ['unused code', 'knip/bin/knip.js'],
  ['rooms', '../test/rooms/check.ts'],
]);

const node = await prepare({});
const failed = [];
for (const [name, script, ...args] of STEPS) {
  process.stdout.write(`\n${name}\n`);
  const code = await runToEnd(node, [inRoot('node_modules', script), ...args], {
    env: environmentWithTools(),
  });
  if (code !== 0) failed.push(name);
}
process.stdout.write(failed.length === 0 ? '\nAll checks are good.\n' : `\nNot good: ${failed.join(', ')}.\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
