// `npm run doctor`: the state of everything Drover needs. It must say something useful on any machine, so where the
// set-up fails it falls back to what can be told with plain Node.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from './build.mjs';
import { findNode } from './lib/node.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { environmentWithoutNpm, runToEnd } from './lib/run.mjs';
import { problemWithGit, setUp } from './setup.mjs';

const DOCTOR = inRoot('out', 'daemon', 'doctor.js');

const problem = (await setUp()) ?? (await build().catch((error) => `The build failed: ${error.message}`));
const node = findNode();
if (problem !== null) say(`not ok  set-up   ${problem}`);
if (node !== null && existsSync(DOCTOR)) {
  const code = await runToEnd(node, [DOCTOR, ...process.argv.slice(2)], { env: environmentWithoutNpm() });
  process.exitCode = problem === null ? code : code || 1;
} else {
  row(true, 'node', `${process.versions.node} at ${process.execPath}`);
  const git = problemWithGit();
  row(git === null, 'git', git ?? versionOf('git'));
  const claude = versionOf('claude');
  row(claude !== '', 'claude', claude || 'not found: install it with "npm install -g @anthropic-ai/claude-code"');
  process.exitCode = 1;
}

/**
 * @param {boolean} ok
 * @param {string} what
 * @param {string} words
 */
function row(ok, what, words) {
  process.stdout.write(`${ok ? 'ok      ' : 'not ok  '}${what.padEnd(9)}${words}\n`);
}

/** @param {string} program */
function versionOf(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return (stdout ?? '').trim().split('\n')[0] ?? '';
}
