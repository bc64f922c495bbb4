// `npm start`: sets up, builds and runs Drover: with a window where there is a screen, else as a daemon that a browser
// reaches. `npm start -- --demo` shows one task from start to finish.
import { findElectron } from './lib/electron/find.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithoutNpm, runToEnd } from './lib/run.mjs';

const node = await prepare({ git: true, out: true });
const args = process.argv.slice(2);
const demo = args.includes('--demo');
const headless = args.includes('--headless') || !hasScreen();
const own = args.filter((arg) => arg !== '--demo' && arg !== '--headless');
process.exitCode = headless ? await runDaemon() : ((await runDesktop()) ?? (await runDaemon()));

/** Whether a window can be shown. */
function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function runDaemon() {
  const program = inRoot('out', 'daemon', demo ? 'demo.js' : 'main.js');
  return runToEnd(node, [program, ...own], { env: environmentWithoutNpm(), apart: true });
}

/** @returns {Promise<number | null>} the exit code; null where there is no Electron, which is said */
async function runDesktop() {
  const found = await findElectron();
  if ('problem' in found) {
    say(`${found.problem} Going on without a window.`);
    return null;
  }
  say(found.words);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) say('The sandbox of the window is off, because Chromium has none for root: run Drover as yourself.');
  // Chromium tells the terminal of every service that a desktop does not have.
  const flags = [...(isRoot ? ['--no-sandbox'] : []), '--log-level=3', inRoot(), ...own];
  const [program, rest] = demo
    ? [node, [inRoot('out', 'daemon', 'demo.js'), '--desktop', found.electron, ...flags]]
    : [found.electron, flags];
  return runToEnd(program, rest, { env: environmentWithoutNpm(), apart: true });
}
