import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkWorkspaceId } from '../../input/ids.ts';
import { safeLine } from '../../printing/sanitise.ts';

export const run: Command<{ discard?: boolean }> = async (context, [id = ''], options) => {
  const workspaceId = checkWorkspaceId(id);
  return withClient(context, options, async (client) => {
    const workspace = await client.workspaces.remove({ workspaceId, discard: options.discard });
    show(context, options, workspace, () => [
      `Workspace ${workspaceId} is removed.`,
      ...(workspace.kept === null ? [] : [`Its work is kept: ${safeLine(workspace.kept)}`]),
    ]);
    return undefined;
  });
};
