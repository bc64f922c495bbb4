import { readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ENDPOINT_FILE, type Endpoint, parseEndpoint } from '../contract/data-folder.ts';

/** How clients of the same user find the server, and show that they may. */
export function endpointFile(dataFolder: string): string {
  return path.join(dataFolder, ENDPOINT_FILE);
}

/** Replaces the file as a whole, readable by this user only: a client reads the old one or the new one, never a part. */
export async function writeEndpoint(dataFolder: string, content: Endpoint): Promise<void> {
  const file = endpointFile(dataFolder);
  const scratch = `${file}.${process.pid}`;
  await rm(scratch, { force: true });
  await writeFile(scratch, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(scratch, file);
}

/** What the file says, or null when there is none that can be read. */
export async function readEndpoint(dataFolder: string): Promise<Endpoint | null> {
  const text = await readFile(endpointFile(dataFolder), 'utf8').catch(() => null);
  return text === null ? null : parseEndpoint(text);
}

/** Removes the file if it is the one with this token: another host may have written its own meanwhile. */
export async function removeEndpoint(dataFolder: string, token: string): Promise<void> {
  if ((await readEndpoint(dataFolder))?.token === token) await unlink(endpointFile(dataFolder)).catch(() => {});
}
