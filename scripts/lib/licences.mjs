import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { inRoot } from './paths.mjs';

/** @typedef {{ name: string, version: string, licence: string, text: string }} Licence */

/** The names that packages give to the files in question. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
const MODULES = 'node_modules/';

/**
 * What everything that Drover is made of asks to be handed on: Drover itself first, then packages by name.
 * @param {Iterable<string>} modules what was bundled, as paths that are absolute or start at the top folder; those
 *   that lie in no package are left out
 * @param {readonly string[]} packages names of packages that are handed on beside the bundles
 * @returns {Promise<Licence[]>}
 */
export async function collectLicences(modules, packages) {
  const folders = new Set(packages.map((name) => inRoot('node_modules', name)));
  for (const module of modules) {
    const folder = packageOf(module.replaceAll('\\', '/'));
    if (folder !== null) folders.add(isAbsolute(folder) ? folder : inRoot(folder));
  }
  const found = await Promise.all([...folders].map(licenceOf));
  // The same version may lie in several places.
  const different = new Map(found.map((licence) => [`${licence.name}@${licence.version}`, licence]));
  const sorted = [...different.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return [await licenceOf(inRoot()), ...sorted];
}

/** @param {string} module */
function packageOf(module) {
  const at = module.lastIndexOf(MODULES);
  // A module that a bundler has made up begins with a zero.
  if (at < 0 || module.startsWith('\0')) return null;
  const start = at + MODULES.length;
  const [scope = '', name = ''] = module.slice(start).split('/');
  return module.slice(0, start) + (scope.startsWith('@') ? `${scope}/${name}` : scope);
}

/**
 * @param {string} folder
 * @returns {Promise<Licence>}
 */
async function licenceOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), 'utf8')).trim()));
  const by = typeof author === 'object' && author !== null ? author.name : author;
  return {
    name,
    version,
    licence: typeof license === 'string' ? license : (license?.type ?? 'unknown'),
    // Some hand out no text, only the name of a licence that everybody knows.
    text: texts.join('\n\n') || (by ? `Copyright (c) ${by}` : ''),
  };
}
