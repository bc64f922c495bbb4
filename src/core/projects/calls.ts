import { accept } from '../../contract/rejection.ts';
import type { CoreApi } from '../core-api.ts';
import { probeGit } from '../git/probe-git.ts';
import { branchesOf } from './branches.ts';
import type { Projects } from './projects.ts';

/** The calls of the contract on projects. */
export function createProjectCalls(projects: Projects): CoreApi['projects'] {
  return {
    add: (input) => projects.add(input),
    sample: () => projects.sample(),
    list: async () => accept(await projects.listed()),
    get: ({ projectId }) => projects.detail(projectId),
    trust: ({ projectId, trusted }) => projects.trust(projectId, trusted),
    async branches({ projectId, search, limit }) {
      const found = projects.get(projectId);
      return found.ok ? branchesOf(found.value, { search, limit }) : found;
    },
    git: async () => accept(await probeGit()),
    set: ({ projectId, name, path, settings }) => projects.set(projectId, { name, path, settings }),
    remove: async ({ projectId }) => projects.remove(projectId),
  };
}
