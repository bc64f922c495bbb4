import { cp, mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const AGENT = resolve(import.meta.dirname, 'bench-agent.mjs');

/** The programs as they are built, in a folder of their own. */
export interface Built {
  /** What Electron is given to run. */
  app: string;
  /** The program of the daemon. */
  daemon: string;
}

/**
 * Copies the build into `folder` and puts the agent of the benches in the place of the demo agent. A new build meanwhile
 * changes nothing for what runs from the copy.
 */
export async function copyBuilt(folder: string): Promise<Built> {
  const app = join(folder, 'built');
  await mkdir(app);
  for (const name of ['out', 'assets', 'bin', 'package.json']) {
    await cp(join(ROOT, name), join(app, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(app, 'node_modules'));
  await cp(AGENT, join(app, 'out', 'core', 'demo-agent.js'));
  return { app, daemon: join(app, 'out', 'daemon', 'main.js') };
}
