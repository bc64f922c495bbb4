// `npm run e2e`: the tests of the desktop app in a real Electron, on a screen and a session bus of their own. Where
// something for that is missing it says so and passes, unless it is told to be `--strict`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from './lib/electron/find.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd, searchPath } from './lib/run.mjs';

const TOOLS = ['xvfb-run', 'dbus-run-session', 'cc', 'c++'];

const strict = process.argv.includes('--strict');
const args = process.argv.slice(2).filter((arg) => arg !== '--strict');
const missing = TOOLS.filter((tool) => !searchPath().some((folder) => existsSync(join(folder, tool))));
const node = await prepare({ git: true, out: true });
const found = missing.length > 0 ? { problem: `${missing.join(', ')} missing` } : await findElectron();
if ('problem' in found) {
  say(`The tests of the desktop app were left out: ${found.problem}.`);
  process.exitCode = strict ? 1 : 0;
} else {
  const vitest = [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', inRoot('e2e', 'vitest.config.ts')];
  process.exitCode = await runToEnd(
    'xvfb-run',
    ['-a', '-s', '-screen 0 1400x1000x24', 'dbus-run-session', '--', node, ...vitest, ...args],
    { env: { ...environmentWithTools(), DROVER_ELECTRON: found.electron } },
  );
}
