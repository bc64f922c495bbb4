import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the checkout. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {...string} parts
 * @returns {string} an absolute path inside the checkout
 */
export function inRoot(...parts) {
  return join(ROOT, ...parts);
}

/**
 * A line for the person at the terminal. It goes to standard error, so that what a program prints stays clean.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {unknown} error
 * @returns {string | undefined} the system's code of an error, such as ENOENT
 */
export function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
