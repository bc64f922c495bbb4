// `npm run shots`: makes a picture of every screen of the window in docs/screenshots. Needs Chromium.

import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd } from './lib/run.mjs';

const node = await prepare({ git: true, out: true });
process.exitCode = await runToEnd(node, [inRoot('test', 'browser', 'shots.ts')], { env: environmentWithTools() });
