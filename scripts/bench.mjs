// `npm run bench`: measures what Drover promises and prints each number beside its limit. What needs a desktop gets a
// screen and a session bus of its own; where something for that is missing, it is left out with one line.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findElectron } from './lib/electron/find.mjs';
import { inRoot } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd, searchPath } from './lib/run.mjs';

/** The benches that run the app in Electron. */
const IN_ELECTRON = ['desktop', 'approvals'];
const TOOLS = ['xvfb-run', 'dbus-run-session'];

const args = process.argv.slice(2);
const { only } = parseArgs({ args, strict: false, options: { only: { type: 'string', multiple: true } } }).values;
const needsElectron = only?.some((name) => IN_ELECTRON.includes(String(name))) ?? true;
const node = await prepare({ git: true, out: true });
const missing = TOOLS.filter((tool) => !searchPath().some((folder) => existsSync(join(folder, tool))));
const bench = [node, inRoot('bench', 'main.ts'), ...args];
const env = environmentWithTools();

if (!needsElectron) process.exitCode = await run(bench);
else if (missing.length > 0) {
  process.exitCode = await run(bench, { DROVER_NO_ELECTRON: `there is no ${missing.join(' and no ')}` });
} else {
  const found = await findElectron();
  if ('problem' in found) process.exitCode = await run(bench, { DROVER_NO_ELECTRON: found.problem });
  else {
    const desktop = ['xvfb-run', '-a', '-s', '-screen 0 1400x1000x24', 'dbus-run-session', '--'];
    process.exitCode = await run([...desktop, ...bench], { DROVER_ELECTRON: found.electron });
  }
}

/**
 * @param {string[]} words
 * @param {Record<string, string>} [more]
 */
function run([program = '', ...words], more = {}) {
  return runToEnd(program, words, { env: { ...env, ...more } });
}
