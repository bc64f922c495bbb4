import { execFile } from 'node:child_process';

/**
 * Runs a program without a terminal. Throws with its last words when it fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').ExecFileOptions} [options]
 * @returns {Promise<string>} what it printed
 */
export function capture(program, args, options = {}) {
  return new Promise((resolve, refuse) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024, ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const words = stderr.trim().split('\n').slice(-3).join(' ').slice(0, 500);
      return refuse(new Error(`${program} failed: ${words || error.message}`, { cause: error }));
    });
  });
}
