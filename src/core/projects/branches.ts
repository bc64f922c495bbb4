import type { Branch, Project } from '../../contract/project/state.ts';
import { accept, type Result, reject } from '../../contract/rejection.ts';
import { GitError, gitWords } from '../git/git-error.ts';
import { listRefs } from '../git/list-refs.ts';

/**
 * Names a workspace of the project can begin from, the newest first, at most `limit`. `search` is looked for anywhere in
 * the name, whatever the case.
 */
export async function branchesOf(
  project: Project,
  { search = '', limit }: { search?: string | undefined; limit: number },
): Promise<Result<{ branches: Branch[]; more: boolean }>> {
  try {
    const wanted = search.trim().toLowerCase();
    const found = (await listRefs(project.path)).filter(({ name }) => name.toLowerCase().includes(wanted));
    return accept({ branches: found.slice(0, limit), more: found.length > limit });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return reject('unavailable', `The branches of ${project.name} cannot be read: ${gitWords(error)}`);
  }
}
