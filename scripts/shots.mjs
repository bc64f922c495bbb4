// `npm run shots`: makes a picture of every screen of the window in docs/screenshots, in the Electron that is run.
import { runOnScreen } from './lib/on-screen.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';

const node = await prepare({ git: true, out: true });
const ran = await runOnScreen(node, [inRoot('e2e', 'shots.ts')]);
if ('problem' in ran) say(`No pictures can be made here: ${ran.problem}.`);
process.exitCode = 'problem' in ran ? 1 : ran.code;
