import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { checkWorkspaceId } from '../../input/ids.ts';
import { readWhole } from '../../input/numbers.ts';
import { safeLine } from '../../printing/sanitise.ts';

const MOST = 200;

export const run: Command<{ limit?: string }> = async (context, [id = '', query = ''], options) => {
  const workspaceId = checkWorkspaceId(id);
  const limit = readWhole(options.limit ?? '50', '--limit', 1, MOST);
  return withClient(context, options, async (client) => {
    const { paths } = await client.workspaces.files({ workspaceId, query, limit });
    show(context, options, paths, () => paths.map(safeLine));
    if (paths.length === 0 && !options.json) remark(context, 'No file has these letters in its path.');
    return undefined;
  });
};
