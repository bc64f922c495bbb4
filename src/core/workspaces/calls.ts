import { accept, reject } from '../../contract/rejection.ts';
import type { CoreApi } from '../core-api.ts';
import { withGit } from '../git/git-context.ts';
import { fileInside } from './lies-inside.ts';
import type { Workspaces } from './workspaces.ts';

const STATES = { making: 'being made', ready: 'ready', removing: 'being removed', removed: 'removed' };

/** The calls of the contract on workspaces. A git that only looks may take `lookMs` milliseconds. */
export function createWorkspaceCalls(workspaces: Workspaces, lookMs: number): CoreApi['workspaces'] {
  const look = <T>(work: () => Promise<T>) => withGit({ limitMs: lookMs }, work);
  return {
    list: async (filter) => accept(await look(() => workspaces.list(filter))),
    recorded: async (filter) => accept(workspaces.recorded(filter)),
    get: ({ workspaceId }) => look(() => workspaces.detail(workspaceId)),
    remove: ({ workspaceId, discard }) => workspaces.remove(workspaceId, { discard }),
    async folder({ workspaceId, path }) {
      const workspace = workspaces.get(workspaceId);
      if (workspace === null) return reject('not-found', `There is no workspace ${workspaceId}.`);
      if (workspace.state !== 'ready') {
        return reject('wrong-state', `Workspace ${workspaceId} cannot be opened: it is ${STATES[workspace.state]}.`);
      }
      if (path === undefined) return accept({ folder: workspace.path });
      const file = await fileInside(workspace.path, path);
      return file.ok ? accept({ folder: workspace.path, file: file.value }) : file;
    },
    changes: ({ workspaceId }) => look(() => workspaces.changes(workspaceId)),
    files: ({ workspaceId, query, limit }) => look(() => workspaces.files(workspaceId, query, limit)),
    fileDiff: ({ workspaceId, path }) => look(() => workspaces.fileDiff(workspaceId, path)),
  };
}
