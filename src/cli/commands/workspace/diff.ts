import { withClient } from '../../connection/with-client.ts';
import { type Command, remark, viewOf } from '../../context.ts';
import { checkWorkspaceId } from '../../input/ids.ts';
import { diffLines, diffText } from '../../printing/diff.ts';
import { safeLine } from '../../printing/sanitise.ts';

export const run: Command = async (context, [id = '', ...paths], options) => {
  const workspaceId = checkWorkspaceId(id);
  return withClient(context, options, async (client) => {
    const wanted =
      paths.length > 0 ? paths : (await client.workspaces.changes({ workspaceId })).files.map(({ path }) => path);
    for (const path of wanted) {
      const diff = await client.workspaces.fileDiff({ workspaceId, path });
      if (options.json) context.out.write(`${JSON.stringify({ ...diff, text: diffText(diff) })}\n`);
      else {
        for (const line of diffLines(viewOf(context), diff)) context.out.write(`${line}\n`);
        if (diff.words !== null) remark(context, `${safeLine(diff.path)}: ${safeLine(diff.words)}`);
      }
      await context.out.drained();
    }
    if (wanted.length === 0 && !options.json) remark(context, 'Nothing has changed.');
    return undefined;
  });
};
