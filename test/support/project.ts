import type { Project } from '../../src/contract/project/state.ts';

/** A project as it is after it was added, but for what is given. */
export function aProject(path: string, given: Partial<Project> = {}): Project {
  return {
    id: 'p00000001',
    name: 'shop',
    path,
    trusted: false,
    addedAt: 0,
    setup: [],
    copy: [],
    submodules: false,
    checks: [],
    branchPrefix: 'drover/',
    quiet: false,
    lifted: [],
    ...given,
  };
}
