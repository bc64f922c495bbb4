import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'last-port';

/**
 * The port of the last start, or 0. A browser tab that is still open looks for Drover there, so a free port is chosen only
 * when this one cannot be had.
 */
export async function readLastPort(dataFolder: string): Promise<number> {
  const text = await readFile(path.join(dataFolder, FILE), 'utf8').catch(() => '');
  const port = /^\d{4,5}\n?$/.test(text) ? Number(text) : 0;
  return port >= 1024 && port <= 65535 ? port : 0;
}

/** Never fails: without the file the next start takes a free port. */
export async function writeLastPort(dataFolder: string, port: number): Promise<void> {
  await writeFile(path.join(dataFolder, FILE), `${port}\n`, { mode: 0o600 }).catch(() => {});
}
