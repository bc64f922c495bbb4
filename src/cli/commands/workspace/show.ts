import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkWorkspaceId } from '../../input/ids.ts';
import { workspaceLines } from '../../printing/workspace.ts';

export const run: Command = async (context, [id = ''], options) => {
  const workspaceId = checkWorkspaceId(id);
  return withClient(context, options, async (client) => {
    const workspace = await client.workspaces.get({ workspaceId });
    show(context, options, workspace, (view) => workspaceLines(view, workspace));
    return undefined;
  });
};
