import { build } from '../build.mjs';
import { problemWithGit, setUp } from '../setup.mjs';
import { findNode } from './node.mjs';
import { say } from './paths.mjs';

/**
 * What every command does first: install, and then what it asks for. A problem ends the command with one line.
 * @param {{ git?: boolean, out?: boolean }} needs `git`: git must be there; `out`: out/ must be up to date
 * @returns {Promise<string>} the Node 24 to run things with
 */
export async function prepare({ git = false, out = false }) {
  const problem = (await setUp()) ?? (git ? problemWithGit() : null) ?? (out ? await build() : null);
  const node = findNode();
  if (problem === null && node !== null) return node;
  say(problem ?? 'There is no Node 24 to run Drover with.');
  process.exit(1);
}
