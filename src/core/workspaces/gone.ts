import { stat } from 'node:fs/promises';
import type { Project } from '../../contract/project/state.ts';

/** A sentence on a project whose folder is gone, with the way on; null when it is there. */
export async function goneWords({ name, path }: Project): Promise<string | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error) && found.isDirectory()) return null;
  if (found instanceof Error && found.code === 'EACCES') {
    return `Drover may not read the folder of the project ${name}: ${path}.`;
  }
  return `The folder of the project ${name} is gone or moved: ${path}. Put it back, or say where it is now: in the settings of the project, or with drover project set ${quoted(name)} --path FOLDER.`;
}

function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
