import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import { inRoot } from './paths.mjs';

/** The signals that ask a program to end. */
export const ENDING = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

const SAME_SIGNAL_MS = 500;

/** What npm adds to the environment of a script, and what a program that starts other programs must not pass on. */
const FROM_NPM =
  /^(npm_package_.*|npm_lifecycle_.*|npm_command|npm_execpath|npm_node_execpath|npm_config_(local_prefix|node_gyp|npm_version|user_agent|init_module)|INIT_CWD|NODE)$/;

/**
 * The environment as it was before `npm run` changed it, as far as that can be told. Agents inherit it.
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWithoutNpm() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FROM_NPM.test(name)));
  env.PATH = searchPath().join(delimiter);
  return env;
}

/**
 * The environment for our own tools: programs of the pinned packages, `node` among them, are found first.
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentWithTools() {
  return { ...process.env, PATH: [inRoot('node_modules', '.bin'), ...searchPath()].join(delimiter) };
}

/**
 * The folders in which the machine's own programs are looked for, without those that `npm run` puts in front.
 * @returns {string[]}
 */
export function searchPath() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !/node_modules[\\/]\.bin[\\/]?$|node-gyp-bin[\\/]?$/.test(folder));
}

/**
 * Runs a program on this terminal until it ends and passes on the signals that end programs.
 *
 * Such a signal often comes more than once: a terminal sends it to the whole group of processes, and npm once more.
 * A program that is `apart` is in no group but its own, so that it gets each signal from us, and once; a program that
 * is not gets Ctrl-C from the terminal, and not from us.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, apart?: boolean }} [options]
 * @returns {Promise<number>} its exit code; 128 and the number of the signal if one ended it; 127 if it did not start
 */
export function runToEnd(program, args, { env = process.env, apart = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: 'inherit', detached: apart && process.platform !== 'win32' });
    let passedOn = Number.NEGATIVE_INFINITY;
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      if (!apart && signal === 'SIGINT' && process.stdin.isTTY) return;
      if (performance.now() - passedOn < SAME_SIGNAL_MS) return;
      passedOn = performance.now();
      child.kill(signal);
    };
    for (const signal of ENDING) process.on(signal, passOn);
    const done = (/** @type {number} */ code) => {
      for (const signal of ENDING) process.off(signal, passOn);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`${program} did not start: ${error.message}\n`);
      done(127);
    });
    child.on('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
