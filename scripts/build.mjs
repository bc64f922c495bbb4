// Bundles src/ into out/: what `npm start`, the `drover` command and the packaged app run.
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { collectLicences } from './lib/licences.mjs';
import { withLock } from './lib/lock.mjs';
import { inRoot, say } from './lib/paths.mjs';
import { problemWithDisk, setUp } from './setup.mjs';

const STAMP = inRoot('out', '.build-stamp');
const SCRATCH = '.building-';

/** Packages that stay files: native ones, Electron's own, and the pages of the API viewer, which are served from their folder. */
const EXTERNAL = ['better-sqlite3', 'node-pty', 'swagger-ui-dist', 'electron'];

/** Bundled CommonJS asks for `require`, which an ES module does not have. */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Everything runs on Node 24, but the core must also run inside Electron, whose oldest supported Node is this one. */
const TARGET = 'node20.18';

/** @type {import('esbuild').BuildOptions} */
const COMMON = {
  absWorkingDir: inRoot(),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: TARGET,
  external: EXTERNAL,
  banner: { js: REQUIRE },
  legalComments: 'linked',
  logLevel: 'warning',
};

/**
 * Each is a folder below out/ that is replaced as a whole. The daemon keeps readable names for its logs; the command is
 * made small and split, because its start-up time is what a person waits for.
 * @type {Record<string, import('esbuild').BuildOptions & { entryPoints: Record<string, string> }>}
 */
const BUNDLES = {
  daemon: {
    ...COMMON,
    entryPoints: { main: 'src/daemon/main.ts', doctor: 'src/daemon/doctor.ts', demo: 'src/daemon/demo.ts' },
    splitting: true,
    chunkNames: '[name]-[hash]',
    sourcemap: true,
    keepNames: true,
  },
  main: {
    ...COMMON,
    entryPoints: { main: 'src/main/main.ts' },
    splitting: true,
    chunkNames: '[name]-[hash]',
    sourcemap: true,
    keepNames: true,
    // Read at every start. Names stay, for its logs.
    minify: true,
  },
  // Sandboxed pages take a script of the old kind only, and nothing beside it.
  preload: {
    ...COMMON,
    entryPoints: { preload: 'src/preload/preload.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: {},
  },
  core: { ...COMMON, entryPoints: { 'demo-agent': 'src/core/backends/demo/agent/main.ts' } },
  cli: {
    ...COMMON,
    entryPoints: { main: 'src/cli/main.ts' },
    splitting: true,
    chunkNames: '[name]-[hash]',
    minify: true,
  },
};

/**
 * Builds what has changed since the last time, which is nothing most of the time. Several at once wait for each other.
 * @param {{ force?: boolean }} [options] `force` builds even if nothing has changed
 * @returns {Promise<string | null>} what is wrong, in one line; null if out/ is up to date
 */
export async function build({ force = false } = {}) {
  try {
    if (!force && (await isBuilt(await stampOfSources()))) return null;
    return await withLock(inRoot('.cache', 'build.lock'), async () => {
      const stamp = await stampOfSources();
      if (!force && (await isBuilt(stamp))) return null;
      const began = Date.now();
      await rm(STAMP, { force: true });
      const problem = await bundleAll();
      if (problem !== null) return problem;
      await writeFile(STAMP, stamp);
      say(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
      return null;
    });
  } catch (error) {
    return problemWithDisk(error);
  }
}

/** @param {string} stamp */
async function isBuilt(stamp) {
  if ((await readFile(STAMP, 'utf8').catch(() => null)) !== stamp) return false;
  if (!existsSync(inRoot('out', 'renderer', 'index.html'))) return false;
  return Object.entries(BUNDLES).every(([name, { entryPoints, outExtension }]) =>
    Object.keys(entryPoints).every((entry) =>
      existsSync(inRoot('out', name, entry + (outExtension?.['.js'] ?? '.js'))),
    ),
  );
}

async function bundleAll() {
  const esbuild = await import('esbuild');
  await mkdir(inRoot('out'), { recursive: true });
  for (const left of await readdir(inRoot('out'))) {
    if (left.startsWith(SCRATCH)) await rm(inRoot('out', left), { recursive: true, force: true });
  }
  /** @type {string[]} */
  const modules = [];
  for (const [name, options] of Object.entries(BUNDLES)) {
    // Beside its place and as deep, so that what is running meanwhile is not disturbed and source maps stay true.
    const scratch = inRoot('out', `${SCRATCH}${name}`);
    try {
      const { metafile } = await esbuild.build({ ...options, outdir: scratch, metafile: true });
      modules.push(...Object.keys(metafile.inputs));
      await rm(inRoot('out', name), { recursive: true, force: true });
      await rename(scratch, inRoot('out', name));
    } catch (error) {
      await rm(scratch, { recursive: true, force: true });
      // esbuild has printed the messages already.
      if (error instanceof Error && 'errors' in error) return 'The build failed; the messages above say where.';
      throw error;
    }
  }
  return buildWindow(modules);
}

/**
 * The window, by its own tool; see vite.config.ts. It can show the licences of everything, so they lie with its files.
 * @param {readonly string[]} modules what was bundled into the programs
 */
async function buildWindow(modules) {
  const vite = await import('vite');
  const scratch = inRoot('out', `${SCRATCH}renderer`);
  try {
    const built = await vite.build({ configFile: inRoot('vite.config.ts'), build: { outDir: scratch } });
    const chunks = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
    // Fonts are files of packages that no script names.
    const ofWindow = chunks.flatMap((chunk) =>
      chunk.type === 'chunk'
        ? chunk.moduleIds
        : chunk.originalFileNames.map((name) => resolve(inRoot('src', 'renderer'), name)),
    );
    const licences = await collectLicences([...modules, ...ofWindow], EXTERNAL);
    await writeFile(join(scratch, 'licences.json'), JSON.stringify(licences));
    await rm(inRoot('out', 'renderer'), { recursive: true, force: true });
    await rename(scratch, inRoot('out', 'renderer'));
    return null;
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    say(error instanceof Error ? error.message : String(error));
    return 'The build of the window failed; the message above says where.';
  }
}

/** A hash over everything that the bundles are made of. */
async function stampOfSources() {
  const hash = createHash('sha256');
  const files = (await readdir(inRoot('src'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .concat(['package-lock.json', 'vite.config.ts', 'scripts/lib/licences.mjs', 'LICENSE'].map((name) => inRoot(name)))
    .concat(fileURLToPath(import.meta.url))
    .sort();
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${relative(inRoot(), file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const problem = (await setUp()) ?? (await build({ force: true }));
  if (problem !== null) {
    say(problem);
    process.exitCode = 1;
  }
}
