// `npm start`: sets up, builds and runs Drover; `npm start -- --demo` shows one task from start to finish.

import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithoutNpm, runToEnd } from './lib/run.mjs';

const node = await prepare({ git: true, out: true });
const args = process.argv.slice(2);
const demo = args.includes('--demo');
process.exitCode = await runToEnd(
  node,
  [
    '--enable-source-maps',
    inRoot('out', 'daemon', demo ? 'demo.js' : 'main.js'),
    ...args.filter((arg) => arg !== '--demo'),
  ],
  { env: environmentWithoutNpm(), apart: true },
);
