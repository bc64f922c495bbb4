import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { openOnDesktop } from '../../desktop.ts';
import { checkWorkspaceId } from '../../input/ids.ts';
import { safeLine } from '../../printing/sanitise.ts';

export const run: Command<{ in: 'editor' | 'terminal' | 'files' }> = async (context, [id = ''], options) => {
  const workspaceId = checkWorkspaceId(id);
  return withClient(context, options, async (client) => {
    const opened = await openOnDesktop(context, client, { what: 'workspace', workspaceId, in: options.in });
    show(context, options, opened, () => [safeLine(opened.words)]);
    return undefined;
  });
};
