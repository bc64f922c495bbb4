// `npm run histories -- [count] [seed]`: plays random histories of the queue, and of runs and approvals (10,000 of each unless
// told otherwise), as CI does with 200, and says with which seed one that fails is played again.
import { parseArgs } from 'node:util';
import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd } from './lib/run.mjs';

const { positionals } = parseArgs({ args: process.argv.slice(2), allowPositionals: true });
const [count = '10000', seed] = positionals;
const node = await prepare({ git: true, out: false });
const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
process.exitCode = await runToEnd(
  node,
  [vitest, 'run', '--project', 'rest', ...['queue', 'run'].map((of) => `test/integration/${of}-histories.test.ts`)],
  {
    env: { ...environmentWithTools(), DROVER_HISTORIES: count, ...(seed === undefined ? {} : { DROVER_SEED: seed }) },
  },
);
