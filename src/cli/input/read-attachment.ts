import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { badInput } from '../failure.ts';

/** As in the contract, without loading its schemas: start-up counts. A test compares them. */
export const MOST_BYTES = 10 * 1024 * 1024;
export const MOST_FILES = 20;

/** Files to be given with a goal, by path. Throws with a sentence when one cannot be read or is too large. */
export async function readAttachments(
  context: Context,
  paths: readonly string[],
): Promise<{ name: string; base64: string }[]> {
  if (paths.length > MOST_FILES) throw badInput(`At most ${MOST_FILES} files can be attached to a task.`);
  return Promise.all(paths.map((path) => read(context, path)));
}

async function read(context: Context, path: string): Promise<{ name: string; base64: string }> {
  const file = resolve(context.cwd, path);
  try {
    const seen = await stat(file);
    if (seen.isDirectory()) throw badInput(`${path} is a folder, not a file.`);
    if (!seen.isFile()) throw badInput(`${path} is not a file.`);
    if (seen.size > MOST_BYTES) {
      throw badInput(`${path} is larger than ${MOST_BYTES / 1024 / 1024} MB, the most that can be attached.`);
    }
    return { name: basename(file), base64: (await readFile(file)).toString('base64') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw badInput(`There is no file ${path}.`);
    if (code === 'EACCES' || code === 'EPERM') throw badInput(`The file ${path} cannot be read: permission denied.`);
    throw error;
  }
}
