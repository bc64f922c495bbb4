import { withClient } from '../../connection/with-client.ts';
import { type Command, show } from '../../context.ts';
import { checkTerminalId } from '../../input/ids.ts';
import { terminalTable } from '../../printing/terminal.ts';

export const run: Command<{ before?: string }> = async (context, [id = ''], options) => {
  const terminalId = checkTerminalId(id);
  const before = options.before === undefined ? null : checkTerminalId(options.before);
  return withClient(context, options, async (client) => {
    const moved = await client.terminals.reorder({ terminalId, before });
    const terminals = await client.terminals.list({});
    show(context, options, moved, (view) => terminalTable(view, terminals));
    return undefined;
  });
};
