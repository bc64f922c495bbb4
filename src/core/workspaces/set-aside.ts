import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { fileWords } from '../git/git-error.ts';
import { folderState } from './folders.ts';
import type { Removal } from './rows.ts';

interface Options {
  workspace: Workspace;
  project: Project;
  discard: boolean;
  dataFolder: string;
  /** What to say of the project's folder, with the ways on. */
  gone: string;
  /** As it is recorded by now. */
  removal: Removal;
  /** Writes down how far the removal has come. */
  record(removal: Removal): void;
}

/**
 * Removes a workspace whose repository is gone, so that nobody can tell what in it is work: refused without `discard`;
 * with it the whole folder is moved aside in the data folder, and `kept` names where. What was committed is in the
 * repository, wherever that is now. The move is recorded before it is done, so that the next start knows of it.
 */
export async function setAside(options: Options): Promise<Result<{ kept: string | null }>> {
  const { workspace, project, discard, dataFolder, gone, removal, record } = options;
  const { id, path } = workspace;
  try {
    const folder = await folderState(path);
    if (!discard) {
      const files = folder === 'none' ? '' : ` and its files are kept in the folder ${join(dataFolder, 'kept')}`;
      return reject('unavailable', `${gone} With discard the workspace ${id} is removed now${files}.`);
    }
    if (folder === 'none') return accept({ kept: commitsOf(workspace, project) });
    const aside = join(dataFolder, 'kept', id);
    record({ ...removal, step: 'moving', aside, setAside: true });
    await mkdir(dirname(aside), { recursive: true, mode: 0o700 });
    await rename(path, aside);
    return accept({ kept: keptAside(workspace, project, aside) });
  } catch (error) {
    return reject('unavailable', `The workspace ${id} was not removed: ${fileWords(error)}`);
  }
}

/** What holds the work of a workspace whose folder was moved to `aside`. */
export function keptAside(workspace: Workspace, project: Project, aside: string): string {
  return `${aside}, ${commitsOf(workspace, project)}`;
}

function commitsOf({ branch }: Workspace, project: Project): string {
  return `commits on ${branch} of the repository that was at ${project.path}`;
}
