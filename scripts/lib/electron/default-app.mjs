// The app that Electron runs when it is given a folder or a file to run, in the place where an official Electron keeps
// its own: `electron [-r module] <folder | file.js | app.asar> [arguments]`. Electron is not ready before this file has
// been run to its end, so that an app that is a module can do what must be done before that.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as electronApp } from 'electron';

/** Electron's own default app uses these, which its types leave out. */
const app = /** @type {Electron.App & { setAppPath(path: string): void, setVersion(version: string): void }} */ (
  electronApp
);

Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
const require = createRequire(path.join(process.cwd(), 'electron'));

/** Its own arguments end at the first word that is no option. */
function readArguments() {
  /** @type {string[]} */
  const modules = [];
  const words = process.argv.slice(1);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--version' || word === '-v') {
      process.stdout.write(`v${process.versions.electron}\n`);
      process.exit(0);
    } else if (word === '-r' || word === '--require') modules.push(words.shift() ?? '');
    else if (word.startsWith('--require=')) modules.push(word.slice('--require='.length));
    else if (!word.startsWith('-')) return { target: path.resolve(word), modules };
  }
  return { target: '', modules };
}

/**
 * Makes a folder the app.
 * @param {string} folder
 */
function adopt(folder) {
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  app.setAppPath(folder);
  app.setName(about.productName || about.name || 'Electron');
  if (about.version) app.setVersion(about.version);
  const entry = path.resolve(folder, about.main || 'index.js');
  return { entry, isModule: entry.endsWith('.mjs') || (about.type === 'module' && !entry.endsWith('.cjs')) };
}

async function run() {
  const { target, modules } = readArguments();
  if (!existsSync(target)) throw new Error(`There is no app at ${target || 'the command line'}.`);
  for (const module of modules) require(module);
  const isFolder = statSync(target).isDirectory();
  const { entry, isModule } = isFolder ? adopt(target) : { entry: target, isModule: target.endsWith('.mjs') };
  if (!isFolder) app.setAppPath(path.dirname(target));
  await (isModule ? import(pathToFileURL(entry).href) : require(entry));
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
