import { accept } from '../../contract/rejection.ts';
import type { CoreApi } from '../core-api.ts';
import type { Projects } from './projects.ts';

/** The calls of the contract on projects. */
export function createProjectCalls(projects: Projects): CoreApi['projects'] {
  return {
    add: (input) => projects.add(input),
    list: async () => accept(projects.list()),
    get: ({ projectId }) => projects.detail(projectId),
    trust: ({ projectId, trusted }) => projects.trust(projectId, trusted),
    set: ({ projectId, name, settings }) => projects.set(projectId, { name, settings }),
    remove: async ({ projectId }) => projects.remove(projectId),
  };
}
