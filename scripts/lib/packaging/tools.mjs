import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../paths.mjs';
import { searchPath } from '../run.mjs';

/** @typedef {{ env: Record<string, string>, missing: string | null }} Tool */

/**
 * The program outside of npm that makes a kind of package. electron-builder would download its own from GitHub; this
 * machine's is taken where there is one, so that packages can be made without that.
 * @param {string} target
 * @returns {Tool} `env` tells electron-builder; `missing` names what it needs and this machine lacks, null when nothing
 */
export function toolFor(target) {
  if (target === 'dir') return { env: {}, missing: null };
  if (target === 'zip') {
    const program = find('7zz') ?? find('7za');
    return program
      ? { env: { ELECTRON_BUILDER_7ZIP_PATH: program }, missing: null }
      : { env: {}, missing: '7zz (Debian: apt-get install 7zip)' };
  }
  if (target === 'deb') {
    const program = find('fpm') ?? (find('dpkg-deb') ? inRoot('scripts', 'lib', 'packaging', 'fpm.mjs') : null);
    return program ? { env: { CUSTOM_FPM_PATH: program }, missing: null } : { env: {}, missing: 'fpm or dpkg-deb' };
  }
  return { env: {}, missing: 'tools that electron-builder downloads from GitHub' };
}

/** @param {string} name */
function find(name) {
  return searchPath()
    .map((folder) => join(folder, name))
    .find((program) => existsSync(program));
}
