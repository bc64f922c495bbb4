import { accept } from '../../contract/rejection.ts';
import type { CoreApi } from '../core-api.ts';
import type { Workspaces } from './workspaces.ts';

/** The calls of the contract on workspaces. */
export function createWorkspaceCalls(workspaces: Workspaces): CoreApi['workspaces'] {
  return {
    list: async (filter) => accept(await workspaces.list(filter)),
    get: ({ workspaceId }) => workspaces.detail(workspaceId),
    remove: ({ workspaceId, discard }) => workspaces.remove(workspaceId, { discard }),
    changes: ({ workspaceId }) => workspaces.changes(workspaceId),
    fileDiff: ({ workspaceId, path }) => workspaces.fileDiff(workspaceId, path),
  };
}
