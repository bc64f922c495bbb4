// `npm run package`: makes packages of the desktop app in dist/; see docs/packaging.md. Without arguments it makes all
// that can be made here, `npm run package -- dir deb` only those, and where one of those cannot be made it fails.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findElectron } from './lib/electron/find.mjs';
import { toolFor } from './lib/packaging/tools.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { environmentWithTools, runToEnd } from './lib/run.mjs';

const PLATFORM = { linux: '--linux', darwin: '--mac', win32: '--win' }[String(process.platform)] ?? '--linux';
/** What is made on Linux with nothing asked for; `downloads` are those for which electron-builder must reach GitHub. */
const USUAL = ['dir', 'deb', 'zip'];
const DOWNLOADS = ['AppImage'];

const asked = process.argv.slice(2);
const node = await prepare({ out: true });
const began = Date.now();
const scratch = await mkdtemp(join(tmpdir(), 'drover-package-'));
try {
  process.exitCode = process.platform === 'linux' ? await packageForLinux() : await runBuilder(asked, {}, []);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function packageForLinux() {
  const found = await findElectron();
  if ('problem' in found) {
    say(found.problem);
    return 1;
  }
  if (!found.official) {
    say(
      `Packaging an Electron ${found.version} from npm, to try and not to hand out: its own could not be downloaded.`,
    );
  }
  const targets = [];
  /** @type {Record<string, string>} */
  let env = {};
  for (const target of asked.length > 0 ? asked : [...USUAL, ...DOWNLOADS]) {
    const tool = toolFor(target);
    // Whoever could download Electron can download the tools as well.
    if (tool.missing === null || found.official) {
      targets.push(target);
      env = { ...env, ...tool.env };
    } else {
      say(`${target} is left out: it needs ${tool.missing}.`);
      if (asked.length > 0) return 1;
    }
  }
  const code = await runBuilder(targets, env, ['--config', await overlay(found)]);
  if (code === 0) await tellSizes();
  return code;
}

/**
 * What holds for this machine only, on top of electron-builder.yml.
 * @param {{ electron: string, version: string, official: boolean }} found
 * @returns {Promise<string>} a file
 */
async function overlay({ electron, version, official }) {
  const unused = official ? 'build' : 'prebuilds';
  const config = {
    extends: inRoot('electron-builder.yml'),
    electronDist: dirname(electron),
    electronVersion: version,
    // An Electron from npm is so old that SQLite was compiled for it; the official one runs the published binary.
    files: [`!node_modules/better-sqlite3/${unused}/**`],
  };
  const file = join(scratch, 'electron-builder.json');
  await writeFile(file, JSON.stringify(config));
  return file;
}

/**
 * @param {readonly string[]} targets
 * @param {Record<string, string>} env
 * @param {readonly string[]} options
 */
function runBuilder(targets, env, options) {
  const cli = inRoot('node_modules', 'electron-builder', 'cli.js');
  return runToEnd(node, [cli, PLATFORM, ...targets, '--publish', 'never', ...options], {
    env: { ...environmentWithTools(), ...env, TMPDIR: scratch },
  });
}

async function tellSizes() {
  for (const name of (await readdir(inRoot('dist'))).sort()) {
    const path = inRoot('dist', name);
    if ((await stat(path)).mtimeMs < began || /^builder-|^\./.test(name)) continue;
    say(`dist/${name}: ${((await sizeOf(path)) / 1e6).toFixed(1)} MB`);
  }
  say(`Packaged in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
}

/**
 * @param {string} path
 * @returns {Promise<number>} bytes, of everything in it when it is a folder
 */
async function sizeOf(path) {
  const info = await stat(path);
  if (!info.isDirectory()) return info.size;
  let sum = 0;
  for (const name of await readdir(path)) sum += await sizeOf(join(path, name));
  return sum;
}
