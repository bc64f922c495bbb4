// `npm run shots`: makes a picture of every screen of the window, in the Electron that is run, and says what has changed;
// `-- --only board` makes those of one screen, `-- --only board-dark` a single one.
import { runOnScreen } from './lib/on-screen.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';

const node = await prepare({ git: true, out: true });
const ran = await runOnScreen(node, [inRoot('e2e', 'shots.ts'), ...process.argv.slice(2)], '2600x1500');
if ('problem' in ran) say(`No pictures can be made here: ${ran.problem}.`);
process.exitCode = 'problem' in ran ? 1 : ran.code;
