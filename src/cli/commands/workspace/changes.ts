import { plural } from '../../../contract/words/measure.ts';
import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { checkWorkspaceId } from '../../input/ids.ts';
import { changesTable } from '../../printing/changes.ts';

export const run: Command = async (context, [id = ''], options) => {
  const workspaceId = checkWorkspaceId(id);
  return withClient(context, options, async (client) => {
    const changes = await client.workspaces.changes({ workspaceId });
    show(context, options, changes, (view) => changesTable(view, changes.files));
    if (options.json) return undefined;
    if (changes.total === 0) remark(context, 'Nothing has changed.');
    else if (changes.total > changes.files.length) {
      remark(context, `Showing ${changes.files.length} of ${plural(changes.total, 'file')}.`);
    }
    return undefined;
  });
};
