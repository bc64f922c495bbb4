import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from './electron/find.mjs';
import { environmentWithTools, runToEnd, searchPath } from './run.mjs';

const TOOLS = ['xvfb-run', 'dbus-run-session', 'cc', 'c++'];

/**
 * Runs a program that starts Electron, on a screen and a session bus of its own; DROVER_ELECTRON names the Electron.
 * @param {string} node
 * @param {string[]} args
 * @param {string} [size] of the screen, in pixels
 * @returns {Promise<{ code: number } | { problem: string }>} its exit code, or what is missing for it
 */
export async function runOnScreen(node, args, size = '1400x1000') {
  const missing = TOOLS.filter((tool) => !searchPath().some((folder) => existsSync(join(folder, tool))));
  const found = missing.length > 0 ? { problem: `${missing.join(', ')} missing` } : await findElectron();
  if ('problem' in found) return { problem: found.problem };
  // Without `-noreset` the screen begins anew when the last program leaves it, and refuses one that comes just then.
  const code = await runToEnd(
    'xvfb-run',
    ['-a', '-s', `-screen 0 ${size}x24 -noreset`, 'dbus-run-session', '--', node, ...args],
    { env: { ...environmentWithTools(), DROVER_ELECTRON: found.electron } },
  );
  return { code };
}
