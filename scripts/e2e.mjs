// `npm run e2e`: the tests of the desktop app in a real Electron, on a screen and a session bus of their own. Where
// something for that is missing it says so and passes, unless it is told to be `--strict`.
import { runOnScreen } from './lib/on-screen.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';

const strict = process.argv.includes('--strict');
const args = process.argv.slice(2).filter((arg) => arg !== '--strict');
const node = await prepare({ git: true, out: true });
const vitest = [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', inRoot('e2e', 'vitest.config.ts')];
const ran = await runOnScreen(node, [...vitest, ...args]);
if ('problem' in ran) {
  say(`The tests of the desktop app were left out: ${ran.problem}.`);
  process.exitCode = strict ? 1 : 0;
} else process.exitCode = ran.code;
