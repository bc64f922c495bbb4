// `npm run bench`: measures what Drover promises and prints each number beside its limit.

import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd } from './lib/run.mjs';

const node = await prepare({ git: true, out: true });
process.exitCode = await runToEnd(node, [inRoot('bench', 'main.ts'), ...process.argv.slice(2)], {
  env: environmentWithTools(),
});
