// Makes node_modules what package-lock.json says. It runs before anything is installed, so it needs nothing but Node 20.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { platform, problemWithNode } from './lib/node.mjs';
import { codeOf, inRoot, ROOT, say } from './lib/paths.mjs';
import { ENDING, searchPath } from './lib/run.mjs';

const STAMP = inRoot('node_modules', '.drover-setup');
const MODULES = inRoot('node_modules');

/** What npm is told on top of the user's own settings: everything is installed, and no package runs a script. */
const INSTALL = [
  'ci',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--engine-strict=false',
  '--include=dev',
  '--include=optional',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=4000',
];

/**
 * Makes sure that the packages are installed as locked and that Node 24 runs. Quick when nothing has changed; several
 * at once wait for each other.
 * @returns {Promise<string | null>} what is wrong and what to do, in one line; null if all is well
 */
export async function setUp() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    return `Node ${process.versions.node} is too old: install Node 20 or newer (Drover brings its own Node 24 for the rest).`;
  }
  try {
    const stamp = await wantedStamp();
    if ((await readStamp()) !== stamp) {
      const lock = inRoot('.cache', 'setup.lock');
      const problem = await withLock(
        lock,
        () => bringUpToDate(stamp),
        (pid) => say(`Another set-up is running (process ${pid}); waiting for it.`),
      );
      if (problem !== null) return problem;
    }
  } catch (error) {
    return problemWithDisk(error);
  }
  return null;
}

/** @param {string} stamp */
async function bringUpToDate(stamp) {
  if ((await readStamp()) === stamp) return null;
  if (!(await isInstalledAsLocked())) {
    const problem = await install();
    if (problem !== null) return problem;
  }
  const problem = problemWithNode();
  if (problem === null) await writeFile(STAMP, stamp);
  return problem;
}

async function wantedStamp() {
  const lock = await readFile(inRoot('package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${platform()}\n`;
}

async function readStamp() {
  return readFile(STAMP, 'utf8').catch(() => null);
}

/** Whether somebody has installed by hand exactly what is locked: then there is nothing to do. */
async function isInstalledAsLocked() {
  if (!existsSync(MODULES)) return false;
  const { packages } = JSON.parse(await readFile(inRoot('package-lock.json'), 'utf8'));
  for (const [path, { version, optional, os, cpu }] of Object.entries(packages)) {
    if (path === '') continue;
    const foreign = (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch));
    if (foreign) continue;
    const found = await readFile(inRoot(path, 'package.json'), 'utf8').then(JSON.parse, () => null);
    if (found === null ? !optional : found.version !== version) return false;
  }
  return true;
}

async function install() {
  const npm = findNpm();
  if (npm === null) return 'npm is missing: install Node 20 or newer together with npm (Debian: apt-get install npm).';
  say('Setting up: installing the pinned packages (about 700 MB, usually under a minute) …');
  const began = Date.now();
  const { code, output } = await runNpm(npm);
  if (code !== 0) return problemWithNpm(output);
  say(`Set up in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
  return null;
}

/**
 * The npm to use, as program and first arguments. Not one inside node_modules: that is about to be replaced.
 * @returns {[string, ...string[]] | null}
 */
function findNpm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script && node && basename(script) === 'npm-cli.js' && !node.startsWith(MODULES + sep)) return [node, script];
  for (const folder of searchPath()) {
    const program = join(folder, 'npm');
    if (existsSync(program)) {
      const target = realpathSync(program);
      if (process.platform !== 'win32') return [target];
    }
    const beside = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (existsSync(beside) && existsSync(join(folder, 'node.exe'))) return [join(folder, 'node.exe'), beside];
  }
  return null;
}

/**
 * @param {[string, ...string[]]} npm
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function runNpm([program, ...first]) {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      PATH: [dirname(program), ...searchPath()].join(process.platform === 'win32' ? ';' : ':'),
    };
    const child = spawn(program, [...first, ...INSTALL], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    // An npm that lives on would write into what the next set-up makes.
    const stop = () => child.kill();
    for (const signal of ENDING) process.once(signal, stop);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-65_536);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => {
      for (const signal of ENDING) process.off(signal, stop);
      resolve({ code, output });
    });
  });
}

/**
 * @param {string} output what npm printed when it failed
 * @returns {string} what went wrong and what to do, in one line
 */
export function problemWithNpm(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/.test(output)
  ) {
    return 'The packages could not be fetched, because the npm registry is not reached: connect to the network and run this again.';
  }
  if (/ENOSPC/.test(output))
    return 'The disk is full: Drover’s packages need about 700 MB and npm’s cache 200 MB more.';
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `npm may not write here: make ${ROOT} and npm's cache folder writable for you (${firstError(output)}).`;
  }
  if (/EUSAGE/.test(output)) {
    return 'package-lock.json does not fit package.json: run "npm install --ignore-scripts" and keep both files.';
  }
  return `npm ci failed: ${firstError(output)}. Run "npm ci --ignore-scripts" to see all of it.`;
}

/** @param {string} output */
function firstError(output) {
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim());
  return lines.find((line) => line !== '' && !/^(code|errno|syscall|path)\b|^npm warn/.test(line)) ?? 'no reason given';
}

/**
 * @param {unknown} error of writing into the checkout
 * @returns {string} what to do, in one line; throws what is no problem of the disk
 */
export function problemWithDisk(error) {
  const code = codeOf(error);
  if (code === 'ENOSPC') return 'The disk is full: make room and run this again.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `Drover cannot set itself up in ${ROOT}, because you may not write there: make it writable or use a copy of your own.`;
  }
  throw error;
}

/** @returns {string | null} what to do when there is no git, in one line; null if there is one */
export function problemWithGit() {
  const { error } = spawnSync('git', ['--version'], { stdio: 'ignore' });
  if (error === undefined) return null;
  const how = { linux: 'apt-get install git', darwin: 'xcode-select --install' }[String(process.platform)];
  return `git is missing: ${how ? `install it with ${how}` : 'install it from https://git-scm.com'} and run this again.`;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const problem = (await setUp()) ?? problemWithGit();
  if (problem !== null) {
    say(problem);
    process.exitCode = 1;
  }
}
