import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { badInput } from '../failure.ts';

/** More than any text that Drover takes, in bytes; what is longer is not read to its end. */
const MOST_BYTES = 2 * 1024 * 1024;

/** A text file given by path, or standard input for `-`. Throws with a sentence when it cannot be read or is no text. */
export async function readText(context: Context, path: string): Promise<string> {
  const name = path === '-' ? 'Standard input' : `The file ${path}`;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of path === '-' ? context.stdin : await openFile(resolve(context.cwd, path))) {
      const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += buffer.length;
      if (size > MOST_BYTES) throw badInput(`${name} is longer than ${MOST_BYTES / 1024 / 1024} MB.`);
      chunks.push(buffer);
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw badInput(`There is no file ${path}.`);
    if (code === 'EISDIR') throw badInput(`${path} is a folder, not a file.`);
    if (code === 'EACCES' || code === 'EPERM') throw badInput(`${name} cannot be read: permission denied.`);
    throw error;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw badInput(`${name} is not UTF-8 text.`);
  }
}

async function openFile(path: string): Promise<AsyncIterable<unknown>> {
  return (await open(path)).createReadStream();
}
