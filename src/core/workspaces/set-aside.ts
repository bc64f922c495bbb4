import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../contract/project/state.ts';
import { accept, type Outcome, reject } from '../../contract/rejection.ts';
import type { Workspace } from '../../contract/workspace/state.ts';
import { fileWords } from '../git/git-error.ts';
import { folderState } from './folders.ts';

interface Options {
  workspace: Workspace;
  project: Project;
  discard: boolean;
  dataFolder: string;
  /** What to say of the project's folder, with the ways on. */
  gone: string;
}

/**
 * Removes a workspace whose repository is gone, so that nobody can tell what in it is work: refused without `discard`;
 * with it the whole folder is moved aside in the data folder, and `kept` names where. What was committed is in the
 * repository, wherever that is now.
 */
export async function setAside(options: Options): Promise<Outcome<{ kept: string | null }>> {
  const { workspace, project, discard, dataFolder, gone } = options;
  const { id, path, branch } = workspace;
  const commits = `commits on ${branch} of the repository that was at ${project.path}`;
  try {
    const folder = await folderState(path);
    if (!discard) {
      const files = folder === 'none' ? '' : ` and its files are kept in the folder ${join(dataFolder, 'kept')}`;
      return reject('unavailable', `${gone} With discard the workspace ${id} is removed now${files}.`);
    }
    if (folder === 'none') return accept({ kept: commits });
    const kept = join(dataFolder, 'kept', id);
    await mkdir(join(dataFolder, 'kept'), { recursive: true, mode: 0o700 });
    await rename(path, kept);
    return accept({ kept: `${kept}, ${commits}` });
  } catch (error) {
    return reject('unavailable', `The workspace ${id} was not removed: ${fileWords(error)}`);
  }
}
