import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, show } from '../../context.ts';
import { findProject } from '../../input/choose-project.ts';
import { readWhole } from '../../input/numbers.ts';
import { branchTable } from '../../printing/branch.ts';

const SHOWN = 50;
const MOST = 500;

export const run: Command<{ search?: string; limit?: string }> = (context, [named = ''], options) => {
  const limit = readWhole(options.limit ?? String(SHOWN), '--limit', 1, MOST);
  return withClient(context, options, async (client) => {
    const { id } = await findProject(context, client, named);
    const found = await client.projects.branches({ projectId: id, search: options.search, limit });
    show(context, options, found, (view) => branchTable(view, found.branches));
    if (options.json) return undefined;
    if (found.branches.length === 0) remark(context, 'No branches.');
    else if (found.more) remark(context, 'There are older ones: --search or --limit finds them.');
    return undefined;
  });
};
