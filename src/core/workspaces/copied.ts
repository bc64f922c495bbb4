import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import type { Status } from '../git/status.ts';

/** Bytes of a file that is compared with what it was copied from; a larger one counts as changed. */
const COMPARED = 8 * 1024 * 1024;

/** Whether a path is one of `entries`, as the project's settings name them, or in one of these folders. */
export function isBelow(path: string, entries: readonly string[]): boolean {
  return entries.some((entry) => {
    const folder = entry
      .split(/[/\\]/)
      .filter((part) => part !== '' && part !== '.')
      .join('/');
    return path === folder || path.startsWith(`${folder}/`);
  });
}

/**
 * The files that Drover copied from the project and that no commit holds, most likely because they hold secrets, as they
 * are now. `known` are those that it remembers. What git ignored when the workspace was made is not among these: it
 * counts when the project's settings name it and the project has it.
 */
export async function copiedIn(options: {
  workspace: Workspace;
  project: Project;
  now: Status;
  known: ReadonlySet<string>;
}): Promise<{ same: string[]; changed: string[] }> {
  const { workspace, project, now, known } = options;
  const same: string[] = [];
  const changed: string[] = [];
  for (const file of [...now.untracked, ...now.added]) {
    if (!known.has(file) && !isBelow(file, project.copy)) continue;
    const like = await compare(join(workspace.path, file), join(project.path, file));
    if (like === 'same') same.push(file);
    else if (known.has(file) || like === 'other') changed.push(file);
  }
  return { same, changed };
}

async function compare(copy: string, source: string): Promise<'same' | 'other' | 'no-source'> {
  const [one, other] = await Promise.all([lstat(copy), lstat(source).catch(() => null)]);
  if (other === null) return 'no-source';
  if (!one.isFile() || !other.isFile() || one.size !== other.size || one.size > COMPARED) return 'other';
  const [text, was] = await Promise.all([readFile(copy), readFile(source)]);
  return text.equals(was) ? 'same' : 'other';
}
